"""From registry and feeds to facts, items and a register, as of a day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from doudi.evidence import conditions, homes, incomes, standing
from doudi.evidence.asked import Asked, asked_on
from doudi.evidence.choosing import chosen
from doudi.evidence.declared import children, declared
from doudi.evidence.ground import Ground
from doudi.evidence.items import FOUND, declared_items
from doudi.evidence.linking import Rows, gather, link_sayings, sayings, settle
from doudi.evidence.matching import matched
from doudi.evidence.namings import WHO
from doudi.evidence.newcomers import newcomers
from doudi.evidence.people import population
from doudi.evidence.placing import replacing
from doudi.evidence.precedence import Order
from doudi.evidence.presumptions import presumed
from doudi.evidence.register import start, typed, write_register
from doudi.evidence.registry import Registry, read_registry
from doudi.evidence.sources import sources
from doudi.facts.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and of how much."""
TELLERS = {**standing.TELLERS, **homes.TELLERS, **conditions.TELLERS, **incomes.TELLERS}
"""The rule of each fact that departments tell, by subject and fact."""
PEOPLE_FEEDS = ("residents", "births", "deaths", "cremation", "moves", "marriages")
NATION = "000000"
_COMPRESSION: dict[str, Any] = {"compression": "zstd", "compression_level": 1}


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
    An earlier result in ``out`` is replaced whole, and what it linked is not linked again.

    Raises:
        EvidenceError: the registry is at fault, or another build writes into ``out``.
        FeedError, LinkageError: the store, the links or the decisions are at fault.
        OSError: something cannot be read or written.
    """
    known = read_registry(registry, day)
    asked = asked_on(store, day)
    with replacing(out) as making:
        work = _Build(known, store, day, making, asked, progress)
        work.link(out / "links", authorised, decisions)
        ground = work.ground()
        tables = work.facts(ground)
        items = work.items(ground, authorised)
        write_register(making / "register", tables, items)
        if presume:
            filled, rows = presumed(tables, region, day)
            rows.write_parquet(making / "presumed.parquet", **_COMPRESSION)
            write_register(making / "pointing", filled, items)
        found = sources(ground, work.counts, work.used, presume)
        (making / "sources.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        shutil.rmtree(making / "rows")
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

    def link(self, earlier: Path, authorised: frozenset[str], decisions: pl.DataFrame | None) -> None:
        """Lay down the rows of all feeds and find whose they are."""
        feeds = [
            name for name in dict.fromkeys((*PEOPLE_FEEDS, *Order.load().feeds))
            if authorised or not self.asked[name].contract.check_only
        ]  # fmt: skip
        self.progress("read", 0, len(feeds))
        gather(self.store, self.day, self.asked, self.rows, feeds)
        identities = self.registry.identities
        self.newcomers = newcomers(self.rows, feeds, identities)
        standing_now = pl.concat([identities.select("person_id", *WHO), self.newcomers])
        links = self.making / "links"
        if (earlier / "sayings").exists():
            shutil.copytree(earlier / "sayings", links / "sayings")
        said = sayings(self.rows, feeds, self.asked, standing_now)
        self.progress("link", 0, len(feeds))
        said, doubts = link_sayings(links / "sayings", said, standing_now, decisions)
        review = [self.review]
        for place, feed in enumerate(feeds):
            self.counts[feed] = settle(feed, self.asked[feed], self.rows, said, links)
            review.append(_in_review(links / f"{feed}.parquet", feed, doubts))
            self.progress("link", place + 1, len(feeds))
        self.review = pl.concat(review)

    def ground(self) -> Ground:
        """The people of the day, on whom the facts stand."""
        people = population(self.registry, self.newcomers, self.rows, self.asked, self.day)
        people.everyone.write_parquet(self.making / "people.parquet", **_COMPRESSION)
        return Ground(self.day, self.asked, self.rows, people, self.registry)

    def facts(self, ground: Ground) -> dict[str, pl.DataFrame]:
        """Write facts.parquet; the tables of households and persons with what is used."""
        tables = start(ground.people)
        here = self.review.join(ground.people.present.select("person_id", "household_id"), on="person_id")
        vocabulary = Vocabulary.load().entities
        parts: list[Path] = []
        orders = [
            (s, f)
            for s in ("household", "person")
            for f in vocabulary[s].facts
            if (s, f) in Order.load().facts
        ]
        columns: dict[str, list[pl.Series]] = {"household": [], "person": []}
        for place, (subject, fact) in enumerate(orders):
            known = vocabulary[subject].facts[fact]
            if fact == "name":
                continue
            order = Order.load().facts[subject, fact]
            told = [*TELLERS.get((subject, fact), lambda _: [])(ground), *declared(ground, subject, fact)]
            if known.group and order.silent is None:
                told += children(ground, fact)
            review = here.lazy().select("feed", "row_ids", subject_id=f"{subject}_id")
            table = chosen(ground, order, told, review).collect()
            path = self.rows.folder / f"fact-{place:03}.parquet"
            table.write_parquet(path, **_COMPRESSION)
            parts.append(path)
            used = table.filter("used").select("subject_id", "value")
            self.used[subject, fact] = used.height
            columns[subject].append(typed(known, used, tables[subject]))
            self.progress("facts", place + 1, len(orders))
        pl.scan_parquet(parts).sink_parquet(self.making / "facts.parquet", **_COMPRESSION)
        return {subject: table.with_columns(columns[subject]) for subject, table in tables.items()}

    def items(self, ground: Ground, authorised: frozenset[str]) -> pl.DataFrame:
        """Write items.parquet."""
        found = []
        for feed, rule in FOUND.items():
            if not self.asked[feed].contract.check_only:
                found.append(rule(ground).collect())
            elif authorised:
                found.append(rule(ground).filter(pl.col("person_id").is_in(sorted(authorised))).collect())
        every = matched(ground, pl.concat(found), declared_items(ground).collect())
        every.write_parquet(self.making / "items.parquet", **_COMPRESSION)
        self.progress("items", 1, 1)
        return every


def _in_review(path: Path, feed: str, doubts: pl.DataFrame) -> pl.DataFrame:
    """The persons whom rows of a feed that are in review may be about, with these rows."""
    rows = pl.scan_parquet(path).filter(pl.col("zone") == "review").select("row_id", "mention").collect()
    found = (
        rows.join(doubts, on="mention").group_by("person_id").agg(row_ids=pl.col("row_id").unique().sort())
    )
    return found.sort("person_id").select("person_id", pl.lit(feed).alias("feed"), "row_ids")
