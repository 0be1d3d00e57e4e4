"""What changes warnings and visits: one function, one deed, one transaction."""
