"""Why each household comes out as it does: one deciding test, told in the same words as for a single household.

The words are learned from :func:`doudi.assessment.sentences.sentence`: it is asked once for each way a test can come
out, and the numbers of the household are put where the example had its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.assessment.determination import Determination, TestResult
from doudi.assessment.exact import sides_in_parts
from doudi.assessment.register_columns import Mask
from doudi.assessment.register_sweep import Findings
from doudi.assessment.sentences import HIGHEST_SHARE, sentence, side
from doudi.assessment.statute import OWNED, Statute
from doudi.facts.vocabulary import Vocabulary
from doudi.rules.graph import Variable

Array = NDArray[Any]
OPEN = "missing"
"""The reason of a household whose tier is undetermined."""

_PLACE = ("belongs_here", "has_members")
_PROPERTY = ("money", "vehicles", "vehicle_value", "homes", "shops", "business", "woodland")
_LOW_MARGIN = ("low_margin_income", *(f"low_margin_{name}" for name in _PROPERTY))
_DIBAO = (*_PLACE, "dibao_income", *(f"dibao_{name}" for name in _PROPERTY), "dibao_home_checked")
_ORDER = {
    "none": (*_PLACE, *_LOW_MARGIN),
    "other": ("is_other_hardship",),
    "rigid": ("rigid_share", "rigid_after_essentials"),
    "low_margin": _DIBAO,
    "single_dibao": _DIBAO,
    "dibao": ("dibao_income",),
    "tekun": ("all_tekun",),
}
HOLDING = ("other", "rigid", "dibao", "tekun")
"""Tiers whose reason is the test that opens them; the reason of the others is the test that closes the next one."""
TOLD_BY = {f"{line}_homes": f"{line}_home_number" for line in ("dibao", "low_margin")}
"""Tests that compare nothing themselves, and the measure below each that tells more."""

REASONS = tuple(dict.fromkeys(name for names in _ORDER.values() for name in names))
LESS, MORE = 3_333, 7_777
"""Numbers of the example that are told apart in its sentence; so is their difference."""

HUGE = 10_000_000_00
"""Fen; sentences with such amounts are written one by one."""
_TOLD = 64
"""More than any number of a way in which a test comes out: households that have been told already."""

_UNITS = pl.Series([*map(str, range(1000)), *(f"{one:03d}" for one in range(1000))])


class Reasons:
    """For each household the place of its deciding test in ``REASONS`` (−1: none, the tier is open), and the sentence.

    They may be told of some households first and of those that are ``left`` later.
    """

    def __init__(self, households: int) -> None:
        self.places = np.full(households, -1, dtype=np.int16)
        self.left = np.full(households, True)
        self._texts: list[tuple[Array, pl.Series]] = []

    def tell(self, findings: Findings, households: Mask) -> None:
        """Work them out for these households."""
        places = _deciding(findings, households)
        self.places[households] = places[households]
        self.left = self.left & ~households
        self._texts.append(_asked(findings, households))
        for place, name in enumerate(REASONS):
            told_by = TOLD_BY.get(name, name)
            self._texts.extend(_told(findings, told_by, np.flatnonzero(places == place)))

    def sentences(self) -> pl.Series:
        """The sentences of all households, in their order."""
        rows = np.concatenate([rows for rows, _ in self._texts])
        back = np.empty(len(self.places), dtype=np.uint32)
        back[rows] = np.arange(len(rows), dtype=np.uint32)
        return pl.concat([series for _, series in self._texts]).gather(back)


def reasons_in(findings: Findings, language: str, rows: Sequence[int]) -> list[str]:
    """The sentences of a few households in a language, one by one; empty for those whose tier is open."""
    chosen = np.zeros(len(findings.open), dtype=np.bool_)
    chosen[list(rows)] = True
    places, told = _deciding(findings, chosen), []
    for row in rows:
        if places[row] < 0:
            told.append("")
            continue
        name = REASONS[places[row]]
        told.append(_alone(findings, TOLD_BY.get(name, name), np.array([row]), language)[0])
    return told


def _alone(findings: Findings, name: str, rows: Array, language: str = "zh") -> list[str]:
    """The sentences of some households that a test decides, one by one, from sides that are not rounded."""
    variable, statute = findings.statute.variable(name), findings.statute
    chosen = np.zeros(len(findings.open), dtype=np.bool_)
    chosen[rows] = True
    exact: list[tuple[Fraction, Fraction] | None] = [None] * len(rows)
    if variable.value is not None and variable.limit is not None:
        exact = findings.looks.exact(name, chosen)
    sides = zip(*findings.sides(name, rows), exact, strict=True)
    return [
        _sentence(statute, variable, bool(truth), (int(value), int(limit)) if known else None, both, language)
        for truth, (value, limit, known, both) in zip(findings.least[name][rows], sides, strict=True)
    ]


def _sentence(
    statute: Statute,
    variable: Variable,
    truth: bool,
    sides: tuple[int, int] | None,
    exact: tuple[Fraction, Fraction] | None,
    language: str = "zh",
) -> str:
    value, limit = sides or (None, None)
    test = TestResult(variable, None, truth, value, limit, (), exact)
    return sentence(Determination(statute, None, None), test, language)  # type: ignore[arg-type]


def _deciding(findings: Findings, households: Mask) -> Array:
    """The first test, in the order of the tier that was found, that came out as decides it; −1 for other households."""
    codes = findings.statute.variable("tier").kind.codes
    assert codes is not None
    tiers = findings.least["tier"]
    places = np.full(len(tiers), -1, dtype=np.int16)
    closed = households & ~findings.open
    for tier, names in _ORDER.items():
        left = np.flatnonzero((tiers == codes.index(tier)) & closed)
        side = findings.least if tier in HOLDING else findings.greatest
        for name in names:
            decided = side[name].take(left).astype(np.bool_) == (tier in HOLDING)
            places[left[decided]] = REASONS.index(name)
            left = left[~decided]
        places[left] = REASONS.index(names[-1])
    return places


@dataclass(frozen=True, slots=True)
class _Way:
    """A way in which a test comes out that is told in the same words: ``relation`` is the sign of value less limit,
    None where the sides are not known; ``beyond``: the share is too large to be written; ``huge``: an amount is so large
    that it is written on its own."""

    truth: bool
    relation: int | None
    beyond: bool
    huge: bool

    def example(self) -> tuple[int, int] | None:
        """A value and a limit that come out this way."""
        if self.relation is None:
            return None
        if self.beyond:
            return HIGHEST_SHARE + 1, LESS
        return {-1: (LESS, MORE), 0: (MORE, MORE), 1: (MORE, LESS)}[self.relation]


def _told(findings: Findings, name: str, rows: Array) -> Iterator[tuple[Array, pl.Series]]:
    """The sentences of the households that a test decides, by the ways in which it comes out."""
    variable = findings.statute.variable(name)
    is_money, is_rate = (_kind(variable) == kind for kind in ("money", "rate"))
    truth = findings.least[name][rows].astype(np.bool_)
    value, limit, known = findings.sides(name, rows)
    near = np.flatnonzero(known & (value == limit) & _is_rounded(findings.statute, variable))
    if len(near):
        yield rows[near], pl.Series(_alone(findings, name, rows[near]), dtype=pl.String)
    beyond = is_rate & (value > HIGHEST_SHARE)
    huge = is_money & (np.maximum(value, limit) >= HUGE)
    group = truth * 32 + huge * 16 + beyond * 8 + np.where(known, np.sign(value - limit) + 1, 3)
    group[near] = _TOLD
    for each in np.flatnonzero(np.bincount(group)[:_TOLD]):
        chosen = np.flatnonzero(group == each)
        first = chosen[0]
        relation = int(each % 8) - 1
        way = _Way(
            bool(truth[first]), relation if known[first] else None, bool(beyond[first]), bool(huge[first])
        )
        words = _words(findings.statute, variable, way)
        numbers = _Numbers(
            findings.statute, variable, value[chosen], limit[chosen], is_money and not way.huge
        )
        yield rows[chosen], numbers.filled(words)


def _is_rounded(statute: Statute, variable: Variable) -> bool:
    """Whether a side is a quotient, so that it may look equal to the other and not be."""
    return any(len(parts) > 1 for parts in sides_in_parts(statute.graph, variable))


def _kind(variable: Variable) -> str:
    return variable.side_kind.name if variable.side_kind is not None else ""


def _words(statute: Statute, variable: Variable, way: _Way) -> list[str]:
    """The sentence in pieces: text and, at every second place, ``value``, ``limit`` or ``gap``, where numbers go."""
    sides = way.example()
    exact = (Fraction(sides[0]), Fraction(sides[1])) if sides else None
    pieces = [_sentence(statute, variable, way.truth, sides, exact)]
    if sides is None:
        return pieces
    for name, amount in (("value", sides[0]), ("limit", sides[1]), ("gap", abs(sides[0] - sides[1]))):
        if amount:
            pieces = _cut(pieces, _bare(side(statute, variable, amount)), name)
    return pieces


def _bare(shown: str) -> str:
    """Shares are written as percent, their differences in percentage points: the sign stays with the words."""
    return shown.removesuffix("%")


def _cut(pieces: Sequence[str], shown: str, name: str) -> list[str]:
    """Every piece of text cut at the first place where the number is shown."""
    for place, piece in enumerate(pieces):
        if place % 2 == 0 and shown in piece:
            before, _, after = piece.partition(shown)
            return [*pieces[:place], before, name, after, *pieces[place + 1 :]]
    return list(pieces)


class _Numbers:
    """The numbers of many households that are told with the same words."""

    def __init__(
        self, statute: Statute, variable: Variable, value: Array, limit: Array, by_tables: bool
    ) -> None:
        self.statute = statute
        self.variable = variable
        self.of = {"value": value, "limit": limit, "gap": np.abs(value - limit)}
        self.by_tables = by_tables

    def filled(self, words: Sequence[str]) -> pl.Series:
        """The sentences: text stands at even places of ``words``, the name of a number at odd ones.

        Text goes into the ready pieces of the number after it, so that little is left to be put together row by row.
        """
        height = len(self.of["value"])
        if len(words) == 1:
            return pl.Series([words[0]]).new_from_index(0, height)
        columns: list[pl.Expr] = []
        last = len(words) - 2
        for place in range(1, len(words), 2):
            after = words[-1] if place == last else ""
            columns += self._pieces(words[place], words[place - 1], after)
        return pl.select(pl.concat_str(columns).alias("sentence")).to_series()

    def _pieces(self, name: str, before: str, after: str) -> list[pl.Expr]:
        values = self.of[name]
        if self.by_tables and name != "limit":
            unit = side(self.statute, self.variable, 0).removeprefix("0.00")
            return yuan_pieces(values, before, unit + after)
        unique = np.unique(values)
        which = unique.searchsorted(values)
        texts = [f"{before}{_bare(side(self.statute, self.variable, int(one)))}{after}" for one in unique]
        return [_at(pl.Series(texts, dtype=pl.String), which)]


def _at(texts: pl.Series, places: Array) -> pl.Expr:
    return pl.lit(texts).gather(pl.lit(pl.Series(places.astype(np.uint32))))


def yuan_pieces(fen: Array, before: str, after: str) -> list[pl.Expr]:
    """Amounts below ``HUGE`` that are not negative, as ``1,234.50``, in three columns from tables of ready pieces."""
    yuan = (fen // 100).astype(np.int32)
    cents = fen - yuan * 100
    thousands = yuan // 1000
    units = yuan - thousands * 1000 + 1000 * (thousands > 0)
    above = _thousands().head(int(thousands.max(initial=0)) + 1)
    ends = pl.Series([f".{one:02d}{after}" for one in range(100)])
    tables = ((before + above, thousands), (_UNITS, units), (ends, cents))
    return [_at(*table) for table in tables]


@cache
def _thousands() -> pl.Series:
    """What stands before the last three digits of whole yuan below ``HUGE``, by the number of thousands."""
    return pl.Series(["", *(f"{one:,}," for one in range(1, HUGE // 100_000))])


def _asked(findings: Findings, households: Mask) -> tuple[Array, pl.Series]:
    """The sentences of the households whose tier is open: what is still needed."""
    rows = np.flatnonzero(findings.open & households)
    told: dict[tuple[str, ...], str] = {}
    for names in set(findings.missing.values()):
        told[names] = f"不能确定：还需要知道 {'、'.join(label(findings.statute, name) for name in names)}。"
    return rows, pl.Series([told[findings.missing[int(row)]] for row in rows], dtype=pl.String)


def label(statute: Statute, name: str) -> str:
    """The Chinese label of a fact or a parameter."""
    vocabulary = Vocabulary.load()
    fact = vocabulary.facts.get(name)
    if fact is None:
        return statute.resolved.definition(name).zh
    if fact.stated_by is not None:
        table = vocabulary.table(fact.stated_by)
        return f"{table.zh if table is not None else fact.zh}情况（尚未申报）"
    return vocabulary.entities[fact.entity].zh + fact.zh if fact.entity in OWNED else fact.zh
