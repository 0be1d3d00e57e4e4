"""One household of a county on a night, from the evidence: for the reasons of a warning, and what is missing where one is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import polars as pl

from doudi.assessment.determination import Determination
from doudi.facts.household import HouseholdFacts
from doudi.facts.vocabulary import Vocabulary, engine_date
from doudi.law import library
from doudi.monitoring.catalogue import catalogue
from doudi.monitoring.entries import Indicator
from doudi.monitoring.errors import fault
from doudi.monitoring.ground import Ground
from doudi.monitoring.held import holdings_told, tellings
from doudi.monitoring.law import Rules, Watch, rules_of, watch_of
from doudi.monitoring.night import Night, Row, judge
from doudi.monitoring.reach import silent
from doudi.monitoring.rows import RowsOf, entity_of, rows_of_feeds
from doudi.monitoring.words import DUE, HELD, STANDING, WRITTEN
from doudi.programmes.law import Offer
from doudi.programmes.standing import standings

OF_PROGRAMMES = (STANDING, DUE, HELD)


@dataclass(frozen=True)
class Looked:
    """An indicator for one household: for each subject whether it holds (None: open), and on what an open one rests.

    ``causes``: for a standing in a programme that is not known, what must be asked for.
    """

    indicator: Indicator
    determination: Determination
    subjects: tuple[str, ...]
    causes: Mapping[str, tuple[str, ...]]

    def truth(self, subject_id: str) -> bool | None:
        """Whether it holds for a subject."""
        found = self.determination.trace.finding(self.indicator.rule, self._row(subject_id))
        return None if found.value is None else bool(found.value)

    def missing(self, subject_id: str) -> tuple[str, ...]:
        """The facts, parameters and feeds that are missing."""
        names = self.determination.trace.finding(self.indicator.rule, self._row(subject_id)).rests_on
        return tuple(dict.fromkeys(cause for name in names for cause in self.causes.get(name, (name,))))

    def _row(self, subject_id: str) -> int | None:
        return None if self.indicator.subject == "household" else self.subjects.index(subject_id)


class Homes:
    """The households of a county tonight and the night before; ``before`` is None on the first night of all."""

    def __init__(self, today: Ground, before: Ground | None, region: str) -> None:
        self.today, self.before = today, before
        yesterday = before.day if before is not None else today.day - timedelta(days=1)
        watch = watch_of(region, today.day, yesterday)
        doubts = silent(today.reach, catalogue().indicators.values())
        self.watch: Watch = replace(watch, silent=doubts, unset=watch.unset | doubts, _kernels={})
        self.rules: Rules = rules_of(today.day)
        asked = {entity: dict.fromkeys(fields) for entity, fields in self.rules.rows.items()}
        for one in tellings():
            asked.setdefault(entity_of(one.feed), {}).update(dict.fromkeys(one.fields))
        found = {entity: today.rows(entity, tuple(fields)) for entity, fields in asked.items()}
        self.rows = {entity: table for entity, table in found.items() if table is not None}
        self.holdings = holdings_told(self.rows)

    def look(self, household_id: str, indicator: str) -> Looked:
        """One indicator for one household, with the reasons.

        Raises:
            MonitoringError: tonight there is no such household, or nobody in it. LawError: no such indicator, or one without a rule.
        """
        one = catalogue().indicator(indicator)
        variable = self.watch.variable(one.rule)
        night = self.night(household_id)
        outputs = {one.rule: variable.node}
        if variable.value is not None and variable.limit is not None:
            outputs |= {f"{one.rule}.value": variable.value, f"{one.rule}.limit": variable.limit}
        subjects = {
            "household": (household_id,), "person": tuple(night.today.ids["person"]),
            "departed": tuple(str(row["id"]) for row in night.departed),
        }  # fmt: skip
        return Looked(
            one, judge(night, self.watch, outputs), subjects[one.subject], self._causes(one, night.today)
        )

    def _causes(self, one: Indicator, household: HouseholdFacts) -> dict[str, tuple[str, ...]]:
        """For each standing that the rule asks for and that is not known: the facts and parameters on which it rests."""
        asked = self.watch.graph.inputs_of([one.rule])
        words = {
            name: word
            for name, word in self.watch.words.items()
            if name in asked and word.prefix in OF_PROGRAMMES
        }
        if not words:
            return {}
        found = standings(household, Offer(self.watch)).standings
        return {
            name: tuple(
                dict.fromkeys(
                    cause for each in found if each.programme.id == word.of for cause in each.missing
                )
            )
            for name, word in words.items()
        }

    def night(self, household_id: str) -> Night:
        """All that is known of a household.

        Raises:
            MonitoringError: tonight there is no such household, or nobody in it.
        """
        ids = self.today.register.ids["household"]
        place = ids.index_of(household_id)
        if place is None:
            raise fault(
                "no_household",
                "当夜没有这个家庭，或者户内已无人",
                "there is no such household tonight, or nobody in it",
            )
        register = self.today.register
        first, last = (int(end) for end in register.offsets["person"][place : place + 2])
        today = register.household(place)
        _add_holdings(today, self.holdings, place, first)
        span = range(first, last)
        rows = {name: self._rows(rows_of_feeds()[name], place, span) for name in self.rows}
        return Night(today, self._before(household_id), self._departed(place), rows)

    def _before(self, household_id: str) -> HouseholdFacts | None:
        if self.before is None:
            return None
        place = self.before.register.ids["household"].index_of(household_id)
        return None if place is None else self.before.register.household(place)

    def _departed(self, place: int) -> list[Row]:
        presence = library.indicator_code_sets()["presence"]
        gone = [presence.index("died"), presence.index("left")]
        people = self.today.people.filter(pl.col("home") == place, pl.col("state").is_in(gone)).sort(
            "person_id"
        )
        known = people["person_id"].to_list() if self.before is None else self._departed_before()
        return [
            {
                "id": row["person_id"], "departed_state": row["state"], "departed_on": row["ended_on"],
                "departed_born": row["born"], "departed_is_new": row["person_id"] not in known,
            }
            for row in people.to_dicts()
        ]  # fmt: skip

    def _departed_before(self) -> set[str]:
        assert self.before is not None
        presence = library.indicator_code_sets()["presence"]
        gone = [presence.index("died"), presence.index("left")]
        return set(
            self.before.people.filter(pl.col("state").is_in(gone), pl.col("home").is_not_null())["person_id"]
        )

    def _rows(self, rows: RowsOf, place: int, span: range) -> list[Row]:
        table = self.rows[rows.name].filter(pl.col("household") == place)
        yesterday = engine_date(self.watch.before)
        return [_row(rows, row, span, yesterday) for row in table.to_dicts()]


def _row(rows: RowsOf, told: Mapping[str, Any], span: range, yesterday: int) -> Row:
    """A row as the kernel of one household takes it."""
    found: Row = {name: told[name] for name in rows.told if name in told}
    found |= {f"{WRITTEN}{name}": told[name] is not None for name in rows.told if name in told}
    found[f"{rows.name}_received_on"] = told["received_on"]
    found[f"{rows.name}_is_new"] = told["received_on"] > yesterday
    for part in rows.parts:
        found[f"{part}_index"] = told[part] - span.start if told[part] in span else -1
        for what in ("state", "ended_on"):
            found[f"{rows.name}_{part}_{what}"] = told[f"{part}_{what}"]
    return found


def _add_holdings(household: HouseholdFacts, holdings: pl.DataFrame | None, place: int, first: int) -> None:
    """Put the holdings that rows tell of beside those of the register."""
    if holdings is None:
        return
    facts = Vocabulary.load().entities["holding"].engine_facts()
    for row in holdings.filter(pl.col("household") == place).to_dicts():
        told = {fact.name: row.get(fact.name, fact.default) for fact in facts}
        household.facts["holding"].append({**told, "owner_index": row["owner"] - first})
        household.ids["holding"].append("")
