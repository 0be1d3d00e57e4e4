"""The facts: their vocabulary, the household file, the register."""
