"""急难型指标: something has happened that cannot wait."""
