"""One build into the registry: one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from doudi.rules.errors import Problem
from doudi.web.audit import record
from doudi.web.database.scope import Scope, acting_as
from doudi.web.registry.counties import COUNTY, known_county
from doudi.web.registry.errors import LoadError
from doudi.web.registry.loading import merging, sheets
from doudi.web.registry.loading.ahead import ahead
from doudi.web.registry.loading.benefits import benefits
from doudi.web.registry.loading.copying import fetch, hold, pour, run
from doudi.web.registry.loading.evidence import Evidence
from doudi.web.registry.loading.names import with_keys
from doudi.web.registry.loading.places import placed, places
from doudi.web.registry.loading.recognising import leave, recognise
from doudi.web.registry.loading.tags import conflicts, held, tags
from doudi.web.registry.loading.tiers import tiers
from doudi.web.registry.models import Household, Load, Person
from doudi.web.registry.sensitive import blinds, seals

Progress = Callable[[str], None]
SUBJECTS = ("household", "person")
WAITING = 16
"""So many blocks of sealed sheets may wait for the database."""
TOGETHER = 25_000
"""So many sheets are added by one statement, since each looks up every reference."""
PRESENT = {"number": pl.String, "digest": pl.Binary}
REGISTERED = {"number": pl.String, "region": pl.String, "household": pl.Int64, "person": pl.Int64}


@dataclass(slots=True)
class Loaded:
    """``counts``: rows of the build, and what became of them. ``unplaced``: villages that the divisions do not have."""

    counts: dict[str, int] = field(default_factory=dict)
    unplaced: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many rows of the registry were added or changed."""
        read = (
            "persons_read",
            "households_read",
            "benefits_read",
            "persons_kept",
            "households_kept",
            "benefits_of_nobody",
        )
        return sum(count for name, count in self.counts.items() if name not in read)


def load(
    folder: Path, region: str, day: date, registry: Path | None = None, store: Path | None = None,
    progress: Progress = lambda step: None,
) -> Loaded:  # fmt: skip
    """Load the build in ``folder`` into the county ``region`` (6 or 12 digits), as known on ``day``.

    ``registry`` gives addresses; ``store`` is where the departments' rows lie, for what they paid.

    Raises:
        LoadError: files are missing or of another day, the county is not in the table of divisions, or a later build has
            been loaded.
        FactError, LawError, FeedError: the law cannot be applied, or the store cannot be read.
    """
    evidence = Evidence(folder, registry)
    evidence.check()
    evidence.must_be_of(day)
    county = region[:COUNTY]
    with acting_as(Scope("system", county)), transaction.atomic():
        _alone(county)
        return _Loading(evidence, county, day, store, progress).done()


def _alone(county: str) -> None:
    """One load of a county at a time. Whole tables meet whole tables, and a new one has no statistics: no nested loops."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '256MB'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('doudi load'), %s)", [int(county)])


class _Loading:
    """The steps, in their order."""

    def __init__(
        self, evidence: Evidence, county: str, day: date, store: Path | None, progress: Progress
    ) -> None:
        self.evidence, self.county, self.day, self.store = evidence, county, day, store
        self.progress = progress
        self.region = known_county(county)
        self.found = Loaded()
        self.new = False
        self.values: dict[str, Any] = {"county": county, "day": day}

    def done(self) -> Loaded:
        latest = Load.objects.filter(region=self.region).order_by("-day", "-id").first()
        if latest is not None and latest.day > self.day:
            raise LoadError([Problem("load.older", "已经入库更晚的数据", "a later build has been loaded",
                                     "载入更晚的事实", "load a later one", value=latest.day.isoformat())])  # fmt: skip
        row = Load.objects.create(
            region=self.region, day=self.day, content=self.evidence.content, law_region=self.county,
            sources=self.evidence.sources["feeds"],
        )  # fmt: skip
        self.values["load"] = row.pk
        people = self._people()
        left = recognise(people, self.county)
        self.new = not (self._any(Household) or self._any(Person))
        present = {each: fetch(merging.sheets_present(each), PRESENT, **self.values) for each in SUBJECTS}
        with ahead(self._sealed(people), WAITING) as persons, ahead(self._paid()) as paid:
            homes = self._homes(people)
            with ahead(self._fresh(present), WAITING) as made:
                self._households(homes, people)
                self._persons(persons)
                leave(left, self.day)
                self._sheets(made)
            for table in paid:
                self._benefits(table)
        if self.found.changed:
            row.counts = self.found.counts
            row.save(update_fields=["counts"])
            record("registry.load", row, details=self.found.counts)
        else:
            row.delete()
        return self.found

    def _people(self) -> pl.DataFrame:
        people = placed(self.evidence.people, places(self.county, self.day), self.region.code)
        unplaced = people.filter((pl.col("region") == self.region.code) & pl.col("village").is_not_null())
        self.found.unplaced = dict(unplaced["village"].value_counts().sort("village").iter_rows())
        self.found.counts["persons_read"] = people.height
        return people

    def _any(self, model: type[Household] | type[Person]) -> bool:
        return bool(model.objects.filter(county=self.county).exists())

    def _homes(self, people: pl.DataFrame) -> pl.DataFrame:
        """The households of the build with what lists and filters need."""
        self.progress("tiers")
        evidence = self.evidence
        where = people.filter(pl.col("household_id").is_not_null()).sort(
            pl.col("state") != "present", pl.col("relation") != "head", "person_id"
        )
        homes = where.unique("household_id", keep="first", maintain_order=True)
        homes = homes.select("household_id", "village", "region").join(
            evidence.homes, on="household_id", how="left"
        )
        for more in (tiers(evidence, self.county, self.day), held(evidence), conflicts(evidence, people)):
            homes = homes.join(more, on="household_id", how="left")
        self.found.counts["households_read"] = homes.height
        return homes.rename({"household_id": "number"})

    def _households(self, homes: pl.DataFrame, people: pl.DataFrame) -> None:
        self.progress("households")
        braced = pl.lit("{") + pl.col("held").list.join(",") + pl.lit("}")
        hold("incoming_household", merging.INCOMING_HOUSEHOLD)
        pour("incoming_household", homes.with_columns(held=braced).select(list(merging.INCOMING_HOUSEHOLD)))
        run("ANALYZE incoming_household (number)")
        self._run("households_kept", merging.kept("household"))
        self._run("households", merging.HOUSEHOLDS_CHANGED, merging.HOUSEHOLDS)
        hold("incoming_tag", merging.INCOMING_TAG)
        holdings = homes.select("held", household_id="number").drop_nulls()
        pour("incoming_tag", tags(people, holdings, self.day).rename({"household_id": "household"}))
        run("ANALYZE incoming_tag (household)")
        self._run("tags_ended", merging.TAGS_ENDED)
        self._run("tags", merging.TAGS_BEGUN)

    def _sealed(self, people: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """The persons as they are registered, a block at a time."""
        table = with_keys(people).rename({"person_id": "number", "household_id": "household"})
        for block in table.iter_slices(sheets.BLOCK):
            yield _with_ids(block, self.county).select(list(merging.INCOMING_PERSON))

    def _persons(self, made: Iterator[pl.DataFrame]) -> None:
        self.progress("persons")
        hold("incoming_person", merging.INCOMING_PERSON)
        for block in made:
            pour("incoming_person", block)
        run("ANALYZE incoming_person (number, household)")
        self._run("persons_kept", merging.kept("person"))
        self._run("persons", merging.PERSONS_CHANGED, merging.PERSONS)
        self._run("memberships_ended", merging.MEMBERSHIPS_ENDED)
        self._run("memberships", merging.MEMBERSHIPS_BEGUN)
        run(merging.HEADS, **self.values)
        if not self.new:
            moved = map(merging.moved, ("tag", "benefit", "note", "change", "mark"))
            for statement in (merging.MEMBERSHIPS_MOVED, *moved, merging.EMPTIED):
                run(statement, **self.values)

    def _fresh(self, present: dict[str, pl.DataFrame]) -> Iterator[tuple[str, pl.DataFrame]]:
        """The sheets that differ from those present, a block at a time, each block with its subject."""
        for subject in SUBJECTS:
            for block in sheets.fresh(self.evidence, subject, self.county, present[subject]):
                yield subject, block

    def _sheets(self, made: Iterator[tuple[str, pl.DataFrame]]) -> None:
        hold("incoming_sheet", merging.INCOMING_SHEET)
        self.found.counts |= {f"{subject}_sheets": 0 for subject in SUBJECTS}
        for subject, blocks in groupby(made, itemgetter(0)):
            self.progress(f"sheets of {subject}s")
            registered, waiting = fetch(merging.registered(subject), REGISTERED, **self.values), 0
            for _, block in blocks:
                here = block.join(registered, on="number").sort(subject)
                pour("incoming_sheet", here)
                waiting += here.height
                if waiting >= TOGETHER:
                    self._add_sheets(subject)
                    waiting = 0
            self._add_sheets(subject)
        for subject in SUBJECTS:
            superseded = () if self.new else (merging.sheets_superseded(subject),)
            self._run(f"{subject}_sheets_superseded", *superseded)
            if not self.new:
                run(merging.sheets_moved(subject), **self.values)

    def _add_sheets(self, subject: str) -> None:
        self.found.counts[f"{subject}_sheets"] += run(merging.SHEETS_ADDED, **self.values)
        run("TRUNCATE incoming_sheet")

    def _paid(self) -> Iterator[pl.DataFrame]:
        """What was paid, where it is known."""
        if self.store is not None:
            yield benefits(self.evidence, self.store, self.day)

    def _benefits(self, paid: pl.DataFrame) -> None:
        self.progress("benefits")
        self.found.counts["benefits_read"] = paid.height
        hold("incoming_benefit", merging.INCOMING_BENEFIT)
        pour("incoming_benefit", paid.rename({"person_id": "person"}))
        run("ANALYZE incoming_benefit (person, source, row)")
        self._run("benefits_of_nobody", merging.BENEFITS_NOBODYS)
        self._run("benefits", merging.BENEFITS_CHANGED, merging.BENEFITS)
        self._run(
            "benefits_withdrawn", *(() if self.new else (merging.BENEFITS_WITHDRAWN, merging.BENEFITS_TOLD))
        )

    def _run(self, name: str, *statements: str) -> None:
        """Execute statements; the count is of all rows that they touched."""
        self.found.counts[name] = sum(run(statement, **self.values) for statement in statements)


def _with_ids(people: pl.DataFrame, county: str) -> pl.DataFrame:
    """Add the id number sealed, its blind index, and its last four characters."""
    told = people.select("number", "id_number").drop_nulls("id_number")
    plain = [number.encode() for number in told["id_number"].to_list()]
    owners = (pl.lit(f"{county}/") + pl.col("number")).alias("owner")
    sealed = seals(zip(plain, told.select(owners)["owner"].to_list(), strict=True), "id_number")
    told = told.select(
        "number",
        pl.Series("id_sealed", sealed, dtype=pl.Binary),
        pl.Series("id_index", blinds(plain, "id_number"), dtype=pl.Binary),
        id_tail=pl.col("id_number").str.tail(4),
    )
    return people.join(told, on="number", how="left", maintain_order="left")
