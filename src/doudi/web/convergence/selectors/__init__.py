"""What is read of a convergence."""
