"""The configuration of a linkage: what is compared, which pairs, by which rules and thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from doudi.linkage.errors import LinkageError
from doudi.linkage.levels import KINDS, Comparison, comparison
from doudi.rules.errors import Problem, Problems, nearest

FOLDER = Path(__file__).parent
_PARTS = {"zh", "en", "comparisons", "settle", "blocking", "rules", "review_when", "zones", "training"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pair fulfils it if every comparison named stands at one of the levels named."""

    name: str
    zh: str
    en: str
    when: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Zones:
    """Probabilities from which a pair is linked and reviewed; ``clear_by`` in bits; candidates kept for a reviewer."""

    link: float
    review: float
    clear_by: float
    keep: int


@dataclass(frozen=True, slots=True)
class Training:
    """How the weights are found; below ``least_rows`` or ``least_persons`` those that ship are used."""

    least_rows: int
    least_persons: int
    most_rows: int
    pairs: int
    seed: int
    blocks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration as read from a file."""

    zh: str
    en: str
    comparisons: tuple[Comparison, ...]
    settle: tuple[str, ...]
    blocking: tuple[tuple[str, ...], ...]
    rules: tuple[Rule, ...]
    review_when: tuple[Rule, ...]
    zones: Zones
    training: Training

    def kinds(self) -> dict[str, str]:
        """The columns compared, with their kinds."""
        return {each.column: each.kind for each in self.comparisons}

    def comparison(self, name: str) -> Comparison:
        """A comparison by its name."""
        return next(each for each in self.comparisons if each.name == name)


def read_config(path: Path | None = None) -> Config:
    """A configuration file; that for Chinese names if none is given. ``latin`` and ``chinese`` name those that ship.

    Raises:
        LinkageError: all its faults.
        OSError: the file cannot be read.
    """
    path = FOLDER / "chinese.yaml" if path is None else path
    if path.suffix == "" and (FOLDER / f"{path}.yaml").is_file() and not path.exists():
        path = FOLDER / f"{path}.yaml"
    problems = Problems()
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        data = None
    if not isinstance(data, dict):
        problems.add(_problem(path, "linkage.config", "不是 YAML 配置", "no YAML configuration", None))
        problems.raise_as(LinkageError)
    found = _config(data, path, problems)
    problems.raise_as(LinkageError)
    assert found is not None
    return found


def _config(data: dict[str, Any], path: Path, problems: Problems) -> Config | None:
    for name in data.keys() - _PARTS:
        problems.add(_problem(path, "linkage.config_key", "没有这个配置项", "no such key", name, _PARTS))
    for name in sorted(_PARTS - data.keys()):
        problems.add(_problem(path, "linkage.config_missing", "缺少配置项", "a key is missing", name))
    if problems.found:
        return None
    try:
        comparisons = tuple(_comparison(each, path, problems) for each in data["comparisons"])
        if problems.found:
            return None
        rules, review = (
            tuple(Rule(each["name"], each["zh"], each["en"], _levels(each["when"])) for each in data[part])
            for part in ("rules", "review_when")
        )
        training = dict(data["training"])
        training["blocks"] = _lines(training["blocks"])
        found = Config(
            data["zh"], data["en"], comparisons, tuple(data["settle"]), _lines(data["blocking"]), rules, review,
            Zones(**data["zones"]), Training(**training),
        )  # fmt: skip
    except (TypeError, KeyError, AttributeError) as error:
        problems.add(
            _problem(
                path,
                "linkage.config_form",
                "配置的写法不对",
                "the configuration has a wrong form",
                str(error),
            )
        )
        return None
    _check_rules(found, path, problems)
    _check_zones(found.zones, path, problems)
    return found


def _comparison(data: Mapping[str, Any], path: Path, problems: Problems) -> Any:
    if data["kind"] not in KINDS:
        problems.add(
            _problem(
                path, "linkage.config_kind", "没有这种比较", "no such kind of comparison", data["kind"], KINDS
            )
        )
        return None
    return comparison(
        data["name"], data["kind"], data["column"], data["zh"], data["en"], data.get("options", {})
    )


def _lines(data: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line) for line in data)


def _levels(when: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(levels) for name, levels in when.items()}


def _check_rules(config: Config, path: Path, problems: Problems) -> None:
    known = {each.name: each.names() for each in config.comparisons}
    for rule in (*config.rules, *config.review_when):
        for name, levels in rule.when.items():
            if name not in known:
                problems.add(_problem(path, "linkage.config_comparison", f"规则 {rule.name} 用了没有的比较",
                                      f"rule {rule.name} names no comparison", name, known))  # fmt: skip
                continue
            for level in levels:
                if level not in known[name]:
                    problems.add(_problem(path, "linkage.config_level", f"规则 {rule.name} 用了 {name} 没有的等级",
                                          f"rule {rule.name}: {name} has no such level", level, known[name]))  # fmt: skip


def _check_zones(zones: Zones, path: Path, problems: Problems) -> None:
    if not 0 < zones.review <= zones.link <= 1:
        problems.add(_problem(path, "linkage.config_zones", "应有 0 < review ≤ link ≤ 1", "0 < review ≤ link ≤ 1 must hold",
                              f"review {zones.review}, link {zones.link}"))  # fmt: skip


def _problem(path: Path, code: str, zh: str, en: str, value: str | None, known: Any = ()) -> Problem:
    near = nearest(str(value), list(known)) if known else None
    options = near or "、".join(known)
    return Problem(
        code, zh, en, f"可用：{options}" if options else "", f"use {options}" if options else "",
        file=str(path), value=value,
    )  # fmt: skip
