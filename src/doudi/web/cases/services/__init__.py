"""What changes a case: one function, one deed, one transaction."""
