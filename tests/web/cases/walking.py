"""Case work done through the pages, by the roles that do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from tests.web.browser.conftest import DESKTOP, PHONE, Visitor, press
from tests.web.cases.conftest import Clock


class Office:
    """A browser in which one role after the other works on cases; ``clock`` is the clock of case work."""

    def __init__(self, visitor: Visitor, clock: Clock) -> None:
        self.visitor, self.page, self.clock = visitor, visitor.page, clock

    def enter(self, role: str, at: datetime) -> None:
        """Somebody else sits down, at a moment."""
        self.clock.moment = at
        self.visitor.context.clear_cookies()
        self.visitor.enter(role)

    def open(self, number: int, tab: str = "") -> str:
        """The page of a case; what stands on it."""
        self.page.goto(f"/cases/{number}/tabs/{tab}/" if tab else f"/cases/{number}/")
        return self.text()

    def text(self) -> str:
        """What stands on the page that is open."""
        return str(self.page.inner_text("main"))

    def first(self) -> str:
        """What the page offers first."""
        return str(self.page.inner_text(".next .btn-primary"))

    def take(self, number: int, step: str, **filled: Any) -> str:
        """Open the form of a step, fill in what is not filled in yet, and send it; what stands on the page then."""
        self.page.goto(f"/cases/{number}/steps/{step}/")
        self.fill(**filled)
        return self.send()

    def fill(self, **filled: Any) -> None:
        """Fill in fields by their names: text, True for a box, a list for boxes of one name, a code for a choice."""
        for name, value in filled.items():
            boxes = self.page.locator(f"[name={name}]")
            if isinstance(value, list):
                for each in value:
                    self.page.check(f"[name={name}][value='{each}']")
            elif value is True:
                boxes.check()
            elif boxes.evaluate("field => field.tagName") == "SELECT":
                boxes.select_option(str(value))
            else:
                boxes.fill(str(value))

    def send(self) -> str:
        """Send the form that is open."""
        press(self.page, "main form .btn-primary")
        return self.text()

    def picture(self, name: str) -> list[str]:
        """Pictures on a desktop and a phone; what is wrong with the page."""
        wrong = []
        for size in (DESKTOP, PHONE):
            self.visitor.resize(size)
            self.visitor.keep_picture(f"cases-{name}-{size[0]}")
            if self.visitor.width() > size[0]:
                wrong.append(f"wider than {size[0]}")
            wrong += self.visitor.violations(contrast=size == DESKTOP)
        self.visitor.resize(DESKTOP)
        return wrong


@contextmanager
def stored() -> Iterator[None]:
    """What is done beside the pages, committed."""
    with acting_as(system()), transaction.atomic():
        yield


def stage_of(number: int) -> str:
    """Where a case stands."""
    with stored():
        return str(Case.objects.get(pk=number).stage)
