"""What changes a chain: one function, one deed, one transaction."""
