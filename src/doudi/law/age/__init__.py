"""Ages on the day of evaluation (周岁)."""
