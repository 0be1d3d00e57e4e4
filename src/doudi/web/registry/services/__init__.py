"""Changing the registry: one function, one deed, one transaction, with its history and its audit entry."""
