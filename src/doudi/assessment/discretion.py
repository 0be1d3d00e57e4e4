"""Discretion (自由裁量): a result that turns on a value inside an elastic range goes to collective review (一事一议).

Each elastic parameter is taken to both ends, one at a time, and all together to the ends that favour the household; the
most favourable reading comes first. A cell of a table that is taken from another moves with it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from doudi.assessment import sentences as say
from doudi.assessment.determination import Determination, TestResult, assess
from doudi.assessment.statute import Statute
from doudi.law import library
from doudi.rules.graph import Graph
from doudi.rules.parameters import ElasticValue, Resolved


@dataclass(frozen=True, slots=True)
class Reading:
    """What the law yields under some values of elastic parameters (engine integers).

    ``tier`` is None when undetermined, within ``tier_range``; ``persons`` are the tiers of the members; ``monthly_total``
    is in fen, None when not certain.
    """

    values: dict[str, int]
    tier: str | None
    tier_range: tuple[str, str]
    persons: tuple[str | None, ...]
    monthly_total: int | None

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Elastic:
    """One elastic parameter: the local value, its range, the readings at both ends and the one that favours the household.

    ``together`` are cells that move with it. ``discretionary``: a tier changes within the range. ``turned`` are the
    innermost tests that come out otherwise under the favourable reading, as they came out under the local value.
    """

    name: str
    code: str | None
    together: tuple[str, ...]
    label: str
    local: int
    low: int
    high: int
    local_text: str
    range_text: tuple[str, str]
    at_low: Reading
    at_high: Reading
    favourable: Reading
    discretionary: bool
    changes_amount: bool
    turned: tuple[TestResult, ...]
    sentence: str

    @property
    def path(self) -> str:
        """The parameter as it is set: ``property.vehicle_cap.dibao``."""
        return self.name if self.code is None else f"{self.name}.{self.code}"

    def as_data(self) -> dict[str, Any]:
        """As plain data; tests by name and row."""
        names = (
            "name",
            "code",
            "label",
            "local",
            "low",
            "high",
            "local_text",
            "discretionary",
            "changes_amount",
            "sentence",
        )
        return {
            **{name: getattr(self, name) for name in names},
            "together": list(self.together),
            "range_text": list(self.range_text),
            "at_low": self.at_low.as_data(),
            "at_high": self.at_high.as_data(),
            "favourable": self.favourable.as_data(),
            "turned": [
                {
                    "name": test.name,
                    "row": test.row,
                    "value": test.value,
                    "limit": test.limit,
                    "distance": test.distance,
                }
                for test in self.turned
            ],
        }


@dataclass(frozen=True, slots=True)
class Discretion:
    """What is a matter of discretion in one determination; the deepest favourable reading first."""

    local: Reading
    best: Reading
    elastic: tuple[Elastic, ...]

    @property
    def discretionary(self) -> bool:
        """Whether a tier changes inside the elastic ranges: then the case goes to collective review."""
        return any(each.discretionary for each in self.elastic) or _tiers(self.best) != _tiers(self.local)

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "discretionary": self.discretionary,
            "local": self.local.as_data(),
            "best": self.best.as_data(),
            "elastic": [each.as_data() for each in self.elastic],
        }


def discretion(determination: Determination, language: str = "zh") -> Discretion:
    """Evaluate a determination at the ends of every elastic range that the rules read, sentences in ``language``."""
    resolved = determination.statute.resolved
    local = _reading(determination, {})
    groups = _groups(determination).items()
    under = _Under(determination)
    found = [_elastic(under, local, value, together, language) for value, together in groups]
    settings = {path: value for each in found for path, value in _leaning(under, local, each).items()}
    best = _reading(under(settings), settings) if settings else local
    if any(_depth(each.favourable) > _depth(best) for each in found):
        best = max((each.favourable for each in found), key=_depth)
    order = {value.name: place for place, value in enumerate(resolved.elastic_values())}
    found.sort(key=lambda each: (_depth(each.favourable), -order[each.name]), reverse=True)
    return Discretion(local, best, tuple(found))


def _groups(determination: Determination) -> dict[ElasticValue, tuple[str, ...]]:
    """The elastic values that rules read, each with the cells taken from it."""
    resolved = determination.statute.resolved
    read = _parameters_read(determination.statute.graph)
    groups: dict[ElasticValue, tuple[str, ...]] = {}
    for value in resolved.elastic_values():
        definition = resolved.definition(value.name)
        cells = resolved.cells[value.name]
        if value.name not in read or cells[definition.key(value.code)].taken_from is not None:
            continue
        own = definition.key(value.code)
        taken = [
            definition.code(key) for key, cell in cells.items() if own is not None and cell.taken_from == own
        ]
        groups[value] = tuple(f"{value.name}.{code}" for code in taken)
    return groups


def _parameters_read(graph: Graph) -> set[str]:
    return {
        str(node.attribute[0] if node.op == "entry" else node.attribute)
        for node in graph.nodes
        if node.op in ("parameter", "lookup", "entry")
    }


class _Under:
    """The same household with elastic parameters at other values, each determined once."""

    def __init__(self, determination: Determination) -> None:
        self.determination = determination
        self._found: dict[tuple[tuple[str, int], ...], Determination] = {(): determination}
        self._met: dict[tuple[tuple[str, int], ...], int] = {}

    def __call__(self, settings: dict[str, int]) -> Determination:
        key = tuple(sorted(settings.items()))
        if key not in self._found:
            statute = self.determination.statute
            other = statute.once(("at", key), lambda: _with(statute, settings))
            self._found[key] = assess(self.determination.household, other, explained=False)
        return self._found[key]

    def met(self, settings: dict[str, int]) -> int:
        """How many tests that compare values hold."""
        key = tuple(sorted(settings.items()))
        if key not in self._met:
            self._met[key] = _met(self(settings))
        return self._met[key]


def _with(statute: Statute, settings: dict[str, int]) -> Statute:
    texts = {path: _number(statute.resolved, path, value) for path, value in settings.items()}
    return statute.with_resolved(statute.resolved.replace(texts))


def _elastic(
    under: _Under,
    local: Reading,
    value: ElasticValue,
    together: tuple[str, ...],
    language: str,
) -> Elastic:
    determination = under.determination
    resolved = determination.statute.resolved
    definition = resolved.definition(value.name)
    path = value.name if value.code is None else f"{value.name}.{value.code}"
    ends = {end: under({path: end}) for end in (value.low, value.high)}
    low, high = (_reading(ends[end], {path: end}) for end in (value.low, value.high))
    favourable = max((local, low, high), key=_depth)
    changed = any(_tiers(each) != _tiers(local) for each in (low, high))
    end = favourable.values.get(path)
    turned = _turned(determination, ends[end]) if end is not None and changed else ()
    label = definition.zh if language == "zh" else definition.en
    if value.code is not None and definition.by is not None:
        code = definition.by.label(value.code, language)
        label += f"（{code}）" if language == "zh" else f" ({code})"
    texts = [definition.format(each, language) for each in (value.low, value.high)]
    return Elastic(
        value.name, value.code, together, label, value.value, value.low, value.high,
        definition.format(value.value, language), (texts[0], texts[1]), low, high, favourable,
        changed, any(each.monthly_total != local.monthly_total for each in (low, high)), turned,
        _sentence(determination, label, texts, turned, (local, low, high), language),
    )  # fmt: skip


def _leaning(under: _Under, local: Reading, elastic: Elastic) -> dict[str, int]:
    """The end that favours the household, be it only by tests that it meets without coming to a deeper tier."""
    found = {
        end: (_depth(reading), under.met(reading.values))
        for end, reading in ((elastic.low, elastic.at_low), (elastic.high, elastic.at_high))
    }
    end = max(found, key=lambda each: found[each])
    favours = found[end] > (_depth(local), under.met(local.values))
    return {elastic.path: end} if favours else {}


def _met(determination: Determination) -> int:
    trace, variables = determination.trace, determination.statute.graph.variables
    compared = (name for name, one in variables.items() if one.formula.is_test and one.value is not None)
    holding = ((name, row) for name in compared for row in trace.rows(name) if trace.value(name, row))
    return sum(trace.test(name, row, sourced=False).distance is not None for name, row in holding)


def _number(resolved: Resolved, path: str, value: int) -> str:
    name = path if path in resolved.definitions else path.rpartition(".")[0]
    return resolved.definition(name).unit.number(value)


def _reading(determination: Determination, values: dict[str, int]) -> Reading:
    trace = determination.trace
    persons = tuple(trace.code("person_tier", row) for row in trace.rows("person_tier"))
    return Reading(values, determination.tier, determination.tier_range, persons, determination.amount())


def _tiers(reading: Reading) -> tuple[Any, ...]:
    return reading.tier_range, reading.persons


def _depth(reading: Reading) -> tuple[int, ...]:
    """What favours the household more: the tier that is sure, the tier that is possible, the members' tiers, the money."""
    codes = library.code_sets()["tier"]
    sure, possible = (codes.index(code) for code in reading.tier_range)
    persons = sum(codes.index(code) for code in reading.persons if code is not None)
    return sure, possible, persons, -1 if reading.monthly_total is None else reading.monthly_total


def _turned(local: Determination, other: Determination) -> tuple[TestResult, ...]:
    """The tests that come out otherwise; those that compare values where there are any."""
    found = [
        one
        for one in local.trace.tests()
        if one.truth != other.trace.test(one.name, one.row, sourced=False).truth
    ]
    return tuple(test for test in found if test.distance is not None) or tuple(found)


def _sentence(
    determination: Determination,
    label: str,
    ends: list[str],
    turned: tuple[TestResult, ...],
    readings: tuple[Reading, Reading, Reading],
    language: str,
) -> str:
    """What the elastic range means for this household; ``readings``: local, at one end, at the other."""
    local, *others = readings
    zh = language == "zh"
    span = f"（{ends[0]} 至 {ends[1]}）" if zh else f" ({ends[0]} to {ends[1]})"
    if all(_tiers(each) == _tiers(local) for each in others):
        same = all(each.monthly_total == local.monthly_total for each in others)
        if zh:
            return f"{label}：在当地弹性幅度{span}以内取值，类别不变{'' if same else '，每月金额有变化'}。"
        return f"{label}: within the local elastic range{span} the tier stays{'' if same else ', the amount does not'}."
    best, worst = max(readings, key=_depth), min(readings, key=_depth)
    failing = _head_of_failing(determination, turned, language)
    head = _head_as_it_stands(worst, language) if best is local else failing
    if zh:
        review = "提交集体研究（一事一议）"
        return f"{label}：{head}；在当地弹性幅度{span}以内；{review}；最有利于家庭的理解：{_name(best, language)}。"
    favour = (
        f"most favourable reading: {'yes' if best is not local else 'as it stands'}, {_name(best, language)}"
    )
    return f"{label}: {head}; within the local elastic range{span}; goes to collective review; {favour}."


def _head_as_it_stands(worst: Reading, language: str) -> str:
    """Where the local value favours the household most: what the other end would come to."""
    if language == "zh":
        return f"按当地现行取值符合，在弹性幅度另一端为“{_name(worst, language)}”"
    return f"at the other end it would be: {_name(worst, language)}"


def _head_of_failing(determination: Determination, turned: tuple[TestResult, ...], language: str) -> str:
    """How many tests fail under the local value, and by how much."""
    failing = [test for test in turned if test.truth is False]
    told = [say.shown_sides(determination, test, language) for test in failing]
    gaps = [sides.gap for sides in told if sides and sides.gap]
    if language == "zh":
        return f"有 {len(failing)} 项条件未满足" + (f"，相差 {'、'.join(gaps)}" if gaps else "")
    one = "one test fails" if len(failing) == 1 else f"{len(failing)} tests fail"
    return one + (f", by {', '.join(gaps)}" if gaps else "")


def _name(reading: Reading, language: str) -> str:
    """The tier of a reading in words; of a household without one, the deepest of its members."""
    codes = library.code_sets()["tier"]
    if reading.tier is None:
        return "不能确定" if language == "zh" else "cannot be determined"
    tiers = [code for code in reading.persons if code is not None]
    deepest = reading.tier if reading.tier != "none" else max(tiers, key=codes.index, default="none")
    if deepest == "none":
        return "不在各类别之内" if language == "zh" else "no tier"
    return codes.label(deepest, language)
