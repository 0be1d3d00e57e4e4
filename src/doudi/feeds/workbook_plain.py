"""The XML of plain workbooks, as programs export them, read a piece at a time; whatever is out of the ordinary is left to a parser."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.feeds import marks

_EXACT_DIGITS = 15
_WHOLE = rf"^[0-9]{{1,{_EXACT_DIGITS}}}$"
_TEXT = re.compile(r"<si><t(?: xml:space=\"preserve\")?>([^<&\x00-\x08\x0b-\x1f]*)</t></si>")
_ROW = r'^<row r="([0-9]{1,9})"[^<>/]*>'
_CELL = r'^<c r="([A-Z]{1,3})[0-9]+"(?: s="[0-9]+")?(?: t="([sn])")?><v>([^<&\x00-\x1f]*)$'


def plain_texts(body: bytes) -> list[str] | None:
    """The texts of whole ``<si>`` elements; None where one of them holds more than plain text."""
    written = _decoded(body)
    if written is None or b"&" in body or b"_x" in body:
        return None
    found = _TEXT.findall(written)
    return found if _TEXT.sub("", written) == "" else None


def plain_rows(body: bytes, texts: pl.Series) -> pl.DataFrame | None:
    """Whole ``<row>`` elements: their numbers in ``row``, the texts of their cells in ``c0``, ``c1`` …; None where a cell is
    anything but a shared text or a number, or the cells do not come in their order."""
    written = _decoded(body)
    if written is None or b"/>" in body:
        return None
    rows = pl.Series("row", written.split("</row>")[:-1]).to_frame()
    rows = rows.select(
        number=pl.col("row").str.extract(_ROW).cast(pl.Int64),
        cell=pl.col("row").str.replace(_ROW, "").str.strip_suffix("</v></c>").str.split("</v></c>"),
    ).with_row_index("place")
    cells = rows.explode("cell").select("place", pl.col("cell").str.extract_groups(_CELL).alias("cell"))
    cells = cells.select("place", pl.col("cell").struct.rename_fields(["letters", "kind", "value"])).unnest(
        "cell"
    )
    if rows["number"].null_count() or cells["letters"].null_count():
        return None
    at, columns = cells["place"].to_numpy(), _places(cells["letters"])
    values = _values(cells["kind"], cells["value"], texts)
    if values is None or ((at[1:] == at[:-1]) & (columns[1:] <= columns[:-1])).any():
        return None
    return _laid_out(rows["number"], at, columns, values)


def _decoded(body: bytes) -> str | None:
    """None for what is not UTF-8: a parser reads what the document says of itself."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _laid_out(
    numbers: pl.Series, rows: NDArray[np.uint32], columns: NDArray[np.int64], values: pl.Series
) -> pl.DataFrame:
    """Cells as a table."""
    nothing = len(values)
    places = np.full((len(numbers), int(columns.max()) + 1), nothing, dtype=np.uint32)
    places[rows, columns] = np.arange(nothing, dtype=np.uint32)
    values = values.extend_constant(None, 1)
    return pl.DataFrame(
        {"row": numbers} | {f"c{place}": values.gather(places[:, place]) for place in range(places.shape[1])}
    )


def _values(kinds: pl.Series, written: pl.Series, texts: pl.Series) -> pl.Series | None:
    """The texts of cells; None where a number refers to no text."""
    shared = (kinds == "s").fill_null(False)
    codes = written.filter(shared).cast(pl.UInt32, strict=False)
    if codes.null_count() or (len(codes) and codes.max() >= len(texts)):  # type: ignore[operator]
        return None
    found = written.scatter(shared.arg_true(), texts.gather(codes))
    odd = ~(shared | written.str.contains(_WHOLE))
    if odd.any():
        distinct = written.filter(odd).unique()
        read = pl.Series([number_of(text) if text else "" for text in distinct], dtype=pl.String)
        found = found.scatter(odd.arg_true(), written.filter(odd).replace_strict(distinct, read))
    return found.replace("", None)


def _places(letters: pl.Series) -> NDArray[np.int64]:
    distinct = letters.unique()
    places = pl.Series([place_of(each) for each in distinct], dtype=pl.Int64)
    return letters.replace_strict(distinct, places).to_numpy()


def place_of(letters: str) -> int:
    """The place, from 0, of the column that a workbook calls so: A, B … Z, AA …"""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def number_of(text: str) -> str:
    """A number as people write it; marked where it has more digits than Excel keeps."""
    if text.isdigit():
        return text if len(text) <= _EXACT_DIGITS else marks.LOST + text
    try:
        number = float(text)
    except ValueError:
        return text
    if abs(number) >= 10**_EXACT_DIGITS:
        return f"{marks.LOST}{number:.0f}"
    return f"{number:.0f}" if number == int(number) else f"{number:.15g}"
