"""Pages of a convergence."""
