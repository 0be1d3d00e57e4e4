"""Monthly rolls."""
