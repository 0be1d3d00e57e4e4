"""The command `doudi`."""
