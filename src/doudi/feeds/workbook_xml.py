"""The XML inside a workbook, read in pieces of bounded size."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

import polars as pl

from doudi.feeds import marks
from doudi.feeds.workbook_plain import number_of, place_of, plain_rows, plain_texts

_CHUNK = 2**20
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_GLANCE = 2**15


class DamagedError(Exception):
    """The XML is not that of a workbook, or breaks off."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its name and where its XML lies in the archive."""

    name: str
    member: str


def sheet_parts(archive: zipfile.ZipFile) -> tuple[list[SheetPart], bool]:
    """The sheets in their order, and whether days are counted from 1904."""
    relations = {
        node.get("Id", ""): node.get("Target", "") for node in _small(archive, "xl/_rels/workbook.xml.rels")
    }
    found, from_1904 = [], False
    for node in _small(archive, "xl/workbook.xml").iter():
        tag = node.tag.rpartition("}")[2]
        if tag == "workbookPr":
            from_1904 = node.get("date1904") in ("1", "true")
        if tag == "sheet":
            target = relations.get(node.get(_RELATION) or node.get(_STRICT) or "", "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in member:
                found.append(SheetPart(node.get("name", ""), member))
    return found, from_1904


def shared_texts(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells refer to by number."""
    member = next((name for name in archive.namelist() if name.endswith("sharedStrings.xml")), None)
    if member is None:
        return []
    found: list[str] = []
    for opening, body in _bodies(archive, member, "si"):
        plain = plain_texts(body)
        found += plain if plain is not None else [_text_of(item) for item in _piece(opening, body, "si")]
    return found


def tables(archive: zipfile.ZipFile, member: str, texts: list[str]) -> Iterator[pl.DataFrame]:
    """The rows of a sheet that are written in it, in bounded pieces: their numbers in ``row``, the texts of their cells from
    column A on in ``c0``, ``c1`` …"""
    shared, number = pl.Series(texts, dtype=pl.String), 0
    for opening, body in _bodies(archive, member, "row"):
        found = plain_rows(body, shared)
        if found is None:
            found = _table(list(_rows(_piece(opening, body, "row"), texts, number)))
        if found.height:
            number = found["row"][-1]
            yield found


def head(
    archive: zipfile.ZipFile, member: str, texts: list[str], count: int
) -> list[tuple[int, list[str | None]]]:
    """The first rows that are written in a sheet: their numbers, and the texts of their cells from column A on."""
    elements = (
        row
        for opening, body in _bodies(archive, member, "row", _GLANCE)
        for row in _piece(opening, body, "row")
    )
    return list(islice(_rows(elements, texts, 0), count))


def _table(rows: list[tuple[int, list[str | None]]]) -> pl.DataFrame:
    columns = zip_longest(*(cells for _, cells in rows))
    return pl.DataFrame(
        {"row": pl.Series([number for number, _ in rows], dtype=pl.Int64)}
        | {f"c{place}": pl.Series(cells, dtype=pl.String) for place, cells in enumerate(columns)}
    )


def _rows(
    elements: Iterable[ET.Element], texts: list[str], number: int
) -> Iterator[tuple[int, list[str | None]]]:
    columns: dict[str, int] = {}
    for row in elements:
        written = row.get("r")
        number = int(written) if written else number + 1
        cells: list[str | None] = []
        for cell in row:
            place = _column(cell.get("r"), columns, len(cells))
            if place > len(cells):
                cells.extend([None] * (place - len(cells)))
            cells.append(_cell_text(cell, texts))
        yield number, cells


def _column(reference: str | None, known: dict[str, int], following: int) -> int:
    if not reference:
        return following
    letters = reference.rstrip("0123456789")
    if letters not in known:
        known[letters] = place_of(letters)
    return known[letters]


def _cell_text(cell: ET.Element, texts: list[str]) -> str | None:
    """The text of a cell, marked where the text alone would mislead; most cells hold a single value."""
    kind = cell.get("t")
    if len(cell) == 1:
        only = cell[0]
        if kind == "s" and only.text:
            return texts[int(only.text)] or None
        if kind == "inlineStr":
            return _text_of(only) or None
    value, formula = None, False
    for child in cell:
        tag = child.tag.rpartition("}")[2]
        if tag == "v":
            value = child.text
        elif tag == "is":
            value = _text_of(child)
        elif tag == "f":
            formula = True
    if kind == "s" and value is not None:
        value = texts[int(value)]
    elif kind == "e":
        return marks.ERROR + (value or "")
    elif kind in (None, "n") and value is not None:
        value = number_of(value)
    if formula:
        return marks.FORMULA + (value or "").lstrip(marks.LOST)
    return value or None


def _text_of(item: ET.Element) -> str:
    """The text of a string item with its runs, without readings in small print."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        text = item[0].text or ""
        return _unescaped(text) if "_x" in text else text
    parts = []
    for child in item:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(each.text or "" for each in child if each.tag.endswith("}t"))
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _small(archive: zipfile.ZipFile, member: str) -> ET.Element:
    data = archive.read(member)
    _refuse_entities(data)
    try:
        return ET.fromstring(data)
    except ET.ParseError as error:
        raise DamagedError(member) from error


def _bodies(
    archive: zipfile.ZipFile, member: str, tag: str, size: int | None = None
) -> Iterator[tuple[bytes, bytes]]:
    """A long list in pieces: the start of its root, and whole elements ``tag`` in their order; memory holds one piece."""
    try:
        with archive.open(member) as stream:
            opening, rest = b"", b""
            while data := stream.read(size or _CHUNK):
                rest += data
                if not opening:
                    opening, rest = _opening(rest, tag)
                    if not opening:
                        continue
                    end = b"</" + _prefix(opening) + tag.encode() + b">"
                cut = rest.rfind(end)
                if cut >= 0:
                    yield opening, rest[: cut + len(end)]
                    rest = rest[cut + len(end) :]
            if not opening:
                return
            if not re.search(rb"</[\w.:]*(worksheet|sst)>\s*$", rest[-4096:]):
                raise DamagedError(member)
    except KeyError as error:
        raise DamagedError(member) from error


def _opening(data: bytes, tag: str) -> tuple[bytes, bytes]:
    """The start of the document's root with its namespaces, and what follows the first ``tag``'s start on."""
    _refuse_entities(data)
    root = re.search(rb"<([\w.]+:)?(worksheet|sst)\b[^>]*>", data)
    first = re.search(rb"<([\w.]+:)?" + tag.encode() + rb"[\s>/]", data)
    return (root[0], data[first.start() :]) if root and first else (b"", data)


def _prefix(opening: bytes) -> bytes:
    name = re.match(rb"<([\w.]+:)?", opening)
    return name[1] or b"" if name else b""


def _piece(opening: bytes, body: bytes, tag: str) -> Iterator[ET.Element]:
    name = re.match(rb"<([\w.:]+)", opening)
    assert name is not None
    try:
        root = ET.fromstring(opening.rstrip(b"/>").rstrip() + b">" + body + b"</" + name[1] + b">")
    except ET.ParseError as error:
        raise DamagedError(tag) from error
    for child in root:
        if child.tag.rpartition("}")[2] == tag:
            yield child


def _refuse_entities(data: bytes) -> None:
    if b"<!DOCTYPE" in data[:8192] or b"<!ENTITY" in data[:8192]:
        raise DamagedError("doctype")
