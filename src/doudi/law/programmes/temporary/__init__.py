"""Temporary aid (临时救助) and help to those without shelter."""
