"""动态型指标: something has changed, or will on a day that is known."""
