"""Temporary aid (临时救助)."""
