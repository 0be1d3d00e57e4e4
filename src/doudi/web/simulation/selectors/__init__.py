"""What is read of simulations, and of the law and the registry for them."""
