"""Pages of accounts: thin; what they do stands in ``services``."""
