"""The four kinds of household that coverage misses."""
