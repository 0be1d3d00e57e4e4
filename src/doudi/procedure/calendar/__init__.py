"""Working days of the State Council (国务院办公厅节假日安排), and the counting of time limits.

calendar = working_calendar()
calendar.sort(date(2026, 10, 10)).working           # True: a Saturday on which people work
calendar.due(date(2026, 9, 29), 3, "working_days")  # 2026-10-09: the day after the event is day one
"""

from doudi.procedure.calendar.counting import Due, Unit, add_months, due_day
from doudi.procedure.calendar.days import Calendar, DaySort
from doudi.procedure.calendar.reading import working_calendar

__all__ = ["Calendar", "DaySort", "Due", "Unit", "add_months", "due_day", "working_calendar"]
