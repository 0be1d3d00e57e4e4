"""What changes an application: one function, one deed, one transaction, with its audit entry."""
