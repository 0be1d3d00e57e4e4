"""Pages of applying and of residents."""
