"""Template tags of the self-check."""
