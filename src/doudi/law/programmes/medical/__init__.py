"""Medical aid (医疗救助) and the insurance that pays before it."""
