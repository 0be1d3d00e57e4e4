"""The weights of a linkage: how often each level occurs among true pairs and among others; kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from doudi.linkage.config import Config
from doudi.linkage.errors import LinkageError
from doudi.linkage.levels import Comparison, with_weights
from doudi.rules.errors import Problem

FLOOR = 0.1
"""No level is found to be rarer than this part of what ships, so that none is impossible where the data never showed it."""


@dataclass(frozen=True)
class Model:
    """``weights`` gives ``(m, u)`` by comparison and level; ``share`` is the part of rows that belong to a person.

    ``trained`` is false for the weights that ship. ``rows`` and ``persons`` were there at training.
    """

    weights: dict[str, dict[str, tuple[float, float]]]
    share: float
    trained: bool
    rows: int
    persons: int

    def comparisons(self, config: Config) -> list[Comparison]:
        """The comparisons of a configuration with these weights."""
        return [with_weights(each, self.weights.get(each.name, {})) for each in config.comparisons]

    def prior(self, persons: int) -> float:
        """The probability that a row and a person drawn at random are the same."""
        return min(0.5, self.share / max(1, persons))

    def write(self, path: Path) -> None:
        """Keep the model as JSON, so that later rows are judged by the same weights."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", "utf-8")


def shipped_model(config: Config) -> Model:
    """The weights that ship with the kinds of comparison."""
    weights = {
        each.name: {level.name: (level.m, level.u) for level in each.levels} for each in config.comparisons
    }
    return Model(weights, 0.5, False, 0, 0)


def read_model(path: Path, config: Config) -> Model:
    """A model as :meth:`Model.write` left it.

    Raises:
        LinkageError: it is no model, or one of another configuration.
        OSError: the file cannot be read.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        weights = {
            name: {level: (float(m), float(u)) for level, (m, u) in levels.items()}
            for name, levels in data["weights"].items()
        }
        model = Model(
            weights, float(data["share"]), bool(data["trained"]), int(data["rows"]), int(data["persons"])
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise LinkageError(
            [Problem("linkage.model", "不是连接模型", "no model of a linkage", file=str(path))]
        ) from None
    expected = {each.name: {level.name for level in each.levels} for each in config.comparisons}
    if {name: set(levels) for name, levels in weights.items()} != expected:
        raise LinkageError([Problem(
            "linkage.model_other", "模型与配置不符", "the model belongs to another configuration",
            "用同一配置，或另选输出文件夹重新训练", "use the same configuration, or train anew into another folder",
            file=str(path),
        )])  # fmt: skip
    return model


def merged(config: Config, found: Iterable[dict[str, Any]]) -> dict[str, dict[str, tuple[float, float]]]:
    """Trained weights of each comparison (as Splink tells them, best level first after the null level), made whole.

    A level that the data never showed keeps the weight that ships; ``fixed`` levels keep their ``u``.
    """
    weights = {}
    for comparison, told in zip(config.comparisons, found, strict=True):
        levels = [level for level in told["comparison_levels"] if not level.get("is_null_level")]
        weights[comparison.name] = {
            level.name: (
                _usable(trained.get("m_probability"), level.m),
                level.u if level.fixed else _usable(trained.get("u_probability"), level.u),
            )
            for level, trained in zip(comparison.levels, levels, strict=True)
        }
    return weights


def _usable(value: Any, shipped: float) -> float:
    """A trained probability with six digits, so that sums in another order give the same; else the one that ships."""
    if not isinstance(value, int | float) or value <= 0:
        return shipped
    return max(FLOOR * shipped, float(f"{value:.6g}"))
