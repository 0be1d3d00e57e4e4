"""Programmes for children (儿童)."""
