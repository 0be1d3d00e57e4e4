"""Funds of organisations and charity (群团和慈善)."""
