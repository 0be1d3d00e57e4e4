"""From registry and feeds to facts, items and a register, as of a day."""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence import conditions, findings, homes, incomes, standing
from doudi.evidence.abreast import Found, Item, abreast
from doudi.evidence.appending import appending
from doudi.evidence.asked import Asked, asked_on
from doudi.evidence.choosing import chosen
from doudi.evidence.declared import children, declared
from doudi.evidence.ground import Ground
from doudi.evidence.items import FOUND, declared_items
from doudi.evidence.linking import Rows, gather, link_sayings, load_libraries, places, sayings, settle
from doudi.evidence.matching import matched
from doudi.evidence.namings import WHO
from doudi.evidence.newcomers import FEEDS as TELL_OF_NEWCOMERS
from doudi.evidence.newcomers import newcomers
from doudi.evidence.people import population
from doudi.evidence.placing import refuse_foreign, replacing
from doudi.evidence.precedence import Order
from doudi.evidence.presumed_kin import presumed_kin
from doudi.evidence.presumptions import presumed
from doudi.evidence.register import start, typed, write_register
from doudi.evidence.registry import Registry, read_registry
from doudi.evidence.schema import FACTS
from doudi.evidence.sources import sources
from doudi.facts.vocabulary import Fact, Vocabulary

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and of how much."""
TELLERS = {**findings.TELLERS, **standing.TELLERS, **homes.TELLERS, **conditions.TELLERS, **incomes.TELLERS}
"""The rule of each fact that departments tell, by subject and fact."""
NATION = "000000"
SOURCES = "sources.json"
RESULT = (
    SOURCES, "facts.parquet", "items.parquet", "people.parquet", "presumed.parquet", "links", "register", "pointing",
)  # fmt: skip
"""What a build leaves in its folder."""
_COMPRESSION: dict[str, Any] = {"compression": "zstd", "compression_level": 1}
_IN_GROUPS = {**_COMPRESSION, "row_group_size": 1 << 17}
"""Groups of so many rows, whatever tables they came in: the same rows give the same bytes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: its folder and the content of ``sources.json``."""

    folder: Path
    sources: Mapping[str, Any]

    @property
    def register(self) -> Path:
        """The register of what is known."""
        return self.folder / "register"

    @property
    def pointing(self) -> Path:
        """The register with presumptions; there only if they were asked for."""
        return self.folder / "pointing"


def build(
    registry: Path,
    store: Path,
    day: date,
    out: Path,
    presume: bool = False,
    *,
    region: str = NATION,
    authorised: frozenset[str] = frozenset(),
    decisions: pl.DataFrame | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Built:
    """Build facts, items, people, links and the register of a day into ``out``, from what was received by then.

    ``presume`` adds ``pointing/`` with the presumptions of ``region``. ``authorised``: persons whose balances may be looked
    at; without them feeds that are for authorised checks only are not read. ``decisions`` of people about links override.
    An earlier result in ``out`` is replaced whole, and what it linked is not linked again; anything else there is refused.

    Raises:
        EvidenceError: the registry is at fault, ``out`` holds something else or meets what is read, or another build writes into it.
        FeedError, LinkageError: the store, the links or the decisions are at fault.
        OSError: something cannot be read or written.
    """
    known, asked = read_registry(registry, day), asked_on(store, day)
    refuse_foreign(out, RESULT, SOURCES, (registry, store))
    with replacing(out) as making:
        work = _Build(known, store, day, making, asked, progress)
        work.link(out / "links", authorised, decisions)
        found = work.results(work.ground(authorised), region if presume else None)
    return Built(out, found)


class _Build:
    """The steps of one build, in their order."""

    def __init__(
        self, registry: Registry, store: Path, day: date, making: Path, asked: Mapping[str, Asked], progress: Progress
    ) -> None:  # fmt: skip
        self.registry, self.store, self.day, self.making = registry, store, day, making
        self.asked, self.progress = asked, progress
        self.rows = Rows(making / "rows")
        self.rows.folder.mkdir()
        self.counts: dict[str, pl.DataFrame] = {}
        self.used: dict[tuple[str, str], int] = {}
        self.review = pl.DataFrame(
            schema={"person_id": pl.String, "feed": pl.String, "row_ids": pl.List(pl.String)}
        )

    def abreast(self, work: Callable[[Item], Found], items: Iterable[Item]) -> Iterator[Found]:
        """:func:`doudi.evidence.abreast.abreast` for the persons of this build."""
        return abreast(work, items, self.registry.identities.height)

    def link(self, earlier: Path, authorised: frozenset[str], decisions: pl.DataFrame | None) -> None:
        """Lay down the rows of all feeds and find whose they are."""
        feeds = [name for name, each in self.asked.items() if authorised or not each.contract.check_only]
        identities = self.registry.identities
        links = self.making / "links"
        if (earlier / "sayings").exists():
            shutil.copytree(earlier / "sayings", links / "sayings")
        with ThreadPoolExecutor(1) as beside:
            beside.submit(load_libraries)
            self.progress("read", 0, len(feeds))
            told = self.abreast(
                lambda feed: gather(self.store, self.day, self.asked[feed], self.rows),
                sorted(feeds, key=lambda feed: feed not in TELL_OF_NEWCOMERS),
            )
            told_of_newcomers = list(islice(told, len(TELL_OF_NEWCOMERS)))
            self.newcomers = newcomers(self.rows, feeds, identities)
            standing_now = pl.concat([identities.select("person_id", *WHO), self.newcomers])
            said = sayings([*told_of_newcomers, *told], standing_now)
            placed = beside.submit(lambda: [places(self.rows, self.asked[feed], said) for feed in feeds])
            self.progress("link", 0, len(feeds))
            outcomes, doubts = link_sayings(links / "sayings", said, standing_now, decisions)
        review = [self.review]
        settled = self.abreast(
            lambda each: settle(self.asked[each[0]], self.rows, each[1], outcomes, links),
            zip(feeds, placed.result(), strict=True),
        )
        for place, (feed, counts) in enumerate(zip(feeds, settled, strict=True)):
            self.counts[feed] = counts
            review.append(_in_review(links / f"{feed}.parquet", feed, doubts))
            self.progress("link", place + 1, len(feeds))
        self.review = pl.concat(review)

    def ground(self, authorised: frozenset[str]) -> Ground:
        """The people of the day, on whom the facts stand."""
        people = population(self.registry, self.newcomers, self.rows, self.asked, self.day)
        people.everyone.write_parquet(self.making / "people.parquet", **_COMPRESSION)
        return Ground(self.day, self.asked, self.rows, people, self.registry, authorised)

    def results(self, ground: Ground, presumptions_of: str | None) -> dict[str, Any]:
        """Write facts, items, the register, and with presumptions of a region that for pointing; the content of sources.json."""
        tables = self.facts(ground)
        works: list[Callable[[], Any]] = [partial(self.items, ground)]
        if presumptions_of is not None:
            works.append(partial(self.presume, tables, presumptions_of))
        items, *presumptions = self.abreast(lambda work: work(), works)
        self.progress("items", 1, 1)
        registers = [("register", tables, items)]
        registers += [("pointing", filled, pl.concat([items, kin])) for filled, kin in presumptions]
        deque(self.abreast(lambda each: write_register(self.making / each[0], *each[1:]), registers), 0)
        found = sources(ground, self.counts, self.used, presumptions_of is not None)
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        (self.making / SOURCES).write_text(text, "utf-8")
        shutil.rmtree(self.rows.folder)
        return found

    def facts(self, ground: Ground) -> dict[str, pl.DataFrame]:
        """Write facts.parquet; the tables of households and persons with what is used."""
        tables = start(ground.people)
        here = self.review.join(ground.people.present.select("person_id", "household_id"), on="person_id")
        wanted = _facts_told()
        found = self.abreast(lambda each: _told(ground, here, *each, tables[each[0]]), wanted)
        columns: dict[str, list[pl.Series]] = {"household": [], "person": []}
        with appending(self.making / "facts.parquet", FACTS, **_IN_GROUPS) as append:
            for done, ((subject, fact), (told, column)) in enumerate(
                zip(wanted, found, strict=True), start=1
            ):
                append(told)
                self.used[subject, fact.column] = int(told["used"].sum())
                columns[subject].append(column)
                self.progress("facts", done, len(wanted))
        return {subject: table.with_columns(columns[subject]) for subject, table in tables.items()}

    def items(self, ground: Ground) -> pl.DataFrame:
        """Write items.parquet."""
        found = [rule(ground).collect() for feed, rule in FOUND.items() if feed in self.counts]
        every = matched(ground, pl.concat(found), declared_items(ground).collect())
        every.write_parquet(self.making / "items.parquet", **_COMPRESSION)
        return every

    def presume(
        self, tables: Mapping[str, pl.DataFrame], region: str
    ) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """Write presumed.parquet; the tables with their gaps filled, and the kin who are presumed."""
        with appending(self.making / "presumed.parquet", FACTS, **_IN_GROUPS) as append:
            filled = presumed(tables, region, self.day, append)
        return filled, presumed_kin(tables, region, self.day)


def _facts_told() -> list[tuple[str, Fact]]:
    """The facts of households, then of persons, of which the order of sources speaks; names are the registry's alone."""
    entities = Vocabulary.load().entities
    return [
        (subject, known)
        for subject in ("household", "person")
        for name, known in entities[subject].facts.items()
        if (subject, name) in Order.load().facts and name != "name"
    ]


def _told(
    ground: Ground, here: pl.DataFrame, subject: str, fact: Fact, subjects: pl.DataFrame
) -> tuple[pl.DataFrame, pl.Series]:
    """All that is told of a fact, and the values used, for the subjects in their order."""
    order = Order.load().facts[subject, fact.column]
    told = [
        *TELLERS.get((subject, fact.column), lambda _: [])(ground),
        *declared(ground, subject, fact.column),
    ]
    if fact.group and order.silent is None:
        told += children(ground, fact.column)
    review = here.lazy().select("feed", "row_ids", subject_id=f"{subject}_id")
    table = chosen(ground, order, told, review)
    return table, typed(fact, table.filter("used").select("subject_id", "value"), subjects)


def _in_review(path: Path, feed: str, doubts: pl.DataFrame) -> pl.DataFrame:
    """The persons whom rows of a feed that are in review may be about, with these rows."""
    rows = pl.scan_parquet(path).filter(pl.col("zone") == "review").select("row_id", "mention").collect()
    found = (
        rows.join(doubts, on="mention").group_by("person_id").agg(row_ids=pl.col("row_id").unique().sort())
    )
    return found.sort("person_id").select("person_id", pl.lit(feed).alias("feed"), "row_ids")
