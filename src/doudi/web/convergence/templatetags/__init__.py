"""Words of a convergence for templates."""
