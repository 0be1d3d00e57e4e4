"""What can be done with accounts: one function is one deed in one transaction, recorded in the audit trail."""
