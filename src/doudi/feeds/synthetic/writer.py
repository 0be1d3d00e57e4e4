"""Letters laid down as files, one after the other, with what is true of their rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from doudi.feeds.contract_model import Contract, contract
from doudi.feeds.periods import first_day
from doudi.feeds.synthetic.columns import ROLES
from doudi.feeds.synthetic.county import County
from doudi.feeds.synthetic.files import TRUTH, Sent, SentFile, write_index
from doudi.feeds.synthetic.forms import Form, forms
from doudi.feeds.synthetic.letters import Letter
from doudi.feeds.synthetic.mistakes import spoilt
from doudi.feeds.synthetic.noise import NONE, Noise, sent
from doudi.feeds.synthetic.outcomes import outcomes
from doudi.feeds.synthetic.sheets import Laid, write_text, write_workbook
from doudi.feeds.synthetic.texts import written

_HOURS = {"regular": time(9), "correction": time(15), "again": time(16)}
_AGAIN_AFTER = timedelta(days=1)
_TRUTH_SCHEMA = {
    "feed": pl.String(), "file": pl.String(), "sheet": pl.String(), "row": pl.Int64(), "role": pl.String(),
    "person_id": pl.String(), "noise": pl.String(), "outcome": pl.String(),
}  # fmt: skip


class Writer:
    """Lays the letters of one feed down one after the other and remembers what is true of their rows.

    ``letters``: those written, with the noise and the outcome of each row.
    """

    def __init__(self, county: County, folder: Path, noise: Noise) -> None:
        self.county = county
        self.folder = folder
        self.noise = noise
        self.files: list[SentFile] = []
        self.truth: list[pl.DataFrame] = []
        self.letters: list[Letter] = []

    def write(self, letter: Letter) -> None:
        """Write one letter as a file."""
        made, form = contract(letter.feed), forms()[letter.feed]
        label = f"{letter.feed} {letter.kind} {letter.first} {letter.last}"
        rng = self.county.stream(label)
        rows = self._with_noise(made, form, letter, rng)
        columns = form.columns(made, rng, with_state=letter.kind == "correction")
        rows = rows.with_columns(pl.Series("outcome", outcomes(made, rows, columns)))
        kind = form.kinds[len(self.letters) % len(form.kinds)]
        self.letters.append(replace(letter, rows=rows))
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

    def close(self, feed: str) -> list[SentFile]:
        """Write what is true of all rows of the feed; its files."""
        table = pl.concat(self.truth) if self.truth else pl.DataFrame(schema=_TRUTH_SCHEMA)
        table.write_parquet(self.folder / TRUTH / f"{feed}.parquet")
        return self.files

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


def begin(folder: Path) -> None:
    """Make the folders of letters."""
    shutil.rmtree(folder / TRUTH, ignore_errors=True)
    (folder / TRUTH).mkdir(parents=True)


def close(folder: Path, feeds: Iterable[list[SentFile]]) -> Sent:
    """Write the list of the files of all feeds."""
    every = (file for feed in feeds for file in feed)
    files = tuple(sorted(every, key=lambda file: (file.received_at, file.path)))
    write_index(folder, files)
    return Sent(folder, files)


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
