"""Determinations that can be reproduced: facts, parameters, law version and every value, frozen and replayed bit by bit.

A frozen determination is plain data for JSON. It holds engine integers only; no ids, names or villages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from inspect import getsource
from types import CodeType, FunctionType
from typing import Any

from doudi.assessment.determination import Determination, assess, outputs_of
from doudi.assessment.frozen_facts import fault_of, household_of
from doudi.assessment.statute import Statute, all_parameters, law_of
from doudi.facts.household import HouseholdFacts
from doudi.law import library
from doudi.rules.book import Formula
from doudi.rules.errors import DoudiError, Problem, Problems, ReplayError
from doudi.rules.graph import Graph
from doudi.rules.parameters import NATIONAL, Resolved, iso

FORMAT = 1
LAWS = 32
"""How many sets of frozen parameters are kept thawed."""
_KEYS = {
    "format": int,
    "region": str,
    "day": str,
    "law_version": str,
    "formulas": dict,
    "parameters": dict,
    "facts": dict,
    "assumed": list,
    "result": dict,
    "sha256": str,
}


@cache
def formula_hashes(graph: Graph) -> dict[str, str]:
    """For each formula in force the sha256 of its name, topic, kind and text, with the helpers and constants it uses."""
    return {name: _sha(_formula_text(formula)) for name, formula in sorted(graph.formulas.items())}


def law_version(statute: Statute) -> str:
    """The sha256 over all formulas in force and all parameters of the place and day, with their sources."""

    def version() -> str:
        return _sha({"formulas": formula_hashes(statute.graph), "parameters": statute.resolved.canonical()})

    return statute.once("version", version)


def _formula_text(formula: Formula) -> list[str]:
    using = ",".join(f"{name}={value}" for name, value in sorted(formula.using.items()))
    head = [formula.name, formula.topic, str(formula.entity), formula.kind, using]
    return [*head, *_function_text(formula.function, set())]


def _function_text(function: Any, seen: set[str]) -> Iterator[str]:
    """The text of a function, what it closes over, and the functions and constants of the law that it names."""
    place = f"{function.__module__}.{function.__qualname__}"
    if place in seen:
        return
    seen.add(place)
    yield getsource(function)
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        yield from _value_text(name, cell.cell_contents, seen)
    for name in sorted(_names(function.__code__)):
        value = function.__globals__.get(name)
        if _of_the_law(value) or isinstance(value, int | str | tuple):
            yield from _value_text(name, value, seen)


def _value_text(name: str, value: Any, seen: set[str]) -> Iterator[str]:
    """What a function finds under a name: a function of the law with its text, another by its name, anything else as written."""
    if not isinstance(value, FunctionType):
        yield f"{name}={value!r}"
    elif _of_the_law(value):
        yield from _function_text(value, seen)
    else:
        yield f"{name}={value.__module__}.{value.__qualname__}"


def _of_the_law(value: Any) -> bool:
    return isinstance(value, FunctionType) and value.__module__.startswith("doudi.law")


def _names(code: CodeType) -> set[str]:
    inner = (_names(each) for each in code.co_consts if isinstance(each, CodeType))
    return set(code.co_names).union(*inner)


def _sha(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def freeze(determination: Determination) -> dict[str, Any]:
    """The determination as plain data, sealed by a sha256 over its own content."""
    statute, household = determination.statute, determination.household
    data: dict[str, Any] = {
        "format": FORMAT,
        "region": statute.resolved.region.code,
        "day": statute.day.isoformat(),
        "law_version": law_version(statute),
        "formulas": formula_hashes(statute.graph),
        "parameters": statute.resolved.canonical(),
        "facts": household.facts,
        "assumed": [[each.entity, each.row, each.fact, int(each.value)] for each in household.assumed],
        "result": _result(determination),
    }
    plain: dict[str, Any] = json.loads(json.dumps(data))
    return {**plain, "sha256": _sha(plain)}


def _result(determination: Determination) -> dict[str, Any]:
    """The tier and every value of the trace: ``[least, greatest, what it rests on]`` for each row."""
    trace = determination.trace
    values: dict[str, list[list[Any]]] = {}
    for name in outputs_of(determination.statute):
        rows = trace.rows(name.removesuffix(".value").removesuffix(".limit"))
        findings = (trace.finding(name, row) for row in rows)
        values[name] = [[each.low, each.high, list(each.rests_on)] for each in findings]
    return {
        "tier": list(determination.tier_range),
        "monthly_total": determination.amount(),
        "missing": list(determination.missing),
        "values": values,
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that came out otherwise than it was frozen; None where one of the two does not have it."""

    name: str
    row: int
    frozen: list[Any] | None
    now: list[Any] | None


@dataclass(frozen=True, slots=True)
class ParameterDifference:
    """A parameter whose frozen value is not that of the law as it ships today for the same place and day."""

    name: str
    code: str | None
    frozen: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A frozen determination evaluated again with its own parameters and the formulas of today.

    ``formulas`` are those whose text changed, appeared or went since; ``parameters`` differ from what ships today.
    """

    determination: Determination
    frozen_version: str
    version: str
    differences: tuple[Difference, ...]
    formulas: tuple[str, ...]
    parameters: tuple[ParameterDifference, ...]

    @property
    def identical(self) -> bool:
        """Whether every value came out bit by bit as it was frozen."""
        return not self.differences

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "identical": self.identical,
            "tier": list(self.determination.tier_range),
            "monthly_total": self.determination.amount(),
            "frozen_version": self.frozen_version,
            "version": self.version,
            "formulas_changed": list(self.formulas),
            "parameters_changed": [
                {"name": each.name, "code": each.code, "frozen": each.frozen, "now": each.now}
                for each in self.parameters
            ],
            "differences": [
                {"name": each.name, "row": each.row, "frozen": each.frozen, "now": each.now}
                for each in self.differences
            ],
        }


def replay(data: Mapping[str, Any] | str | bytes) -> Replay:
    """Evaluate a frozen determination again, from the data or its JSON text.

    Raises:
        ReplayError: with every fault: no JSON, another format, tampered content, unknown facts or parameters.
    """
    plain = _read(data)
    determination = _evaluated(plain)
    statute = determination.statute
    now = json.loads(json.dumps(_result(determination)))
    hashes = formula_hashes(statute.graph)
    changed = sorted(name for name, text in {*hashes.items()} ^ {*plain["formulas"].items()})
    return Replay(
        determination,
        plain["law_version"],
        law_version(statute),
        tuple(_differences(plain["result"], now)),
        tuple(dict.fromkeys(changed)),
        tuple(_parameter_differences(statute.resolved, statute.day)),
    )


def restore(data: Mapping[str, Any] | str | bytes) -> Determination:
    """The determination that was frozen, evaluated again; unlike ``replay`` it is not compared with what was found then.

    Raises:
        ReplayError: with every fault, as ``replay``.
    """
    return _evaluated(_read(data))


def _evaluated(plain: dict[str, Any]) -> Determination:
    statute, household = _thaw(plain)
    return assess(household, statute)


def _read(data: Mapping[str, Any] | str | bytes) -> dict[str, Any]:
    try:
        data = json.loads(data) if isinstance(data, str | bytes) else data
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, TypeError) as error:
        raise ReplayError([fault_of("replay.json", "不是 JSON", "not JSON", str(error))]) from error
    except RecursionError as error:
        raise ReplayError([fault_of("replay.json", "嵌套太深", "nested too deeply")]) from error
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, Mapping) else type(data).__name__
        raise ReplayError(
            [
                fault_of(
                    "replay.format",
                    f"不是第 {FORMAT} 版的冻结结果",
                    f"not a frozen determination of format {FORMAT}",
                    str(found),
                )
            ]
        )
    problems = Problems()
    for key, kind in _KEYS.items():
        if not isinstance(data.get(key), kind):
            problems.add(_wrong_key(key))
    problems.raise_as(ReplayError)
    for key, fits in (("formulas", _names_and_texts), ("result", _results)):
        if not fits(data[key]):
            problems.add(_wrong_key(key))
    problems.raise_as(ReplayError)
    return dict(data)


def _wrong_key(key: str) -> Problem:
    return fault_of("replay.key", f"缺少“{key}”或类型不对", f"{key} is missing or of another type", key)


def _names_and_texts(formulas: Mapping[str, Any]) -> bool:
    return all(isinstance(text, str) for text in formulas.values())


def _results(result: Mapping[str, Any]) -> bool:
    """Whether a result has a tier and the values of every row by name."""
    values = result.get("values")
    if not isinstance(values, dict) or not isinstance(result.get("tier"), list):
        return False
    return all(
        isinstance(rows, list) and all(isinstance(row, list) for row in rows) for rows in values.values()
    )


def _thaw(data: dict[str, Any]) -> tuple[Statute, HouseholdFacts]:
    problems = Problems()
    if data["sha256"] != _sha({key: value for key, value in data.items() if key != "sha256"}):
        problems.add(fault_of("replay.tampered", "内容与封存时不同", "the content is not what was sealed"))
    statute = _statute(data, problems)
    household = household_of(data["facts"], data["assumed"], problems)
    problems.raise_as(ReplayError)
    assert statute is not None
    return statute, household


def _statute(data: dict[str, Any], problems: Problems) -> Statute | None:
    try:
        day = date.fromisoformat(data["day"])
        statute = _law_with(json.dumps(data["parameters"], ensure_ascii=False), day)
    except DoudiError as error:
        problems.extend(error.problems)
        return None
    except ValueError:
        problems.add(fault_of("replay.day", "日期无效", "not a date", data["day"]))
        return None
    resolved = statute.resolved
    if (resolved.region.code, iso(resolved.day)) != (data["region"], data["day"]):
        problems.add(
            fault_of("replay.place", "参数属于别的地区或日期", "the parameters are of another place or day")
        )
    return statute


@lru_cache(maxsize=LAWS)
def _law_with(parameters: str, day: date) -> Statute:
    """The formulas of a day under frozen parameters, given as JSON: very many determinations were made under the same.

    Raises:
        ReplayError: parameters, codes or documents that are no longer known.
    """
    definitions, documents = all_parameters().definitions, library.documents()
    resolved = Resolved.from_canonical(json.loads(parameters), definitions, documents)
    return law_of(NATIONAL, day).with_resolved(resolved)


def _differences(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    if frozen["tier"] != now["tier"]:
        yield Difference("tier", 0, frozen["tier"], now["tier"])
    before, after = frozen["values"], now["values"]
    for name in sorted({*before, *after}):
        old, new = before.get(name, []), after.get(name, [])
        for row in range(max(len(old), len(new))):
            then, again = (rows[row] if row < len(rows) else None for rows in (old, new))
            if then != again:
                yield Difference(name, row, then, again)


def _parameter_differences(frozen: Resolved, day: date) -> list[ParameterDifference]:
    """Empty where nothing ships for the place: its parameters came with an overlay."""
    try:
        today = law_of(frozen.region.code, day).resolved
    except DoudiError:
        return []
    return [
        ParameterDifference(
            name, frozen.definitions[name].code(key), cell.value, today.cells[name][key].value
        )
        for name, cells in sorted(frozen.cells.items())
        for key, cell in cells.items()
        if cell.value != today.cells[name][key].value
    ]
