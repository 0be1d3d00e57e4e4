"""Who may come in and what they may do: regions, accounts, roles, log-in, second factor, sessions, permissions."""
