"""Words of warnings for templates."""
