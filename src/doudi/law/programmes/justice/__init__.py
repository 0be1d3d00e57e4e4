"""Legal and judicial aid (法律援助、司法救助)."""
