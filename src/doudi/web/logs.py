"""The log: one JSON object a line, for machines that gather logs; no personal data ever enters it."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from doudi.web.audit.context import actor

# Ids, phones and accounts: runs of digits, also where blanks or hyphens divide them. Moments and counts are shorter.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:[0-9０-９][ -]?){10,}[0-9０-９][Xx]?(?![0-9A-Za-z])")
_QUERY = re.compile(r"\?[^\s\"']*")
_OF_REQUESTS = "django.request"
_EXTRA = ("request", "account", "route", "method", "status", "milliseconds")


def scrubbed(text: str) -> str:
    """A text without long numbers and without what follows ``?`` in an address."""
    return _QUERY.sub("?…", _NUMBER.sub("…", text))


class JsonFormatter(logging.Formatter):
    """One line of JSON. Of an error only its kind and where it arose: its text may hold the row that was at fault."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        who = actor()
        line |= {"request": who.request, "account": who.number, "role": who.role} if who.request else {}
        line |= _asked(record)
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = _error(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """What a record says; of Django's about a request the first part, since an address follows."""
    if record.name == _OF_REQUESTS and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])
    return scrubbed(record.getMessage())


def _asked(record: logging.LogRecord) -> dict[str, Any]:
    """What was asked for, by the page's name, whether we tell it or Django, which hands over the request itself."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return {name: getattr(record, name) for name in _EXTRA if hasattr(record, name)}
    page = request.resolver_match
    return {
        "route": page.view_name if page else None, "method": request.method,
        "status": getattr(record, "status_code", None),
    }  # fmt: skip


def _error(info: Any) -> dict[str, Any]:
    kind, error, trace = info
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    cause = error.__cause__ or error.__context__
    return {"kind": kind.__qualname__, "cause": type(cause).__qualname__ if cause else None, "at": frames}


class Requests(logging.Filter):
    """Django's own lines about requests hold addresses; ours say the same by the page's name."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written: Django's warnings about single requests are not, its errors are."""
        return record.levelno >= logging.ERROR or not record.name.startswith(_OF_REQUESTS)


def logging_settings(level: str) -> dict[str, Any]:
    """The value of Django's ``LOGGING``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"requests": {"()": Requests}},
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["requests"]},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "doudi": {"level": level},
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "django.server": {"level": "ERROR", "handlers": [], "propagate": True},
        },
    }
