"""The clock of case work, which tests set."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from doudi.web.cases.services import cases
from tests.web.cases.making import START


class Clock:
    """What case work takes for now, local and naive; in place of Django's clock."""

    make_aware, make_naive = staticmethod(timezone.make_aware), staticmethod(timezone.make_naive)

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment, as Django tells it."""
        return timezone.make_aware(self.moment)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Twenty days after the beginning, until a test sets it."""
    found = Clock(START.replace(day=21))
    monkeypatch.setattr(cases, "timezone", found)
    return found
