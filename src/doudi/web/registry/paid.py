"""What departments paid, as holdings of a household file: so that every programme is held against what really came.

A monthly programme is one holding for each stretch of months with the same sum; the stretch that reaches the present or the
last month still runs. Any other programme is one holding for each payment, dated by its month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from doudi.programmes.catalogue import catalogue
from doudi.programmes.entries import Programme
from doudi.web.registry.known import Item, Known
from doudi.web.registry.models import Benefit

PROGRAMMES = {
    "dibao": "dibao", "single_dibao": "single_dibao", "tekun": "tekun_living", "living": "disability_living",
    "nursing": "disability_nursing", "elder": "age_allowance", "orphan": "orphan_living",
    "unattended_child": "unattended_child_living", "temporary": "urgent_aid",
}  # fmt: skip
"""Codes of the departments by the programme of the catalogue; the causes of temporary aid in its feed are all urgent events."""
LAG_MONTHS = 1
"""Payments of a month may be told a month later."""
SOURCE = "paid"

Stretch = tuple[date, date, int]


def programme_of(paid: Benefit) -> Programme | None:
    """The programme that a payment is of; None where its code does not say which."""
    return catalogue().programmes.get(PROGRAMMES.get(paid.programme, paid.programme))


def with_paid(known: Known, payments: Iterable[Benefit], day: date) -> Known:
    """What is known, with what was paid until ``day`` among the holdings.

    A holding that the roll tells (``dibao``, ``tekun``…) stays the running one, from the stretch that runs on.
    """
    by_programme: dict[tuple[str, str | None], list[Benefit]] = defaultdict(list)
    for each in payments:
        one = programme_of(each)
        if one is not None and each.month <= day:
            whose = each.person.number if one.unit == "person" and each.person else None
            by_programme[one.id, whose].append(each)
    items, made = list(known.items), []
    for (name, whose), paid in by_programme.items():
        one = catalogue().programmes[name]
        if one.period != "month":
            made += [_item(one, whose, amount=each.amount, paid_on=each.month) for each in paid]
            continue
        stretches = list(_stretches(paid))
        roll = next((place for place, item in enumerate(items) if _is_roll(item, one, whose)), None)
        if roll is not None and stretches and _runs(stretches[-1], day):
            items[roll] = Item({**items[roll].columns, "since": stretches.pop()[0].isoformat()})
        made += [_stretch_item(one, whose, stretch, day) for stretch in stretches]
    return replace(known, items=[*items, *made])


def _stretches(paid: Iterable[Benefit]) -> Iterator[Stretch]:
    """First month, last month and monthly sum of each stretch."""
    sums: dict[date, int] = defaultdict(int)
    for each in paid:
        sums[each.month.replace(day=1)] += each.amount
    months = sorted(sums)
    breaks = [
        later
        for earlier, later in pairwise(months)
        if _next(earlier) != later or sums[earlier] != sums[later]
    ]
    for first, end in zip(months[:1] + breaks, [*breaks, None], strict=False):
        last = max(month for month in months if end is None or month < end)
        yield first, last, sums[first]


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _runs(stretch: Stretch, day: date) -> bool:
    last = stretch[1]
    return (day.year - last.year) * 12 + day.month - last.month <= LAG_MONTHS


def _stretch_item(one: Programme, whose: str | None, stretch: Stretch, day: date) -> Item:
    first, last, amount = stretch
    until = None if _runs(stretch, day) else _next(last) - timedelta(days=1)
    return _item(one, whose, monthly=amount, since=first, until=until)


def _is_roll(item: Item, one: Programme, whose: str | None) -> bool:
    columns = item.columns
    same = (
        item.entity == "holding" and item.used and bool(one.held_as) and columns["programme"] == one.held_as
    )
    return same and (one.unit == "household" or columns.get("person_id") == whose)


def _item(one: Programme, whose: str | None, **sums: Any) -> Item:
    told: Mapping[str, Any] = {name: _text(value) for name, value in sums.items()}
    return Item({
        "entity": "holding", "item_id": f"{SOURCE}.{one.id}", "person_id": whose, "programme": "other_aid", "item": one.id,
        "used": True, "row_ids": [], "source": SOURCE, "rule": "", **told,
    })  # fmt: skip


def _text(value: int | date | None) -> str | None:
    """A sum in fen or a day as a household file writes it."""
    if isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    return None if value is None else value.isoformat()
