"""All departments' files from a world: laid down as they would have come, and what is true of each row beside them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from doudi.feeds.contract_model import Contract, contract, contracts
from doudi.feeds.periods import first_day
from doudi.feeds.synthetic import assets
from doudi.feeds.synthetic.county import ROLES, County, months_before, require_day
from doudi.feeds.synthetic.forms import Form, forms
from doudi.feeds.synthetic.letters import (
    EVENTS,
    Letter,
    correction_of,
    events_of,
    prepared,
    snapshots_of,
    spoilt,
)
from doudi.feeds.synthetic.noise import NOISE, NONE, Noise, sent
from doudi.feeds.synthetic.outcomes import outcomes
from doudi.feeds.synthetic.sheets import Laid, write_text, write_workbook
from doudi.feeds.synthetic.texts import written
from doudi.population.world import World

INDEX = "sent.json"
TRUTH = "letters_truth.parquet"
_MONTHS_BACK = 13
_BALANCES = "bank_balances"
_HOURS = {"regular": time(9), "correction": time(15), "again": time(16)}
_AGAIN_AFTER = timedelta(days=1)
_TRUTH_SCHEMA = {
    "feed": pl.String(), "file": pl.String(), "sheet": pl.String(), "row": pl.Int64(), "role": pl.String(),
    "person_id": pl.String(), "noise": pl.String(), "outcome": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class SentFile:
    """One file: path below the folder, feed, kind (regular, correction, again), when it was received (Chinese time), and
    what landing must make of its rows: ``rows`` = accepted + rejected + repeated; ``notes`` are rows of totals."""

    path: str
    feed: str
    kind: str
    received_at: datetime
    rows: int
    accepted: int
    rejected: int
    repeated: int
    notes: int


@dataclass(frozen=True)
class Sent:
    """What was written: the folder, and its files in the order in which they came."""

    folder: Path
    files: tuple[SentFile, ...]

    @property
    def truth(self) -> pl.DataFrame:
        """Whom each row is about: feed, file, sheet (empty for text), row as a spreadsheet counts, role (the field of the
        number), person_id (null for strangers), noise (kinds joined by +, empty for none), outcome of landing."""
        return pl.read_parquet(self.folder / TRUTH)


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
    """Write what every department has sent by ``until`` about the time from ``since`` on (thirteen months if not given: twelve have come by then).

    Files lie in one folder for each day of receipt. ``snapshots``: how many of the newest periods come from registers
    that send their whole state. ``authorised``: persons who have let the banks be asked; no file of banks without one.
    ``feeds``: only these, all if not given.
    The same world and seed give the same bytes.

    Raises:
        FeedError: ``until`` lies outside the history.
    """
    require_day(world, until, world.begins)
    county = County(world, (since or months_before(until, _MONTHS_BACK)).replace(day=1), until, seed)
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(county, folder, noise)
    for made in contracts().values() if feeds is None else map(contract, feeds):
        for letter in _letters(county, made, noise, snapshots, authorised, writer):
            writer.write(letter)
    return writer.close()


def read_sent(folder: Path) -> Sent:
    """What :func:`write_departments` wrote there."""
    entries: list[dict[str, Any]] = json.loads((folder / INDEX).read_text("utf-8"))
    files = [
        SentFile(**entry | {"received_at": datetime.fromisoformat(entry["received_at"])}) for entry in entries
    ]
    return Sent(folder, tuple(files))


def _letters(
    county: County,
    made: Contract,
    noise: Noise,
    snapshots: int,
    authorised: Collection[str],
    writer: _Writer,
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


class _Writer:
    """Lays letters down one after the other and remembers what is true of their rows."""

    def __init__(self, county: County, folder: Path, noise: Noise) -> None:
        self.county = county
        self.folder = folder
        self.noise = noise
        self.files: list[SentFile] = []
        self.truth: list[pl.DataFrame] = []
        self._written: dict[str, list[Letter]] = {}

    def written(self, feed: str) -> list[Letter]:
        """The letters of a feed with the noise and the outcome of each row."""
        return self._written.get(feed, [])

    def write(self, letter: Letter) -> None:
        """Write one letter as a file."""
        made, form = contract(letter.feed), forms()[letter.feed]
        label = f"{letter.feed} {letter.kind} {letter.first} {letter.last}"
        rng = self.county.stream(label)
        rows = self._with_noise(made, form, letter, rng)
        columns = form.columns(made, rng, with_state=letter.kind == "correction")
        rows = rows.with_columns(pl.Series("outcome", outcomes(made, rows, columns)))
        self._written.setdefault(letter.feed, []).append(
            Letter(letter.feed, letter.kind, letter.first, letter.last, letter.sent_on, rows)
        )
        place = len(self._written[letter.feed]) - 1
        kind = form.kinds[place % len(form.kinds)]
        path = Path(letter.sent_on.isoformat()) / _name(made, letter, kind)
        (self.folder / path).parent.mkdir(exist_ok=True)
        cells = written(made, form, rows, columns)
        if kind == "csv":
            laid = write_text(self.folder / path, made, form, cells)
        else:
            laid = write_workbook(self.folder / path, made, form, cells, _titles(made, letter, form))
        self._note(letter, path, rows, laid)
        if form.again and letter.kind == "regular" and letter.sent_on + _AGAIN_AFTER <= self.county.until:
            self._send_again(letter, path)

    def _with_noise(
        self, made: Contract, form: Form, letter: Letter, rng: np.random.Generator
    ) -> pl.DataFrame:
        if letter.kind == "correction":
            return sent(made, letter.rows, NONE, 0.0, rng)
        hit = pl.Series(rng.random(letter.rows.height) < self.noise.wrong_amount * form.care)
        return sent(made, spoilt(form, letter.rows, hit), self.noise, form.care, rng)

    def _note(self, letter: Letter, path: Path, rows: pl.DataFrame, laid: Laid) -> None:
        counts = dict(rows["outcome"].value_counts().iter_rows())
        self.files.append(
            SentFile(
                path.as_posix(), letter.feed, letter.kind, _received(letter.sent_on, letter.kind), rows.height,
                counts.get("accepted", 0), counts.get("rejected", 0), counts.get("repeated", 0), laid.notes,
            )
        )  # fmt: skip
        for role in ROLES:
            if f"who_{role}" in rows.columns:
                self.truth.append(_truth(letter, path, rows, laid, role))

    def _send_again(self, letter: Letter, path: Path) -> None:
        """The same file once more on the next day, under another name."""
        day = letter.sent_on + _AGAIN_AFTER
        again = Path(day.isoformat()) / f"{path.stem}（重发）{path.suffix}"
        (self.folder / again).parent.mkdir(exist_ok=True)
        shutil.copyfile(self.folder / path, self.folder / again)
        rows = self.files[-1].rows
        self.files.append(
            SentFile(again.as_posix(), letter.feed, "again", _received(day, "again"), rows, 0, 0, 0, 0)
        )

    def close(self) -> Sent:
        """Write the list of files and the truth."""
        files = tuple(sorted(self.files, key=lambda file: (file.received_at, file.path)))
        entries = [asdict(file) | {"received_at": file.received_at.isoformat()} for file in files]
        (self.folder / INDEX).write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")
        truth = pl.concat(self.truth) if self.truth else pl.DataFrame(schema=_TRUTH_SCHEMA)
        truth.write_parquet(self.folder / TRUTH)
        return Sent(self.folder, files)


def _received(day: date, kind: str) -> datetime:
    return datetime.combine(day, _HOURS[kind])


def _truth(letter: Letter, path: Path, rows: pl.DataFrame, laid: Laid, role: str) -> pl.DataFrame:
    kinds = [pl.col(name).replace("", None) for name in (f"noise_{role}", "noise")]
    return rows.select(
        feed=pl.lit(letter.feed), file=pl.lit(path.as_posix()), sheet=pl.lit(laid.sheet),
        row=pl.int_range(laid.first_row, laid.first_row + pl.len(), dtype=pl.Int64), role=pl.lit(role),
        person_id=pl.col(f"who_{role}"), noise=pl.concat_str(kinds, separator="+", ignore_nulls=True), outcome="outcome",
    )  # fmt: skip


def _name(made: Contract, letter: Letter, kind: str) -> str:
    word = "更正" if letter.kind == "correction" else ""
    span = (
        _compact(letter.first)
        if letter.first == letter.last
        else f"{_compact(letter.first)}-{_compact(letter.last)}"
    )
    return f"{made.zh}{word}{span}.{kind}"


def _titles(made: Contract, letter: Letter, form: Form) -> list[str]:
    word = "（更正）" if letter.kind == "correction" else ""
    span = (
        _spoken(letter.first)
        if letter.first == letter.last
        else f"{_spoken(letter.first)}至{_spoken(letter.last)}"
    )
    return [f"{made.zh}{word}（{span}）", f"填报单位：{made.department_zh}"][: form.titles]


def _compact(period: str) -> str:
    half = {"H1": "上半年", "H2": "下半年"}.get(period[5:])
    return period[:4] + half if half else period.replace("-", "")


def _spoken(period: str) -> str:
    half = {"H1": "上半年", "H2": "下半年"}.get(period[5:])
    return f"{period[:4]}年{half}" if half else f"{first_day(period):%Y年%-m月}"
