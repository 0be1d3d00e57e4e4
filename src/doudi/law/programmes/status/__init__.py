"""What several programmes ask: whose tier, which calendar year."""
