"""The order of the tiers: one pass, the first that holds is proposed."""
