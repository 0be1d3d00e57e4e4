"""All departments' files from a world: laid down as they would have come, and what is true of each row beside them."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import cast

import polars as pl

from doudi.feeds.contract_model import Contract, contract, contracts
from doudi.feeds.synthetic import assets
from doudi.feeds.synthetic.corrections import correction_of
from doudi.feeds.synthetic.county import County, months_before, require_day
from doudi.feeds.synthetic.files import Sent, SentFile
from doudi.feeds.synthetic.forms import Form, forms
from doudi.feeds.synthetic.letters import EVENTS, Letter, events_of, prepared, snapshots_of
from doudi.feeds.synthetic.noise import NOISE, Noise
from doudi.feeds.synthetic.registry import write_registry
from doudi.feeds.synthetic.sharing import shared
from doudi.feeds.synthetic.writer import Writer, begin, close
from doudi.population.world import World

_MONTHS_BACK = 13
_BALANCES = "bank_balances"
_LONGEST = ("social_insurance", "real_estate", "pensions", "tax")
"""Feeds that take longest, begun first, so that at the end no process waits for another."""


def write_departments(
    world: World,
    folder: Path,
    until: date,
    since: date | None = None,
    seed: int = 2026,
    noise: Noise = NOISE,
    *,
    snapshots: int = 1,
    authorised: Collection[str] = (),
    feeds: Collection[str] | None = None,
    registry: Path | None = None,
    processes: int = 1,
) -> Sent:
    """Write what every department has sent by ``until`` about the time from ``since`` on.

    Without ``since`` it is the thirteen months before, so that twelve have come from every department. Files lie in one
    folder for each day of receipt. ``snapshots``: how many of the newest periods come from registers that send their
    whole state. ``authorised``: persons who have let the banks be asked; no file of banks without one. ``feeds``: only
    these, all if not given. ``registry``: where the county's own registry is written as well, if given
    (:func:`~doudi.feeds.synthetic.write_registry`). ``processes`` share the work. The same world and seed give the same bytes.

    Raises:
        FeedError: ``until`` lies outside the history.
    """
    require_day(world, until, world.begins)
    county = County(world, (since or months_before(until, _MONTHS_BACK)).replace(day=1), until, seed)
    begin(folder)
    offices = _Offices(county, folder, noise, snapshots, tuple(authorised))
    names = list(contracts()) if feeds is None else list(feeds)
    if processes == 1:
        offices.register(registry)
        return close(folder, map(offices.write, names))
    with shared(processes) as pool, NamedTemporaryFile(dir=folder, prefix=".") as lent:
        pickle.dump(offices, lent, pickle.HIGHEST_PROTOCOL)
        lent.flush()
        registered = pool.submit(_register, lent.name, registry)
        begun = {name: pool.submit(_write, lent.name, name) for name in sorted(names, key=_turn)}
        sent = close(folder, (begun[name].result() for name in names))
        registered.result()
        return sent


@dataclass(frozen=True)
class _Offices:
    """What it takes to write the letters of any feed."""

    county: County
    folder: Path
    noise: Noise
    snapshots: int
    authorised: tuple[str, ...]

    def register(self, folder: Path | None) -> None:
        """Write the county's own registry, if it is asked for."""
        if folder is not None:
            write_registry(self.county.world, folder, self.county.until, self.county.seed)

    def write(self, feed: str) -> list[SentFile]:
        """Write the letters of one feed."""
        writer = Writer(self.county, self.folder, self.noise)
        for letter in self._letters(contract(feed), writer):
            writer.write(letter)
        return writer.close(feed)

    def _letters(self, made: Contract, writer: Writer) -> Iterator[Letter]:
        """The letters of one feed; the correction knows what has become of those before it."""
        county, noise, form = self.county, self.noise, forms()[made.name]
        if made.name == _BALANCES:
            if self.authorised:
                yield _balances(county, made, form, noise, self.authorised)
            return
        if made.name in EVENTS:
            yield from events_of(county, made, form, noise)
        else:
            yield from snapshots_of(county, made, form, noise, self.snapshots)
        mended = correction_of(county, made, form, writer.letters)
        if mended is not None:
            yield mended


@lru_cache(maxsize=1)
def _lent(path: str) -> _Offices:
    """The offices of a county that several processes share."""
    return cast(_Offices, pickle.loads(Path(path).read_bytes()))


def _turn(feed: str) -> int:
    return _LONGEST.index(feed) if feed in _LONGEST else len(_LONGEST)


def _write(lent: str, feed: str) -> list[SentFile]:
    return _lent(lent).write(feed)


def _register(lent: str, folder: Path | None) -> None:
    _lent(lent).register(folder)


def _balances(
    county: County, made: Contract, form: Form, noise: Noise, authorised: Collection[str]
) -> Letter:
    day = county.until
    request = f"HD{day:%Y%m%d}"
    rows = prepared(county, made, form, assets.bank_balances(county, day, authorised, request), noise)
    period = f"{day:%Y-%m}"
    return Letter(made.name, "regular", period, period, day, rows.with_columns(pl.lit("").alias("noise")))
