"""Verifying the chain: every entry has its link, every link follows the one before, and no letter was changed.

A chain whose end was cut off is whole in itself. So the newest link can be kept outside the database (``anchors``): a
later verification finds it again, or tells that it is gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.db import connections

from doudi.rules.errors import Problem, Problems
from doudi.web.audit.canonical import FIELDS, GENESIS, chained
from doudi.web.errors import WebError

_MOST = 100
_QUERY = f"""
SELECT l.number, l.previous, l.hash, e.id IS NOT NULL, {", ".join(f"e.{name}" for name in FIELDS)}
FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id ORDER BY l.number
"""
_UNSEALED = "SELECT id FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id) ORDER BY id"


@dataclass(slots=True)
class Verification:
    """What was found: how many links, the newest of them, and every fault with its place."""

    links: int = 0
    number: int = 0
    head: bytes = GENESIS
    faults: list[Problem] = field(default_factory=list)


def verify(anchors: Path | None = None, alias: str = "owner") -> Verification:
    """Go through the whole chain as the owner of the tables; with ``anchors``, compare with the links kept there.

    Raises:
        WebError: ``anchors`` is no file of links.
        OSError: it cannot be read or written.
    """
    found = Verification()
    kept = _read(anchors)
    with connections[alias].cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            _walk(found, _rows(cursor), kept)
            cursor.execute(_UNSEALED)
            unsealed = [row[0] for row in islice(iter(cursor.fetchone, None), _MOST)]
        finally:
            cursor.execute("ROLLBACK")
    for number in unsealed:
        found.faults.append(
            _fault("unsealed", number, "记录没有链接", "the entry has no link", "audit_entry")
        )
    for number in sorted(kept):
        found.faults.append(_fault("cut", number, "曾经留存的链接不见了", "a link kept outside is gone"))
    if anchors is not None and not found.faults and found.links:
        _keep(anchors, found)
    return found


def _rows(cursor: object) -> Iterator[tuple]:
    """The links with their entries, a few thousand at a time."""
    cursor.execute("DECLARE audit_walk NO SCROLL CURSOR FOR " + _QUERY)  # type: ignore[attr-defined]
    while True:
        cursor.execute("FETCH 5000 FROM audit_walk")  # type: ignore[attr-defined]
        rows = cursor.fetchall()  # type: ignore[attr-defined]
        if not rows:
            return
        yield from rows


def _walk(found: Verification, rows: Iterator[tuple], kept: dict[int, str]) -> None:
    for number, previous, seal, there, *values in rows:
        for kind, zh, en in _faults_of(found, number, bytes(previous), bytes(seal), there, values):
            if len(found.faults) < _MOST:
                found.faults.append(_fault(kind, number, zh, en))
        if number in kept and kept.pop(number) != bytes(seal).hex():
            found.faults.append(
                _fault("rewritten", number, "与留存的链接不同", "differs from the link kept outside")
            )
        found.links += 1
        found.number, found.head = number, bytes(seal)


def _faults_of(
    found: Verification, number: int, previous: bytes, seal: bytes, there: bool, values: list
) -> Iterator[tuple[str, str, str]]:
    if number != found.number + 1:
        yield "gap", f"第 {found.number} 号之后的链接缺失", f"links after number {found.number} are missing"
    elif previous != found.head:
        yield "broken", "与前一个链接不相接", "does not follow from the link before"
    if not there:
        yield "deleted", "记录被删除", "the entry was deleted"
    elif chained(previous, number, values) != seal:
        yield "changed", "记录被改动", "the entry was changed"


def _fault(kind: str, number: int, zh: str, en: str, table: str = "audit_link") -> Problem:
    return Problem(
        f"audit.{kind}", zh, en, "保全数据库，与备份比对", "secure the database and compare it with a backup",
        file=table, row=number,
    )  # fmt: skip


def _read(anchors: Path | None) -> dict[int, str]:
    if anchors is None or not anchors.exists():
        return {}
    found: dict[int, str] = {}
    problems = Problems()
    for place, line in enumerate(anchors.read_bytes().splitlines(), start=1):
        try:
            if line.strip():
                anchor = json.loads(line)
                found[int(anchor["number"])] = str(anchor["hash"])
        except (ValueError, KeyError, TypeError):
            problems.add(Problem(
                "audit.anchors", "这一行不是留存的链接", "the line is no link that was kept",
                "核对 --anchors 指定的文件", "check the file that --anchors names", file=str(anchors), line=place,
            ))  # fmt: skip
            if len(problems) == _MOST:
                break
    problems.raise_as(WebError)
    return found


def _keep(anchors: Path, found: Verification) -> None:
    line = {"number": found.number, "hash": found.head.hex(), "at": datetime.now(UTC).isoformat()}
    with anchors.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
