"""What is paid in a month, and in the grace period (渐退期)."""
