"""What is read of notices and objections."""
