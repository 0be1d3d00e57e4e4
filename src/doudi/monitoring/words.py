"""The words of indicators beyond those of the law: values made on demand, by what their names begin with.

    before_<name>            a fact or a rule of a person or household as it was the night before
    days_since_<date>        days from that date until today; negative for a day to come
    written_<field>          whether a row says anything in a field that the department may leave out
    standing_<programme>     how the household stands in a programme (``standing`` of ``codes.yaml``)
    due_in_year_<programme>  what is due of it in a year, in fen; held_in_year_<programme> what is received
    departed_before_<name>   a fact or rule of somebody who has died or left, as it was the night before

Always there: ``today``, ``yesterday`` (the night before), ``person_there_before``, ``household_there_before``, for each feed
``<feed>_may_be_more``, the values of its rows (``doudi.monitoring.rows``), and the entity ``departed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from doudi.facts.vocabulary import FIRST_DAY
from doudi.law import library
from doudi.monitoring.rows import LAST_DAY, RowsOf, rows_of_feeds
from doudi.programmes.catalogue import catalogue
from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.graph import Graph
from doudi.rules.kinds import COUNT, DATE, FLAG, MONEY, Entity, Input, Kind, Link, code

BEFORE, SINCE, WRITTEN, GONE = "before_", "days_since_", "written_", "departed_before_"
STANDING, DUE, HELD = "standing_", "due_in_year_", "held_in_year_"
YESTERDAY = "yesterday"
THERE = {"person": "person_there_before", "household": "household_there_before"}
DEPARTED = "departed"
DEPARTED_DOUBT = "departed_may_be_more"
LONGEST = 200_000
"""Days that may lie between two days."""
NEVER = 100_000
"""Days since a date that stands for "there is none"."""
MOST_IN_YEAR = 10**13
"""Fen that a programme may come to in a year."""


@dataclass(frozen=True, slots=True)
class Word:
    """A value made on demand: what its name begins with, and of which value it is made."""

    prefix: str
    of: str
    input: Input


def presence() -> Kind:
    """Whether a person is present, died, left."""
    return code(library.indicator_code_sets()["presence"])


def always() -> dict[str, Input]:
    """The values that are there whoever asks."""
    found = [
        Input(YESTERDAY, None, DATE, 19000101, 20991231),
        Input(DEPARTED_DOUBT, None, FLAG, 0, 1),
        *(Input(name, entity, FLAG, 0, 1) for entity, name in THERE.items()),
        Input("departed_state", DEPARTED, presence(), 0, 4),
        Input("departed_on", DEPARTED, DATE, FIRST_DAY, LAST_DAY),
        Input("departed_born", DEPARTED, DATE, FIRST_DAY, LAST_DAY),
        Input("departed_is_new", DEPARTED, FLAG, 0, 1),
    ]
    for rows in rows_of_feeds().values():
        found.append(Input(rows.doubt, None, FLAG, 0, 1))
        found += [told.input for told in rows.told.values()]
        found += rows.standard()
    return {one.name: one for one in found}


def entities() -> dict[str, Entity]:
    """The entities beyond those of the facts: rows of feeds, and people who have died or left."""
    departed = Entity(DEPARTED, (Link("household", "household"),), 100, DEPARTED_DOUBT)
    return {DEPARTED: departed, **{rows.name: rows.entity for rows in rows_of_feeds().values()}}


def feed_of(name: str) -> RowsOf | None:
    """The feed whose rows have a value of that name, or None."""
    found = [rows for entity, rows in rows_of_feeds().items() if name.startswith(f"{entity}_")]
    return max(found, key=lambda rows: len(rows.name), default=None)


def words(formulas: Iterable[Formula], base: Graph, known: Mapping[str, Input]) -> dict[str, Word]:
    """The values made on demand that these formulas ask for, by name; a name that means nothing is left out, and the
    graph then tells that there is no such value.

    ``base`` is the graph of tiers and programmes, ``known`` the facts and values that are always there.
    """
    found: dict[str, Word] = {}
    waiting = [name.split(LINK_SEPARATOR)[-1] for one in formulas for name in one.arguments.values()]
    for name in dict.fromkeys(waiting):
        if name not in known and (word := _word(name, base, known)) is not None:
            found[name] = word
    return found


def _word(name: str, base: Graph, known: Mapping[str, Input]) -> Word | None:
    if name.startswith(GONE):
        return _of_the_night_before(name, GONE, base, ("person",), DEPARTED)
    if name.startswith(BEFORE):
        return _of_the_night_before(name, BEFORE, base, ("person", "household"), None)
    if name.startswith(SINCE):
        return _days(name, known.get(name.removeprefix(SINCE)) or _date_before(name, base))
    if name.startswith(WRITTEN):
        return _written(name)
    for prefix in (STANDING, DUE, HELD):
        if name.startswith(prefix) and name.removeprefix(prefix) in catalogue().programmes:
            return _of_programme(name, prefix)
    return None


def _of_the_night_before(
    name: str, prefix: str, base: Graph, whose: tuple[str, ...], entity: str | None
) -> Word | None:
    of = name.removeprefix(prefix)
    fact, variable = base.schema.inputs.get(of), base.variables.get(of)
    if fact is not None and fact.entity in whose:
        return Word(prefix, of, Input(name, entity or fact.entity, fact.kind, fact.low, fact.high))
    if variable is not None and variable.formula.entity in whose:
        node = base.nodes[variable.node]
        return Word(
            prefix, of, Input(name, entity or variable.formula.entity, variable.kind, node.low, node.high)
        )
    return None


def _date_before(name: str, base: Graph) -> Input | None:
    word = _of_the_night_before(name.removeprefix(SINCE), BEFORE, base, ("person", "household"), None)
    return word.input if word is not None and name.startswith(SINCE + BEFORE) else None


def _days(name: str, date: Input | None) -> Word | None:
    if date is None or date.kind is not DATE:
        return None
    return Word(SINCE, date.name, Input(name, date.entity, COUNT, -LONGEST, LONGEST))


def _written(name: str) -> Word | None:
    of = name.removeprefix(WRITTEN)
    rows = feed_of(of)
    if rows is None or of not in rows.told:
        return None
    return Word(WRITTEN, of, Input(name, rows.name, FLAG, 0, 1))


def _of_programme(name: str, prefix: str) -> Word:
    if prefix == STANDING:
        states = library.indicator_code_sets()["standing"]
        return Word(
            prefix, name.removeprefix(prefix), Input(name, "household", code(states), 0, len(states) - 1)
        )
    return Word(prefix, name.removeprefix(prefix), Input(name, "household", MONEY, 0, MOST_IN_YEAR))
