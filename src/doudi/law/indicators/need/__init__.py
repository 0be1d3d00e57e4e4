"""需求型指标: something is due and is not received."""
