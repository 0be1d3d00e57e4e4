"""防错型指标: something is received that is not due, or twice, or too late."""
