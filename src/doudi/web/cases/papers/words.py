"""Days, sums and periods as they stand in documents."""

from __future__ import annotations

from datetime import date, datetime

from doudi import procedure

_UNITS = {"working_days": "个工作日", "days": "日", "months": "个月", "hours": "小时"}


def day_text(day: date | datetime | str | None) -> str:
    """2026年9月1日; empty for none."""
    if not day:
        return ""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found.year}年{found.month}月{found.day}日"


def month_text(day: date | str | None) -> str:
    """2026年9月; empty for none."""
    return day_text(day).partition("月")[0] + "月" if day else ""


def money(fen: object) -> str:
    """A sum as 1,260.00 元; empty for none."""
    return f"{fen / 100:,.2f} 元" if isinstance(fen, int) else ""


def until_text(reading: procedure.Reading | None) -> str:
    """Until when a limit runs, and how long it is; empty where none runs."""
    if reading is None:
        return ""
    if reading.due is None:
        return "当地没有规定期限"
    end = day_text(reading.due.at)
    if reading.unit == "hours":
        end = f"{end}{reading.due.at:%H:%M}"
    about = "，为暂估，以国务院办公厅公布的放假安排为准" if reading.due.provisional else ""
    return f"{end}（{reading.length}{_UNITS[reading.unit]}{about}）"
