"""What changes notices and objections: one function, one deed, one transaction."""
