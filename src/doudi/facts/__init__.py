"""What is known of a household, its people and their supporters at a date."""
