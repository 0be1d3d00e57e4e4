"""Aid after natural disasters (受灾人员救助)."""
