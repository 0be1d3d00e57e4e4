"""What changes a convergence: one function, one deed, one transaction."""
