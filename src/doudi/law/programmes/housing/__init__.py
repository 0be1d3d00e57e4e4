"""Housing aid (住房救助)."""
