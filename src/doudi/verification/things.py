"""Assets and expenses: thing by thing where a department files each, in sums where it does not.

Two things are the same if their numbers are. Where one side has no number, they are matched by kind and owner, the nearest
values first. Two numbers that differ are two things.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from doudi.verification.catalogue import Item, items
from doudi.verification.comparing import Comparison, cautious, compared, with_word
from doudi.verification.declared import Declared, Thing
from doudi.verification.results import (
    DECLARED_ONLY,
    FOUND_ONLY,
    MATCH,
    NO_ANSWER,
    NOT_CHECKABLE,
    Result,
)

Pair = tuple[Thing | None, Thing | None]
"""Declared and found; None where the other side has no partner."""
HOUSEHOLD = "household"


def compare_things(declared: Declared, members: Sequence[str], comparison: Comparison) -> list[Result]:
    """The results of all items that are assets or expenses, for each member and for the household together."""
    results = []
    for item in items().values():
        stated = declared.assets if item.asset else declared.expenses
        if item.asset is None and item.expense is None:
            continue
        kind = item.asset or item.expense
        mine = [thing for thing in stated or () if thing.kind == kind and thing.person_id in (*members, None)]
        pool = comparison.found.assets if item.asset else comparison.found.expenses
        theirs = [
            thing for thing in pool if thing.kind == kind and thing.source in comparison.answering(item)
        ]
        compare = _existing if item.by == "existence" else _amounts
        compared_now = compare(item, members, mine, theirs, stated is not None, comparison)
        results += [cautious(result, item, comparison) for result in compared_now]
    return results


def _existing(
    item: Item, members: Sequence[str], mine: list[Thing], theirs: list[Thing], stated: bool, comparison: Comparison
) -> list[Result]:  # fmt: skip
    results = []
    pairs = pair(mine, theirs)
    for place, (declared, found) in enumerate(pairs, start=1):
        owner = found.person_id if found else declared.person_id if declared else None
        key = f"{owner or HOUSEHOLD}/{item.name}/{place}"
        results.append(_thing(key, owner, item, declared, found, comparison))
    owners = {result.person_id for result in results}
    shared = any(found is not None and found.person_id is None for _, found in pairs)
    for person in members:
        if person not in owners and not shared:
            results.append(_nothing(person, item, stated, comparison))
    return results


def _thing(
    key: str, owner: str | None, item: Item, declared: Thing | None, found: Thing | None, comparison: Comparison
) -> Result:  # fmt: skip
    said = Result(
        key, owner, item.name, MATCH, "", declared.value if declared else None, found.value if found else None,
        number=(found.number if found else None) or (declared.number if declared else None),
        area_declared=declared.area or None if declared else None, area_found=found.area or None if found else None,
    )  # fmt: skip
    if found is not None:
        outcome = MATCH if declared is not None else FOUND_ONLY
        difference = None if declared is not None else found.value
        return with_word(replace(said, outcome=outcome, difference=difference), [found])
    if not item.sources:
        return replace(said, outcome=NOT_CHECKABLE)
    if not comparison.knows(item, owner):
        reason = comparison.silence(item, owner)
        return replace(said, outcome=NO_ANSWER, reason=reason, others=_late(item, owner, comparison))
    value = declared.value if declared else None
    difference = None if value is None else -value
    return replace(said, outcome=DECLARED_ONLY, difference=difference, sources=comparison.answering(item))


def _nothing(person: str, item: Item, stated: bool, comparison: Comparison) -> Result:
    """A person of whom no thing of this kind was declared or found."""
    key = f"{person}/{item.name}"
    if not item.sources:
        return Result(key, person, item.name, NOT_CHECKABLE)
    if not comparison.knows(item, person):
        reason = comparison.silence(item, person)
        return Result(key, person, item.name, NO_ANSWER, reason, others=_late(item, person, comparison))
    sources = comparison.answering(item)
    if not stated:
        return Result(key, person, item.name, NO_ANSWER, "not_declared", sources=sources)
    return Result(key, person, item.name, MATCH, "", 0, 0, sources=sources)


def _amounts(
    item: Item, members: Sequence[str], mine: list[Thing], theirs: list[Thing], stated: bool, comparison: Comparison
) -> list[Result]:  # fmt: skip
    """Accounts that both sides number are compared one by one; the rest in one sum for each person, or, where something
    was declared for the household together, in one sum for all."""
    by_number = [
        (declared, found) for declared, found in _by_number(mine, theirs) if declared is not None and found is not None
    ]  # fmt: skip
    results = []
    for place, (declared, found) in enumerate(by_number, start=1):
        key = f"{found.person_id}/{item.name}/{place}"
        result = _valued(key, found.person_id, item, declared.value, [found], comparison)
        results.append(with_word(replace(result, number=found.number), [found]))
    mine = [thing for thing in mine if not any(thing is declared for declared, _ in by_number)]
    theirs = [thing for thing in theirs if not any(thing is found for _, found in by_number)]
    together = any(thing.person_id is None for thing in (*mine, *theirs))
    counted = {result.person_id for result in results}
    for owner in [None] if together else list(members):
        own = [thing for thing in mine if together or thing.person_id == owner]
        other = [thing for thing in theirs if together or thing.person_id == owner]
        if own or other or owner not in counted:
            results.append(_sum(item, owner, own, other, stated, comparison))
    return results


def _sum(
    item: Item, owner: str | None, mine: list[Thing], theirs: list[Thing], stated: bool, comparison: Comparison
) -> Result:  # fmt: skip
    key = f"{owner or HOUSEHOLD}/{item.name}"
    unknown = not stated or any(thing.value is None for thing in mine)
    declared = None if unknown else sum(thing.value or 0 for thing in mine)
    number = (
        mine[0].number if len(mine) == 1 and not theirs else theirs[0].number if len(theirs) == 1 else None
    )
    if not item.sources:
        return Result(key, owner, item.name, NOT_CHECKABLE, "", declared, number=number)
    if theirs:
        return with_word(
            replace(_valued(key, owner, item, declared, theirs, comparison), number=number), theirs
        )
    if not comparison.knows(item, owner):
        return Result(
            key, owner, item.name, NO_ANSWER, comparison.silence(item, owner), declared, number=number,
            others=_late(item, owner, comparison),
        )  # fmt: skip
    return replace(
        compared(key, owner, item, declared, 0, comparison), number=number, sources=comparison.answering(item)
    )


def _valued(
    key: str, owner: str | None, item: Item, declared: int | None, theirs: list[Thing], comparison: Comparison
) -> Result:  # fmt: skip
    """Amounts compared; a source that gives no amount has told that the thing is there, and no more."""
    values = [thing.value for thing in theirs if thing.value is not None]
    if len(values) == len(theirs):
        return compared(key, owner, item, declared, sum(values), comparison)
    if declared:
        return Result(key, owner, item.name, NO_ANSWER, "unvalued", declared)
    return Result(key, owner, item.name, FOUND_ONLY, "", declared)


def _late(item: Item, owner: str | None, comparison: Comparison) -> tuple[tuple[str, int | None], ...]:
    """Things that sources knew of that are behind now: no answer, yet worth knowing."""
    pool = comparison.found.assets if item.asset else comparison.found.expenses
    kind, asked = item.asset or item.expense, comparison.asked(item)
    return tuple(
        (thing.source, thing.value)
        for thing in pool
        if thing.kind == kind and thing.source in asked and owner in (thing.person_id, None)
    )


def pair(mine: Iterable[Thing], theirs: Iterable[Thing]) -> list[Pair]:
    """Declared and found things of one kind, matched one to one; those without a partner stand alone."""
    pairs = _by_number(mine, theirs)
    alone = [declared for declared, found in pairs if found is None and declared is not None]
    free = [found for declared, found in pairs if declared is None and found is not None]
    matched = [(declared, found) for declared, found in pairs if declared is not None and found is not None]
    near = sorted(
        ((_distance(declared, found), left, right) for left, declared in enumerate(alone) for right, found in enumerate(free)
         if not (declared.number and found.number) and (declared.person_id == found.person_id or None in (declared.person_id, found.person_id))),
    )  # fmt: skip
    taken: dict[int, int] = {}
    for _, left, right in near:
        if left not in taken and right not in taken.values():
            taken[left] = right
    result: list[Pair] = [*matched, *((alone[left], free[right]) for left, right in sorted(taken.items()))]
    result += [(declared, None) for left, declared in enumerate(alone) if left not in taken]
    result += [(None, found) for right, found in enumerate(free) if right not in taken.values()]
    return result


def _by_number(mine: Iterable[Thing], theirs: Iterable[Thing]) -> list[Pair]:
    free = list(theirs)
    pairs: list[Pair] = []
    for declared in mine:
        number = plain(declared.number)
        found = next((thing for thing in free if number and plain(thing.number) == number), None)
        if found is not None:
            free = [thing for thing in free if thing is not found]
        pairs.append((declared, found))
    return pairs + [(None, found) for found in free]


def plain(number: str | None) -> str:
    """A number without what people write differently: width, case, spaces, dots, dashes, and the kind after a slash."""
    text = unicodedata.normalize("NFKC", number or "").upper().partition("/")[0]
    return "".join(sign for sign in text if sign.isalnum())


def _distance(declared: Thing, found: Thing) -> tuple[bool, int]:
    """How far apart two things are: another owner first, then the difference in value."""
    known = declared.value is not None and found.value is not None
    return declared.person_id != found.person_id, abs(
        (declared.value or 0) - (found.value or 0)
    ) if known else 0
