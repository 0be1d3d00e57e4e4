"""Bank balances: asked for one request only, and used for nothing else.

A bank's rows count for a check only under the number of its own request and for the persons who authorised it. An account
under the right id but another name is nobody's until a person has looked at it. A person of whom no bank has said anything
has not been found to have no account.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from doudi.feeds import current
from doudi.verification.declared import Thing
from doudi.verification.found import Found, Known, SourceState, moment

FEED = "bank_balances"
_BAD_IDS = ("id_number:check_digit", "id_number:birth_date")


def add_balances(found: Found, store: Path, request_number: str, day: date) -> None:
    """Add what banks answered to a request, as known at the end of ``day``.

    Raises:
        FeedError: the store of feeds cannot be read.
    """
    owners = {person.id_number.upper(): person for person in found.people.values() if person.id_number}
    rows = (
        current(store, FEED, day)
        .filter(pl.col("request_number") == request_number, pl.col("id_number").is_in(list(owners)))
        .filter(pl.col("balance_on") <= day)
        .sort("account", "balance_on", "received_at", "row_id")
        .unique(["bank", "account"], keep="last", maintain_order=True)
        .collect()
    )
    things, answered = [], set()
    for row in rows.iter_rows(named=True):
        person = owners[row["id_number"]]
        if not _is_theirs(row, person):
            found.review.add((person.person_id, FEED))
            continue
        answered.add(person.person_id)
        things.append(Thing(
            "deposit", person.person_id, int(row["balance"] * 100), None, row["account"], FEED, (row["row_id"],),
            row["balance_on"].isoformat(), moment(row["received_at"]),
        ))  # fmt: skip
    found.unanswered |= {(person, FEED) for person in found.people if person not in answered}
    found.assets = (*(thing for thing in found.assets if thing.source != FEED), *things)
    newest = max((thing.received_at for thing in things if thing.received_at), default=None)
    found.sources[FEED] = SourceState(
        FEED, "fresh" if things else "on_request", max((thing.period or "" for thing in things), default=None), (),
        bool(things), newest,
    )  # fmt: skip


def _is_theirs(row: Mapping[str, object], person: Known) -> bool:
    remarks = str(row["remarks"] or "").split(";")
    return row["name"] == person.name and not any(remark in remarks for remark in _BAD_IDS)
