"""The law of a place and night with the rules of the indicators: what tiers and programmes say, and more beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from doudi.assessment.statute import Statute, resolved_of, statute_of
from doudi.facts.vocabulary import ENTITIES, Vocabulary, engine_date
from doudi.law import library
from doudi.monitoring.families import family_formulas
from doudi.monitoring.rows import rows_of_feeds
from doudi.monitoring.words import BEFORE, DEPARTED_DOUBT, GONE, YESTERDAY, Word, always, entities, words
from doudi.programmes import law as programmes
from doudi.programmes.law import Offer
from doudi.rules.book import LINK_SEPARATOR, Formula
from doudi.rules.graph import Graph
from doudi.rules.kinds import Entity, Input, Schema
from doudi.rules.parameters import Parameters
from doudi.rules.recording import PARAMETERS


@cache
def all_parameters() -> Parameters:
    """Every parameter that ships: of the tiers, of the programmes and of the indicators."""
    return library.with_indicator_parameters(Vocabulary.load().codes)


@cache
def formulas() -> tuple[Formula, ...]:
    """The rules of the indicators, those of families among them; without those of tiers and programmes."""
    return (*library.indicator_formulas(), *family_formulas())


@dataclass(frozen=True)
class Rules:
    """The rules in force on a day: ``graph`` has all of them, ``base`` only those that rest on facts and parameters alone:
    tiers, programmes, and what of the indicators needs no other night and no rows.

    ``words`` are the values made on demand that the indicators ask for. ``kept`` names the facts and the rules of tiers and
    programmes that they ask for, tonight or of the night before; a night keeps these. ``night`` has the rules of the indicators
    alone, to which what is kept is given; families, which the standings tell, are not among them. ``rows`` are the entities of
    feeds that these ask for, with the fields asked for; ``asked`` names every value that they ask for.
    """

    graph: Graph
    base: Graph
    words: Mapping[str, Word]
    kept: frozenset[str]
    night: Graph
    rows: Mapping[str, tuple[str, ...]]
    asked: frozenset[str]

    @property
    def of_the_night_before(self) -> frozenset[str]:
        """What they ask for as it was the night before, by the names that it has in that night."""
        return frozenset(word.of for word in self.words.values() if word.prefix in (BEFORE, GONE))


def rules_of(day: date) -> Rules:
    """The rules in force on a day."""
    every = (*programmes.formulas(), *formulas())
    in_force = tuple(number for number, formula in enumerate(every) if formula.applies(day))
    first = _first_day.setdefault(in_force, day)
    return _rules_on(in_force, first)


_first_day: dict[tuple[int, ...], date] = {}


@cache
def _rules_on(versions: tuple[int, ...], day: date) -> Rules:
    of_programmes = programmes.graph_of(day)
    ours = [formula for formula in formulas() if formula.applies(day)]
    known = dict(of_programmes.schema.inputs)
    plain = _plain(ours, {*known, *of_programmes.variables})
    base = Graph(_schema(of_programmes.schema, dict(known), {}), (*programmes.formulas(), *plain), day)
    known.update(always())
    asked = words(ours, base, known)
    inputs = {**known, **{name: word.input for name, word in asked.items()}}
    graph = Graph(_schema(of_programmes.schema, inputs, entities()), (*programmes.formulas(), *ours), day)
    made = {formula.name for formula in family_formulas()}
    written = [formula for formula in ours if formula.name not in made]
    words_of = words(written, base, known)
    kept = _kept(written, words_of, base)
    others = kept - inputs.keys() - {formula.name for formula in written}
    given = {**inputs, **{name: _as_given(base, name) for name in sorted(others)}}
    night = Graph(_schema(of_programmes.schema, given, entities()), written, day)
    names = {str(node.attribute) for node in night.nodes if node.op == "input"}
    every = frozenset(names | {word.of for word in words_of.values()})
    return Rules(graph, base, asked, frozenset(kept), night, _rows_asked(night, every), every)


def _rows_asked(night: Graph, names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Feeds by entity, and the fields that rules or words ask for."""
    entities_asked = {node.entity for node in night.nodes}
    return {
        entity: tuple(name for name in rows.told if name in names)
        for entity, rows in rows_of_feeds().items()
        if entity in entities_asked
    }


def _kept(written: Iterable[Formula], asked: Mapping[str, Word], base: Graph) -> set[str]:
    """What rules ask for that is neither a rule of theirs nor made on demand, and what words of the night before are made of."""
    own = {one.name for one in written}
    direct = {name for one in written for name in _asked(one)} - own
    under = {word.of for word in asked.values()}
    facts = {name for name, fact in base.schema.inputs.items() if fact.entity is not None}
    return (direct & (facts | base.variables.keys())) | (under & (facts | base.variables.keys()))


def _as_given(base: Graph, name: str) -> Input:
    """A rule of tiers and programmes as a value that is given."""
    variable = base.variables[name]
    node = base.nodes[variable.node]
    return Input(name, variable.formula.entity, variable.kind, node.low, node.high)


def _plain(ours: Iterable[Formula], known: set[str]) -> list[Formula]:
    """The rules of indicators that ask for facts, parameters, tiers and programmes alone, or for one another."""
    found: list[Formula] = []
    waiting = list(ours)
    while True:
        more = [one for one in waiting if one.entity in _OF_FACTS and _asked(one) <= known]
        if not more:
            return found
        found += more
        known |= {one.name for one in more}
        waiting = [one for one in waiting if one not in more]


def _asked(formula: Formula) -> set[str]:
    names = {name.split(LINK_SEPARATOR)[-1] for name in formula.arguments.values()}
    return names - {PARAMETERS}


_OF_FACTS = (None, *ENTITIES)


def _schema(base: Schema, inputs: Mapping[str, Input], more: Mapping[str, Entity]) -> Schema:
    """What formulas may refer to: that of the programmes, rows, people who are gone, and words made on demand."""
    slots = {name: definition.slot for name, definition in all_parameters().definitions.items()}
    codes = {**base.codes, **library.indicator_code_sets()}
    for rows in rows_of_feeds().values():
        for told in rows.told.values():
            if told.input.kind.codes is not None:
                codes.setdefault(told.input.kind.codes.name, told.input.kind.codes)
    return Schema({**base.entities, **more}, inputs, slots, codes)


@dataclass(frozen=True)
class Watch(Statute):
    """The law of a night: a statute that also knows the night before, and of which feeds there may be more rows.

    ``silent`` names the doubts (``<feed>_may_be_more``) of feeds that are late, never came or do not reach back far enough.
    ``held_on`` is the day as of which standings in programmes are taken.
    """

    before: date = date.min
    held_on: date = date.min
    silent: frozenset[str] = frozenset()
    words: Mapping[str, Word] = field(default_factory=dict)

    @cached_property
    def offer(self) -> Offer:
        """The programmes of the place as of the day on which standings are taken; one, so that its kernels are made once."""
        return Offer(self if self.held_on == self.day else law_of_programmes(self.region, self.held_on))

    @property
    def context(self) -> dict[str, Any]:
        """What is the same for everybody: the two days, and whether all rows of each feed are at hand (None: not known)."""
        doubts = [DEPARTED_DOUBT, *(rows.doubt for rows in rows_of_feeds().values())]
        days = {"today": engine_date(self.day), YESTERDAY: engine_date(self.before)}
        return {**days, **{doubt: None if doubt in self.silent else False for doubt in doubts}}


def watch_of(
    region: str,
    day: date,
    before: date,
    *,
    silent: frozenset[str] = frozenset(),
    settings: Mapping[str, str] | None = None,
    overlay: Path | None = None,
    specialised: bool = False,
) -> Watch:
    """The law of ``region`` (code or name) on the night of ``day``.

    Raises:
        RegionError: the region is not known.
        ParameterError: a setting or the overlay is at fault, or the overlay is for another region.
    """
    resolved = resolved_of(all_parameters(), region, day, settings, overlay)
    rules = rules_of(day)
    one = statute_of(resolved.region.code, day, resolved, rules.graph, specialised)
    return Watch(
        one.region, one.day, one.resolved, one.graph, one.values, one.unset | silent, specialised,
        before=before, held_on=day, silent=silent, words=rules.words,
    )  # fmt: skip


@cache
def law_of_programmes(region: str, day: date) -> Statute:
    """The law of tiers and programmes of a place on a day, as a night is prepared by it.

    Raises:
        RegionError: the region is not known.
    """
    resolved = all_parameters().resolve(region, day)
    return statute_of(resolved.region.code, day, resolved, rules_of(day).base)


@cache
def law_of_case(region: str, day: date, settings: tuple[tuple[str, str], ...]) -> Watch:
    """The law of a case: all feeds are at hand, the night before is the day before; cases share it."""
    return watch_of(region, day, date.fromordinal(day.toordinal() - 1), settings=dict(settings))


__all__ = ["Rules", "Watch", "all_parameters", "formulas", "law_of_case", "rules_of", "watch_of"]
