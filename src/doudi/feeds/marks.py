"""Marks that a reader of workbooks puts before a cell whose text alone would not tell what it was.

They are noncharacters of Unicode, which no text in exchange may hold.
"""

FORMULA = "\ufdd0"
"""A formula: its result may be stale."""
ERROR = "\ufdd1"
"""An error value such as #N/A."""
LOST = "\ufdd2"
"""A number of more than 15 digits: the last ones were not kept by Excel."""
ANY = "^[\ufdd0-\ufdd2]"
