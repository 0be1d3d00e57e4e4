"""Programmes for disabled persons (残疾人)."""
