"""Basic living: 特困, 低保 and what is paid beside them."""
