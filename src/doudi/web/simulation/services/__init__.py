"""What is done with simulations."""
