"""The monthly roll (发放名册): what is to be paid, checked line by line, locked by a second person, paid, and told in the
household's ledger.
"""
