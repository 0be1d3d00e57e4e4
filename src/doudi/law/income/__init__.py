"""Income of the family (家庭收入): what counts, what is deducted, support from outside."""
