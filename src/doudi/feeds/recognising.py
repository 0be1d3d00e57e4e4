"""Which contract a table follows, told from its headings; or which one it resembles and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from unicodedata import normalize

from doudi.feeds.contract_model import Contract
from doudi.feeds.masking import masked
from doudi.rules.errors import Problem

_ROWS = 20
_LIKELY = 3
_LEAST_LIKENESS = 2
_SPACE = re.compile(r"[\s*＊☆:：]+")
_BRACKETS = re.compile(r"\([^)]*\)$")
_TEN_THOUSAND = re.compile(r"\((?:单位[:：]?)?万元?\)|万元\)?$")
IGNORED = frozenset({"序号", "编号", "行号", "no", "no.", "错误", "备注", "说明"})
"""Columns that no contract knows and nobody misses; ``错误`` is the one that we put beside rows set aside."""


@dataclass(frozen=True, slots=True)
class Match:
    """A table that has every required column of a contract.

    ``places``: column number of each field; ``start``: the first record of data, from 0; ``heading``: the number of
    records that the heading takes; ``ten_thousands``: fields whose heading says 万元; ``labels``: headings by column.
    """

    contract: Contract
    places: Mapping[str, int]
    start: int
    heading: int
    labels: tuple[str, ...]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    ten_thousands: frozenset[str] = frozenset()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A contract that a table resembles, and what differs."""

    contract: Contract
    found: int
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    record: int

    @property
    def share(self) -> float:
        """The share of the required columns that is there."""
        required = len(self.contract.required)
        return (required - len(self.missing)) / required

    def sentence(self, language: str = "zh") -> str:
        """What differs, in one line."""
        missing, unknown = "、".join(self.missing), "、".join(self.unknown)
        if language == "zh":
            extra = f"；不认识的列：{unknown}" if unknown else ""
            return f"像“{self.contract.zh}”（{self.contract.name}）：缺少列 {missing}{extra}"
        extra = f"; unknown columns: {unknown}" if unknown else ""
        return f"resembles {self.contract.name}: columns missing: {missing}{extra}"


@dataclass(slots=True)
class Recognition:
    """What was found out about the head of a table."""

    matches: list[Match] = field(default_factory=list)
    like: list[Resemblance] = field(default_factory=list)

    def problem(self, file: str, sheet: str = "") -> Problem:
        """The problem that the table follows no contract."""
        where = f"工作表“{sheet}”" if sheet else "文件"
        if not self.like:
            return Problem(
                "feed.no_heading", f"{where}的前 {_ROWS} 行中没有找到表头", f"no heading within the first {_ROWS} rows",
                "第一行写列名；可用的列名见 doudi feeds show 名称", "write a heading; see doudi feeds show NAME", file=file,
            )  # fmt: skip
        return Problem(
            "feed.unrecognised",
            f"{where}与各数据目录都不相符：" + "；".join(each.sentence() for each in self.like[:_LIKELY]),
            "follows no contract: " + "; ".join(each.sentence("en") for each in self.like[:_LIKELY]),
            f"补全列名后重新入库，列名见 doudi feeds show {self.like[0].contract.name}",
            f"complete the columns; see doudi feeds show {self.like[0].contract.name}",
            file=file,
        )


def recognise(head: Sequence[Sequence[str]], contracts: Iterable[Contract]) -> Recognition:
    """All contracts that a table with this head follows, the best first; or those that it resembles."""
    result = Recognition()
    words = [(contract, _known(contract)) for contract in contracts]
    headings = _headings_in(head, frozenset().union(*(known for _, known in words)))
    for contract, known in words:
        tries = [
            tried
            for (record, height), alternatives in headings.items()
            if (tried := _try(alternatives, record, height, contract, known)) is not None
        ]
        complete = [each for each in tries if isinstance(each, Match)]
        if complete:
            result.matches.append(max(complete, key=lambda each: (len(each.places), -each.heading)))
        elif partial := [each for each in tries if isinstance(each, Resemblance)]:
            result.like.append(max(partial, key=lambda each: (each.share, each.found)))
    result.matches.sort(key=lambda each: (-len(each.places), len(each.contract.fields)))
    result.like.sort(key=lambda each: (-each.share, -each.found))
    result.like = [each for each in result.like if each.found >= _LEAST_LIKENESS]
    return result


def _headings_in(
    head: Sequence[Sequence[str]], known: frozenset[str]
) -> dict[tuple[int, int], list[list[str]]]:
    """Where a heading may stand (its record, and how many it takes), with what each column of it may be called: there alone
    where enough columns bear a word that some contract knows."""
    places = [(record, height) for record in range(min(_ROWS, len(head))) for height in (1, 2)]
    every = {place: _alternatives(head, *place) for place in places if sum(place) <= len(head)}
    return {
        place: columns
        for place, columns in every.items()
        if sum(not known.isdisjoint(words) for words in columns) >= _LEAST_LIKENESS
    }


def normal(heading: str) -> str:
    """A heading for comparison: half-width, without spaces, asterisks and colons."""
    return _SPACE.sub("", normalize("NFKC", heading)).lower()


@cache
def _headings(contract_file: str, pairs: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {normal(heading): name for name, heading in pairs}


def _known(contract: Contract) -> Mapping[str, str]:
    pairs = tuple((each.name, heading) for each in contract.fields.values() for heading in each.headings)
    names = tuple((each.name, each.name) for each in contract.fields.values())
    return _headings(contract.file, names + pairs)


def _try(
    alternatives: Sequence[Sequence[str]],
    record: int,
    height: int,
    contract: Contract,
    known: Mapping[str, str],
) -> Match | Resemblance | None:
    places: dict[str, int] = {}
    unknown: list[str] = []
    twice: list[str] = []
    for column, words in enumerate(alternatives):
        name = next((known[word] for word in words if word in known), None)
        if name is None:
            if words and words[-1] not in IGNORED:
                unknown.append(words[0])
        elif name in places:
            twice.append(contract.fields[name].zh)
        else:
            places[name] = column
    if len(places) < _LEAST_LIKENESS:
        return None
    strange = tuple(masked(word) for word in unknown)
    missing = tuple(each.zh for each in contract.required if each.name not in places)
    if missing:
        return Resemblance(contract, len(places), missing, strange, record)
    labels = tuple(words[0] if words else "" for words in alternatives)
    absent = tuple(each.zh for each in contract.fields.values() if each.name not in places)
    large = frozenset(
        name
        for name, column in places.items()
        if contract.fields[name].type == "money" and _TEN_THOUSAND.search(labels[column])
    )
    return Match(contract, places, record + height, height, labels, strange, absent, large, tuple(twice))


def _alternatives(head: Sequence[Sequence[str]], record: int, height: int) -> list[list[str]]:
    """For each column the headings it may bear: of both rows together, of the lower alone, without brackets."""
    if height == 1:
        return [_words(cell) for cell in head[record]]
    upper, lower = head[record], head[record + 1]
    found, above = [], ""
    for column in range(max(len(upper), len(lower))):
        here = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        above = here or above
        found.append([*_words(above + below), *_words(below)] if below else _words(here))
    return found


def _words(cell: str) -> list[str]:
    word = normal(cell)
    bare = _BRACKETS.sub("", word)
    return [each for each in dict.fromkeys((word, bare)) if each]
