"""Pages of the chain of measures."""
