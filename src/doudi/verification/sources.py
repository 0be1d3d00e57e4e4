"""The sources of a check as the report tells them: which were asked, which answer, how far, and which were not asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.feeds import contracts
from doudi.verification.authorisation import Authorisation
from doudi.verification.catalogue import checkable_feeds
from doudi.verification.found import Found

STATES = {
    "answered": ("已答复", "answers"),
    "late": ("迟报", "late"),
    "incomplete": ("期数不足", "incomplete"),
    "never": ("未报送", "never sent"),
    "not_answered": ("未答复", "has not answered"),
    "out_of_scope": ("未授权，未查询", "not authorised, not asked"),
}


def sources_told(found: Found, authorisation: Authorisation, day: date) -> list[dict[str, Any]]:
    """One entry for each feed that a check can ask, in the order of the items. ``basis``: articles in force on the day."""
    told = []
    for feed in checkable_feeds():
        made = contracts()[feed]
        state = state_of(feed, found, authorisation)
        known = found.sources.get(feed) if state != "out_of_scope" else None
        told.append({
            "feed": feed, "zh": made.zh, "en": made.en, "department_zh": made.department_zh,
            "department_en": made.department_en, "state": state, "from": known.start if known else None,
            "period": known.newest if known else None,
            "missing": list(known.missing) if known else [], "received_at": known.received_at if known else None,
            "basis": [str(reference) for reference in made.basis_on(day)],
        })  # fmt: skip
    return told


def state_of(feed: str, found: Found, authorisation: Authorisation) -> str:
    """A name in :data:`STATES`."""
    if not authorisation.covers(feed):
        return "out_of_scope"
    known = found.sources.get(feed)
    if known is None or known.state == "never":
        return "never"
    if known.answers:
        return "answered"
    return {"late": "late", "on_request": "not_answered"}.get(known.state, "incomplete")
