"""What the XML of a workbook says of its cells and a reader of values does not: errors, formulas without a result, long numbers.

A spreadsheet keeps 15 digits of a number. Only sheets in which something of the kind occurs are read cell by cell.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from typing import IO

from doudi.facts.values import CELL_ERRORS, NOT_CALCULATED

_CHUNK = 2**20
_ROOT = re.compile(rb"<(\w+:)?worksheet\b[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_SIGNS = (b't="e"', b"t='e'", b"<f", b":f")
"""In the XML of every sheet with an error or a formula; looked for one by one, many times faster than by an expression."""
_LONG = re.compile(rb"v>(?:[0-9]{16}|[0-9.]+[eE]\+?(?:1[5-9]|[2-9][0-9]|[0-9]{3}))")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_EXACT = 10**15


class BrokenError(Exception):
    """The XML is not that of a workbook."""


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where the XML of each sheet lies in the archive, by its name; charts are left out.

    Raises:
        BrokenError: the workbook is damaged.
    """
    try:
        relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        workbook = ET.fromstring(archive.read("xl/workbook.xml"))
    except (KeyError, ET.ParseError) as error:
        raise BrokenError from error
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    members: dict[str, str] = {}
    for node in workbook.iter():
        if _tag(node) == "sheet":
            target = targets.get(node.get(_RELATION) or node.get(_STRICT), "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in member and member in archive.namelist():
                members[node.get("name", "")] = member
    return members


def odd_cells(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[int, int, str]]:
    """Row (from 1), column (from 0) and text of cells that hold an error, a formula without a result, or a number that has lost
    digits, which is written with its exponent.

    Raises:
        BrokenError: the workbook is damaged.
    """
    with archive.open(member) as stream:
        for number, row in _rows(stream, odd=True):
            for column, cell in _cells(row):
                if text := _odd(cell):
                    yield number, column, text


def first_column(archive: zipfile.ZipFile, member: str, row: int) -> int:
    """The place (from 0) of the first column that has a value in the row (from 1).

    Raises:
        BrokenError: the workbook is damaged, or the row has no value.
    """
    with archive.open(member) as stream:
        for number, found in _rows(stream):
            if number == row:
                for column, cell in _cells(found):
                    if cell.get("t") != "e" and any(
                        _tag(each) in ("v", "is") and (each.text or len(each)) for each in cell
                    ):
                        return column
    raise BrokenError(member)


def _rows(stream: IO[bytes], odd: bool = False) -> Iterator[tuple[int, ET.Element]]:
    """The rows that are written, with their numbers; only those with signs of something ``odd`` are parsed if it is asked for."""
    opening, prefix, rest, number = b"", b"", b"", 0
    while data := stream.read(_CHUNK):
        rest += data
        if not opening and (root := _ROOT.search(rest)):
            opening, prefix = root[0], root[1] or b""
        end = b"</" + prefix + b"row>"
        if odd and not _is_odd(rest):
            number += rest.count(end)
            rest = rest[rest.rfind(end) + len(end) :] if end in rest else rest
            continue
        *rows, rest = rest.split(end)
        for row in rows:
            number += 1
            if not odd or _is_odd(row):
                for element in _parsed(opening, prefix, row):
                    number = int(element.get("r") or number)
                    yield number, element


def _is_odd(text: bytes) -> bool:
    return any(sign in text for sign in _SIGNS) or _LONG.search(text) is not None


def _parsed(opening: bytes, prefix: bytes, row: bytes) -> list[ET.Element]:
    """The elements of rows in a text that ends before the end of one."""
    begin = _ROW.search(row)
    if begin is None:
        raise BrokenError
    text = opening + row[begin.start() :] + b"</" + prefix + b"row></" + prefix + b"worksheet>"
    try:
        return list(ET.fromstring(text))
    except ET.ParseError as error:
        raise BrokenError from error


def _cells(row: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    column = -1
    for cell in row:
        column = _place(cell.get("r", "")) if cell.get("r") else column + 1
        yield column, cell


def _place(reference: str) -> int:
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - 64
    return place - 1


def _odd(cell: ET.Element) -> str | None:
    kind = cell.get("t", "n")
    parts = {_tag(child): child.text for child in cell}
    value = parts.get("v")
    if kind == "e":
        return value if value in CELL_ERRORS else "#N/A"
    if "f" in parts and not value and kind != "str":
        return NOT_CALCULATED
    if kind == "n" and value and (len(value) > 15 or "e" in value.lower()):
        number = float(value)
        return f"{number:.14E}" if abs(number) >= _EXACT else None
    return None


def _tag(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]
