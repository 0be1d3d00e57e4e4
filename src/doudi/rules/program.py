"""Nodes in computing order, apart from how they came about: what kernels are written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from doudi.rules.kinds import Schema


@dataclass(frozen=True, slots=True)
class Node:
    """One operation, with the numbers of its arguments and the bounds its integer is proved to keep."""

    op: str
    args: tuple[int, ...]
    entity: str | None
    attribute: Any
    low: int
    high: int
    is_flag: bool


class Program:
    """Numbered nodes; each stands after its arguments."""

    def __init__(self, schema: Schema, nodes: Sequence[Node] = ()) -> None:
        self.schema = schema
        self.nodes: list[Node] = list(nodes)

    def needed(self, outputs: Iterable[int]) -> list[int]:
        """The nodes that ``outputs`` rest on, in computing order."""
        keep = set(outputs)
        for number in range(len(self.nodes) - 1, -1, -1):
            if number in keep:
                keep.update(self.nodes[number].args)
        return sorted(keep)
