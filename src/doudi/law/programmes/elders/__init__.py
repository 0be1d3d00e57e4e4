"""Programmes for elders (老年人)."""
