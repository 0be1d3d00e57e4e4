"""All departments' files from a world: laid down as they would have come, and what is true of each row beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import polars as pl

from doudi.feeds.contract_model import Contract, contract, contracts
from doudi.feeds.synthetic import assets
from doudi.feeds.synthetic.corrections import correction_of
from doudi.feeds.synthetic.county import County, months_before, require_day
from doudi.feeds.synthetic.files import Sent
from doudi.feeds.synthetic.forms import Form, forms
from doudi.feeds.synthetic.letters import EVENTS, Letter, events_of, prepared, snapshots_of
from doudi.feeds.synthetic.noise import NOISE, Noise
from doudi.feeds.synthetic.writer import Writer
from doudi.population.world import World

_MONTHS_BACK = 13
_BALANCES = "bank_balances"


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
) -> Sent:
    """Write what every department has sent by ``until`` about the time from ``since`` on.

    Without ``since`` it is the thirteen months before, so that twelve have come from every department. Files lie in one
    folder for each day of receipt. ``snapshots``: how many of the newest periods come from registers that send their
    whole state. ``authorised``: persons who have let the banks be asked; no file of banks without one. ``feeds``: only
    these, all if not given. The same world and seed give the same bytes.

    Raises:
        FeedError: ``until`` lies outside the history.
    """
    require_day(world, until, world.begins)
    county = County(world, (since or months_before(until, _MONTHS_BACK)).replace(day=1), until, seed)
    folder.mkdir(parents=True, exist_ok=True)
    writer = Writer(county, folder, noise)
    for made in contracts().values() if feeds is None else map(contract, feeds):
        for letter in _letters(county, made, noise, snapshots, authorised, writer):
            writer.write(letter)
    return writer.close()


def _letters(
    county: County,
    made: Contract,
    noise: Noise,
    snapshots: int,
    authorised: Collection[str],
    writer: Writer,
) -> Iterator[Letter]:
    """The letters of one feed; the correction knows what has become of those before it."""
    form = forms()[made.name]
    if made.name == _BALANCES:
        if authorised:
            yield _balances(county, made, form, noise, authorised)
        return
    if made.name in EVENTS:
        yield from events_of(county, made, form, noise)
    else:
        yield from snapshots_of(county, made, form, noise, snapshots)
    mended = correction_of(county, made, form, writer.written(made.name))
    if mended is not None:
        yield mended


def _balances(
    county: County, made: Contract, form: Form, noise: Noise, authorised: Collection[str]
) -> Letter:
    day = county.until
    request = f"HD{day:%Y%m%d}"
    rows = prepared(county, made, form, assets.bank_balances(county, day, authorised, request), noise)
    period = f"{day:%Y-%m}"
    return Letter(made.name, "regular", period, period, day, rows.with_columns(pl.lit("").alias("noise")))
