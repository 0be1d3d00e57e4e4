"""The household of a case as nodes: what a variation changes, and the sections of a household file.

Nodes are never changed in place, so that a case and its variations share what they have in common; each keeps its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from doudi.facts.rows import TOP_KEYS
from doudi.rules.errors import CaseError, Problem
from doudi.rules.yaml_places import line_of

LISTS = ("supporters", "assets", "expenses", "holdings")
SECTIONS = ("persons", *LISTS)
UNDECLARED = "unknown"

_STR = "tag:yaml.org,2002:str"


def household_root(node: Node) -> Node:
    """The sections of a household file from the ``household`` of a case, where facts of the household and lists stand together.

    A list that is not written is empty; one that is written as ``unknown`` is left out, as not declared.
    """
    if not isinstance(node, MappingNode):
        return node
    names = {**{name: name for name in SECTIONS}, **{TOP_KEYS[name]: name for name in SECTIONS}}
    sections = [(key, value) for key, value in node.value if _text(key) in names]
    facts = [(key, value) for key, value in node.value if _text(key) not in names]
    written = {names[_text(key)] for key, _ in sections}
    sections = [
        (key, value)
        for key, value in sections
        if not (names[_text(key)] in LISTS and _text(value) == UNDECLARED)
    ]
    empty = [(_scalar(name, node), _like(SequenceNode, node, [])) for name in LISTS if name not in written]
    household = (_scalar("household", node), _like(MappingNode, node, facts))
    return _like(MappingNode, node, [household, *sections, *empty])


def changed(node: Node, path: str, value: Node) -> Node:
    """``node`` with ``value`` at ``path``: keys, and ids or places of list items (from 0), joined by dots.

    A key that is not written is added; the place behind the last item, or 0 where there is none, appends one.

    Raises:
        CaseError: the path leads nowhere; the problem carries the line of ``value`` and no file.
    """
    return _put(node, path.split("."), value, path)


def _put(node: Node, steps: list[str], value: Node, path: str) -> Node:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(node, MappingNode):
        keys = [_text(key) for key, _ in node.value]
        if step not in keys:
            form = SequenceNode if rest[:1] == ["0"] else MappingNode
            fresh = _put(_like(form, value, []), rest, value, path) if rest else value
            return _like(MappingNode, node, [*node.value, (_scalar(step, value), fresh)])
        known = keys.index(step)
        pairs = list(node.value)
        pairs[known] = (pairs[known][0], _put(pairs[known][1], rest, value, path))
        return _like(MappingNode, node, pairs)
    if isinstance(node, SequenceNode):
        items = list(node.value)
        place = _place(items, step)
        if place == len(items) and not rest:
            return _like(SequenceNode, node, [*items, value])
        if place is not None and place < len(items):
            items[place] = _put(items[place], rest, value, path)
            return _like(SequenceNode, node, items)
    raise CaseError([_nowhere(path, step, value)])


def _place(items: list[Node], step: str) -> int | None:
    ids = [_id(item) or f"p{place + 1}" for place, item in enumerate(items)]
    if step in ids:
        return ids.index(step)
    return int(step) if step.isascii() and step.isdigit() and int(step) <= len(items) else None


def _id(item: Node) -> str:
    pairs = item.value if isinstance(item, MappingNode) else []
    return next((_text(value) for key, value in pairs if _text(key) == "id"), "")


def _text(node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _scalar(text: str, place: Node) -> ScalarNode:
    return ScalarNode(_STR, text, place.start_mark, place.end_mark)


def _like(form: type[MappingNode] | type[SequenceNode], place: Node, items: Sequence[Any]) -> Node:
    tag = "tag:yaml.org,2002:" + ("map" if form is MappingNode else "seq")
    return form(tag, list(items), place.start_mark, place.end_mark)


def _nowhere(path: str, step: str, node: Node) -> Problem:
    return Problem(
        "case.change", f"家庭中没有“{step}”这一处", f"the household has no place {step}",
        "写成 persons.妻.income.wage 的形式，用成员编号或从0起的序号", "write it like persons.wife.income.wage, with the id or the place from 0",
        line=line_of(node), value=path,
    )  # fmt: skip
