"""Pages of notices, objections, appeals."""
