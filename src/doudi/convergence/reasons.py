"""Why each person is placed as proposed: sentences and articles from the law's own explanation, and what is to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from doudi.assessment.determination import Determination, assess
from doudi.assessment.explanation_tiers import Condition, TierEntry, tiers_of
from doudi.assessment.outreach_asks import asks, by_fact
from doudi.assessment.register_reasons import label
from doudi.assessment.sentences import missing
from doudi.convergence.placing import Known

BELOW = ("low_margin", "rigid")
"""The tiers whose failing tests say why a household is below a need for help: the widest line, and expenditure."""
MOST = 3
"""Tests told for one tier."""
MOST_LABELS = 6
"""Facts told person by person."""


@dataclass(frozen=True, slots=True)
class Why:
    """What is told of a person: sentences, articles, names of what is missing and the same in Chinese."""

    sentence: str = ""
    articles: str = ""
    missing: str = ""
    missing_zh: str = ""


class _Household:
    """A household explained once for all of its persons."""

    def __init__(self, determination: Determination) -> None:
        self.determination = determination
        self.ids = determination.household.ids["person"]

    @cached_property
    def tiers(self) -> tuple[TierEntry, ...]:
        return tiers_of(self.determination)


class Reasons:
    """The reasons of persons, household by household."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.register = known.results.register
        self._places = {id: place for place, id in enumerate(self.register.ids["household"].to_list())}
        self._last: tuple[str, _Household] | None = None

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """``row_id``, ``sentence``, ``articles``, ``missing``, ``missing_zh`` of new, leaving and open persons among ``rows``."""
        asked = rows.filter(pl.col("reason").is_in(["qualifies", "below", "fact_missing"]))
        asked = asked.sort("household_id", maintain_order=True)
        columns = ("row_id", "person_id", "household_id", "reason", "tier")
        found = [(row[0], self._why(*row[1:])) for row in asked.select(columns).iter_rows()]
        told = [(row, why.sentence, why.articles, why.missing, why.missing_zh) for row, why in found]
        names = ("row_id", "sentence", "articles", "missing", "missing_zh")
        return pl.DataFrame(told, schema=dict.fromkeys(names, pl.String()), orient="row")

    def _why(self, person: str, household: str, reason: str, tier: str | None) -> Why:
        home = self._household(household)
        if reason == "qualifies":
            return _qualifies(home, home.ids.index(person), str(tier))
        if reason == "below":
            return _below(home)
        return _asked(home, home.ids.index(person))

    def _household(self, household: str) -> _Household:
        if self._last is None or self._last[0] != household:
            facts = self.register.household(self._places[household])
            self._last = (household, _Household(assess(facts, self.known.law)))
        return self._last[1]


def _qualifies(home: _Household, row: int, tier: str) -> Why:
    """The tests that hold for the person's tier: those of the person, or of the household."""
    entries = [one for one in home.tiers if one.tier == tier and one.holds and one.row in (None, row)]
    held = [reason for entry in entries for reason in entry.reasons(True)]
    articles = dict.fromkeys(article for entry in entries for article in entry.articles)
    return Why(_told(held), "；".join(articles))


def _below(home: _Household) -> Why:
    """The tests that fail for the widest tiers, each tier's first few."""
    entries = [one for one in home.tiers if one.tier in BELOW and one.row is None]
    failed = [reason for entry in entries for reason in entry.reasons(False)[:MOST]]
    articles = dict.fromkeys(article for entry in entries for article in entry.articles)
    return Why(_told(failed), "；".join(articles))


def _asked(home: _Household, row: int) -> Why:
    """What an open tier of the person or the household rests on."""
    trace = home.determination.trace
    names = dict.fromkeys(
        (
            *trace.finding("person_tier", row).rests_on,
            *trace.finding("tier").rests_on,
            *trace.finding("is_urgent").rests_on,
        )
    )
    return Why("", "", ",".join(names), "、".join(_labels(home.determination, list(names))))


def _labels(determination: Determination, names: list[str]) -> list[str]:
    """What to ask for, person by person where that is little, else by the questions of a visit."""
    found = [one.label for one in missing(determination, names)]
    if len(found) <= MOST_LABELS:
        return found
    questions = by_fact()
    asked = dict.fromkeys(asks()[questions[name]].zh for name in names if name in questions)
    others = (label(determination.statute, name) for name in names if name not in questions)
    return [*asked, *dict.fromkeys(others)]


def _told(conditions: Iterable[Condition]) -> str:
    """Each sentence once."""
    return "".join(dict.fromkeys(one.sentence for one in conditions))
