"""Employment aid (就业救助)."""
