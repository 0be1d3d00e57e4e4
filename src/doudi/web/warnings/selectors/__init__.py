"""What is read of warnings and visits."""
