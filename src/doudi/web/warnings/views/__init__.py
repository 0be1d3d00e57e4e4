"""Pages of warnings and visits."""
