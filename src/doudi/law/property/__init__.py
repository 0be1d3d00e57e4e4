"""Property of the family (家庭财产) and its limits."""
