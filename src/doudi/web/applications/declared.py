"""What a household declared in its newest application, beside what departments say: the same order of sources decides which value is used
(``evidence/precedence.yaml``).

A declaration that is older than its term still counts for what no department knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from doudi.evidence.precedence import NOT_LISTED, Order, Precedence
from doudi.evidence.schema import DECLARED, ITEMS
from doudi.facts.vocabulary import Vocabulary
from doudi.web.applications.declaring import SECTION
from doudi.web.applications.models import Answer, DraftState
from doudi.web.cases.models import Case
from doudi.web.registry.known import HOUSEHOLD, PERSON, Item, Known, Subject, Told
from doudi.web.registry.models import Person

_UNFIT = frozenset({"stale", "incomplete", "expired", "old_declaration", "not_told", "in_review"})


def declaration_of(case: Case) -> dict[str, Any] | None:
    """What was declared when the case was submitted (``declaring``); None where it was not submitted here."""
    rows = Answer.objects.filter(section=SECTION, draft__case=case)
    found = rows.first()
    return renumbered(found.raw(), case.household) if found else None


def besides(homes: Sequence[tuple[Any, Known]]) -> list[Known]:
    """What is known of each household, with what it declared last before the day of which all is known."""
    day = homes[0][1].day if homes else None
    newest = newest_declarations([household for household, _known in homes], day)
    return [
        with_declared(known, newest[household.pk], day) if household.pk in newest else known
        for household, known in homes
    ]


def renumbered(told: dict[str, Any], household: Any) -> dict[str, Any]:
    """A declaration under the numbers that the members have now."""
    return _under(told, _numbers([household]).get(household.pk, {}))


def _numbers(households: Sequence[Any]) -> dict[int, dict[str, str]]:
    """The numbers of members by those that they had earlier, of each household in which somebody's has changed."""
    rows = Person.objects.filter(household__in=households, earlier_number__gt="")
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for household, earlier, number in rows.values_list("household_id", "earlier_number", "number"):
        found[household][earlier] = number
    return found


def _under(told: dict[str, Any], numbers: Mapping[str, str]) -> dict[str, Any]:
    if not numbers:
        return told
    persons = {numbers.get(number, number): facts for number, facts in told["persons"].items()}
    items = [
        {**each, "person_id": numbers.get(each["person_id"], each["person_id"])} for each in told["items"]
    ]
    return {**told, "persons": persons, "items": items}


def newest_declaration(household: Any, day: date | None = None) -> dict[str, Any] | None:
    """What the household declared last, up to a day; None where it never did here."""
    return newest_declarations([household], day).get(household.pk)


def newest_declarations(households: Sequence[Any], day: date | None = None) -> dict[int, dict[str, Any]]:
    """The same of many households, by the number of each that declared something. Two queries."""
    rows = Answer.objects.filter(
        section=SECTION, draft__household__in=households, draft__state=DraftState.SUBMITTED
    )
    if day is not None:
        rows = rows.filter(saved_at__date__lte=day)
    newest = rows.order_by("draft__household_id", "-saved_at").distinct("draft__household_id")
    found = {row.draft.household_id: row.raw() for row in newest.select_related("draft")}
    numbers = _numbers(list(found)) if found else {}
    return {household: _under(told, numbers.get(household, {})) for household, told in found.items()}


def with_declared(known: Known, told: Mapping[str, Any], day: date | None = None) -> Known:
    """What is known, with one declaration put into it."""
    made = date.fromisoformat(told["made_on"])
    old = _is_old(made, day or timezone.localdate())
    people = {
        number: _subject(PERSON, each, told["persons"].get(number, {}), made, old)
        for number, each in known.people.items()
    }
    household = _subject(HOUSEHOLD, known.household, told["household"], made, old)
    items = [Item(_columns(known, each, place, made)) for place, each in enumerate(told["items"])]
    return replace(known, household=household, people=people, items=_matched(known.items, items, old))


def _subject(kind: str, subject: Subject, told: Mapping[str, str | None], made: date, old: bool) -> Subject:
    facts = Vocabulary.load().entities[kind].facts
    orders = Order.load().facts
    by_fact: dict[str, list[Told]] = defaultdict(list)
    for each in subject.tellings:
        by_fact[each.fact.column].append(each)
    for column, value in told.items():
        order = orders.get((kind, column))
        if order is None or column not in facts:
            continue
        rule = "" if not old else ("expired" if order.feeds else "old_declaration")
        earlier = [each for each in by_fact[column] if each.source != DECLARED]
        mine = Told(
            facts[column], subject.number, value, DECLARED, None, made.isoformat(), made.isoformat(), 1.0, False,
            "not_told" if value is None else rule, (),
        )  # fmt: skip
        by_fact[column] = chosen(order, [*earlier, mine])
    return Subject(kind, subject.number, [each for group in by_fact.values() for each in group])


def chosen(order: Precedence, told: list[Told]) -> list[Told]:
    """The tellings of one fact, at most one of them used: the first source in the order that tells; more that was declared than found
    where the order says so."""
    fit = [
        each
        for each in told
        if each.value is not None and not (each.rule in _UNFIT and each.rule != "old_declaration")
    ]
    ranked = sorted(fit, key=lambda each: (_rank(order, each), _later(each), each.source))
    best = ranked[0] if ranked else None
    more = next((each for each in fit if _is_more(order, each, best)), None)
    used = more or best
    return [
        replace(each, used=each is used, rule=_rule(each, used, more, len(fit), each in fit)) for each in told
    ]


def _rank(order: Precedence, told: Told) -> int:
    silent = f"{told.source}:{NOT_LISTED}"
    if told.rule == NOT_LISTED and silent in order.ranks:
        return order.ranks[silent]
    return order.ranks.get(told.source, len(order.ranks))


def _later(told: Told) -> int:
    return -date.fromisoformat(told.since).toordinal() if told.since else 0


def _is_more(order: Precedence, told: Told, best: Told | None) -> bool:
    if not order.declared_if_more or best is None or told.source != DECLARED or told is best:
        return False
    return _hundredths(told.value) > _hundredths(best.value)


def _hundredths(value: str | None) -> int:
    whole, _dot, part = (value or "0").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0")[:2] or 0)


def _rule(told: Told, used: Told | None, more: Told | None, count: int, fits: bool) -> str:
    if told is more:
        return "declared_more"
    if not fits:
        return told.rule
    if told is not used:
        return "later_source"
    kept = (
        told.rule if told.rule in (NOT_LISTED, "old_declaration", "last_known", "with_gap", "child") else ""
    )
    return kept or ("only_source" if count == 1 else "first_source")


def _columns(known: Known, told: Mapping[str, Any], place: int, made: date) -> dict[str, Any]:
    """One declared item with all columns."""
    return {
        **dict.fromkeys(ITEMS), **told, "item_id": f"declared.{told['entity']}.{place}",
        "household_id": known.household.number, "source": DECLARED, "row_ids": [], "received_at": made.isoformat(),
        "confidence": 1.0, "used": True, "rule": "only_source",
    }  # fmt: skip


def _matched(found: list[Item], stated: list[Item], old: bool) -> list[Item]:
    """All items: of the same thing the one whose source comes first is used, the other says which it is the same as.

    What an earlier declaration stated of these entities is replaced; what departments found of it counts again by itself.
    """
    entities = {"asset", "expense", "supporter"}
    kept = [
        _alone(each) for each in found if each.entity not in entities or each.columns["source"] != DECLARED
    ]
    free = [each for each in kept if each.entity in ("asset", "expense") and each.used]
    result: list[Item] = []
    for mine in sorted(stated, key=lambda each: (-_hundredths(_sum(each)), str(each.columns["item_id"]))):
        same = _same(mine, free)
        if same is None:
            result.append(mine)
            continue
        if mine.entity == "asset":
            free.remove(same)
        first = Order.load().items[mine.entity, str(mine.columns["kind"])].sources[0] == DECLARED and not old
        result.append(mine if first else _other(mine, same))
        if first:
            kept[kept.index(same)] = _other(same, mine)
    return [*kept, *result]


def _same(mine: Item, free: list[Item]) -> Item | None:
    """The found item that a declared one is: by its number, else of the same kind and owner, an asset of the greatest value first."""
    alike = [
        each for each in free if each.entity == mine.entity and each.columns["kind"] == mine.columns["kind"]
    ]
    number = str(mine.columns["number"] or "").upper()
    named = [
        each
        for each in alike
        if number and str(each.columns["number"] or "").partition("/")[0].upper() == number
    ]
    owned = [each for each in alike if each.columns["person_id"] == mine.columns["person_id"]]
    open_number = [each for each in owned if not number or not each.columns["number"]]
    for group in (named, open_number):
        if group:
            return max(group, key=lambda each: (_hundredths(_sum(each)), str(each.columns["item_id"])))
    return alike[0] if mine.entity == "expense" and mine.columns["person_id"] is None and alike else None


def _alone(item: Item) -> Item:
    """A found item that an earlier declaration had stood in for, used again."""
    if (
        item.used
        or item.columns["rule"] != "same_thing"
        or not str(item.columns["same_as"] or "").startswith(DECLARED)
    ):
        return item
    return Item({**item.columns, "used": True, "rule": "only_source", "same_as": None, "matched_by": None})


def _other(item: Item, used: Item) -> Item:
    return Item(
        {
            **item.columns,
            "used": False,
            "rule": "same_thing",
            "same_as": used.columns["item_id"],
            "matched_by": "kind",
        }
    )


def _sum(item: Item) -> str | None:
    value = item.columns["value"] if item.entity == "asset" else item.columns["amount"]
    return None if value is None else str(value)


def _is_old(made: date, day: date) -> bool:
    months = (day.year - made.year) * 12 + day.month - made.month - (day.day < made.day)
    return months >= Order.load().declaration_months
