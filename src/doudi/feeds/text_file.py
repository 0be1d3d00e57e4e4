"""Files of text with delimiters: their encoding, their delimiter, their rows in bounded batches."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from doudi.facts.decoding import EncodingError, decode
from doudi.feeds.contract_model import FeedError, fault
from doudi.feeds.masking import masked

SEPARATORS = (",", "\t", ";", "|")
HEAD = 25
"""How many records at the top are looked at for titles and headings."""
EXTRA = 3
"""Columns beyond the heading that are read, so that a row too long is seen to be so."""
BATCH = 200_000
_SAMPLE = 256 * 1024
_CHUNK = 8 * 2**20
_HELD = 32 * 2**20
"""Bytes of a file whose rows are kept once they are read."""
_MIXED = 0.02
_UNDECODED = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, as ``surrogateescape`` keeps them."""


@dataclass(slots=True)
class TextTable:
    """One table of text in UTF-8 on disk. ``head`` are its first records, ``width`` the columns of the widest of them."""

    path: Path
    separator: str
    head: list[list[str]]
    encoding: str
    name: str = ""
    form: str = "csv"
    width: int = field(init=False)
    kept: dict[int, list[pl.DataFrame]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.width = max((len(record) for record in self.head), default=0)

    def held(self, start: int) -> list[pl.DataFrame]:
        """All batches from record ``start`` on, read once, if the file is small enough to be held; else none."""
        if start not in self.kept and self.path.stat().st_size <= _HELD:
            self.kept[start] = list(self.batches(start))
        return self.kept.get(start, [])

    def batches(self, start: int, columns: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """Rows from record ``start`` (from 0) on, as texts ``c0``, ``c1`` …, with ``row``, the number of the record.

        ``columns``: only these; all columns and :data:`EXTRA` more when None. An empty cell is null.
        """
        schema = {f"c{place}": pl.String() for place in range(self.width + EXTRA)}
        lazy = pl.scan_csv(
            self.path,
            has_header=False,
            skip_rows=start,
            schema=schema,
            separator=self.separator,
            row_index_name="row",
            row_index_offset=start + 1,
            missing_columns="insert",
            extra_columns="ignore",
            glob=False,
        )
        wanted = list(schema) if columns is None else [f"c{place}" for place in columns]
        lazy = lazy.select(pl.col("row").cast(pl.Int64), *wanted)
        try:
            for batch in lazy.collect_batches(chunk_size=BATCH, maintain_order=True):
                if batch.height:
                    yield batch
        except pl.exceptions.NoDataError:
            return
        except pl.exceptions.ComputeError as error:
            raise fault(
                "feed.csv", "CSV 的引号或分隔符有误，无法逐行读取", "quotes or delimiters of the CSV are broken",
                "重新导出，含分隔符的内容加双引号", "export it again, with quotes round fields that hold the delimiter",
                file=masked(self.path.name),
            ) from error  # fmt: skip


def read_text(path: Path, work: Path, shown: str) -> Iterator[TextTable]:
    """The table in a text file, once for each delimiter that its head may be read with.

    Text in GB 18030 is written anew as UTF-8 into the folder ``work``.

    Raises:
        FeedError: the encoding is neither UTF-8 nor GB 18030, or mixed; a quote is never closed.
    """
    encoding = _encoding(path, shown)
    if encoding != "utf-8":
        path = _rewritten(path, work, encoding, shown)
    _require_closed_quotes(path, shown)
    with path.open("r", encoding="utf-8-sig", newline="") as file:
        sample = file.read(_SAMPLE)
    if "\r" in sample and "\n" not in sample:
        raise fault(
            "feed.line_ends", "换行符只有回车（旧式 Mac），无法分行", "lines end in a bare carriage return",
            "另存为“CSV UTF-8（逗号分隔）”后重新发送", "save it as CSV UTF-8 and send it again", file=shown,
        )  # fmt: skip
    for separator in SEPARATORS:
        if separator in sample or separator == ",":
            yield TextTable(path, separator, _records(sample, separator), encoding)


def _records(sample: str, separator: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            found.append([cell.strip() for cell in record])
            if len(found) == HEAD:
                break
    except csv.Error:
        pass
    return found


def _encoding(path: Path, shown: str) -> str:
    """``utf-8`` or ``gb18030``."""
    if _is_utf8(path):
        with path.open("rb") as file:
            if b"\x00" in file.read(_SAMPLE):
                raise FeedError([EncodingError("UTF-16").problem(shown)])
        return "utf-8"
    _refuse_mixed(path, shown)
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    try:
        decode(sample[: sample.rfind(b"\n") + 1] or sample)
    except EncodingError as error:
        raise FeedError([error.problem(shown)]) from error
    return "gb18030"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_mixed(path: Path, shown: str) -> None:
    """Refuse a file some of whose lines are UTF-8 and others not."""
    good = bad = first = 0
    with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            if _UNDECODED.search(line):
                bad += 1
                first = first or number
            else:
                good += 1
    if good > _MIXED * (good + bad):
        raise fault(
            "feed.mixed_encoding", f"文件混有两种编码：自第 {first} 行起有 {bad} 行不是 UTF-8",
            f"two encodings in one file: {bad} lines, from line {first} on, are not UTF-8",
            "请对方按一种编码（UTF-8 或 GB 18030）重新导出", "have it exported anew in one encoding, UTF-8 or GB 18030",
            file=shown,
        )  # fmt: skip


def _rewritten(path: Path, work: Path, encoding: str, shown: str) -> Path:
    target = work / "utf8.csv"
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with target.open("wb") as out:
            for chunk in _chunks(path):
                out.write(decoder.decode(chunk).encode())
            out.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        raise fault(
            "feed.encoding", "文件中有既非 UTF-8 也非 GB 18030 的内容", "bytes that are neither UTF-8 nor GB 18030",
            "请对方另存为 UTF-8 后重新发送", "have it saved as UTF-8 and sent again", file=shown,
        ) from error  # fmt: skip
    return target


def _require_closed_quotes(path: Path, shown: str) -> None:
    if sum(chunk.count(b'"') for chunk in _chunks(path)) % 2 == 0:
        return
    with path.open("rb") as file:
        line = next((number for number, text in enumerate(file, start=1) if text.count(b'"') % 2), 0)
    raise fault(
        "feed.quotes", "双引号不成对，无法确定各行的界线", "a quote is never closed, so rows cannot be told apart",
        f"从第 {line} 行查起；内容中的双引号应写两遍", f"look from line {line} on; a quote inside a field is written twice",
        file=shown,
    )  # fmt: skip


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
