"""What can go wrong in the procedure.

DoudiError
├── LawError          the procedure as written cannot be used (every fault, with file and line)
├── CalendarError     a day before the first published calendar
├── MoveError         a step that a case may not take; a problem for each reason, with its remedy
└── CaseError         a file of procedure cases cannot be read
"""

from __future__ import annotations

from doudi.rules.errors import DoudiError


class CalendarError(DoudiError):
    """A day for which no calendar of working days is known."""


class MoveError(DoudiError):
    """A step that the case may not take now, or not by this person; every reason at once."""
