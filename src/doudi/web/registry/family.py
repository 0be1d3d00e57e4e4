"""The family tree: who lives together, and who outside owes support, laid out by generation for a drawing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from doudi.web.registry.selectors.files import File, Member
from doudi.web.registry.tiering import code_word

GENERATIONS = {
    "head": 0, "spouse": 0, "sibling": 0, "other": 0, "child": 1, "child_in_law": 1, "grandchild": 2, "parent": -1,
    "parent_in_law": -1, "grandparent": -2,
}  # fmt: skip
"""How many generations below the head somebody stands."""
WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 132, 56, 24, 44, 12


@dataclass(frozen=True, slots=True)
class Node:
    """One box: ``outside``: a supporter who does not live here."""

    name: str
    word: str
    x: int
    y: int
    outside: bool

    @property
    def middle(self) -> int:
        """Where its text stands."""
        return self.x + WIDTH // 2

    @property
    def first(self) -> int:
        """The line of its name."""
        return self.y + 23

    @property
    def second(self) -> int:
        """The line of its relation."""
        return self.y + 43


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two boxes."""

    x1: int
    y1: int
    x2: int
    y2: int
    outside: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """The drawing; sizes in pixels."""

    nodes: list[Node]
    edges: list[Edge]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Placed:
    key: str
    generation: int
    name: str
    word: str
    of: str
    outside: bool


def family_tree(file: File, language: str) -> Tree:
    """Members around the head, supporters with dashed lines around whom they owe support."""
    people = _people(file, language)
    rows: dict[int, list[_Placed]] = defaultdict(list)
    for each in people:
        rows[each.generation].append(each)
    widest = max((len(row) for row in rows.values()), default=1)
    width = widest * WIDTH + (widest - 1) * GAP_X + 2 * MARGIN
    nodes: dict[str, Node] = {}
    for level, generation in enumerate(sorted(rows)):
        row = rows[generation]
        left = (width - len(row) * WIDTH - (len(row) - 1) * GAP_X) // 2
        for place, each in enumerate(row):
            x, y = left + place * (WIDTH + GAP_X), MARGIN + level * (HEIGHT + GAP_Y)
            nodes[each.key] = Node(each.name, each.word, x, y, each.outside)
    edges = [_edge(nodes[each.of], nodes[each.key], each.outside) for each in people if each.of in nodes]
    height = len(rows) * HEIGHT + max(len(rows) - 1, 0) * GAP_Y + 2 * MARGIN
    return Tree(list(nodes.values()), edges, width, height)


def _people(file: File, language: str) -> list[_Placed]:
    members = {member.person.number: member for member in file.members}
    head = next((number for number, member in members.items() if member.relation == "head"), "")
    found = [
        _Placed(number, GENERATIONS.get(member.relation, 0), member.person.masked_name,
                code_word("person", "relation", member.relation, language), "" if number == head else head, False)
        for number, member in members.items()
    ]  # fmt: skip
    for item in file.known.items_of("supporter"):
        owner = str(item.columns["person_id"])
        if item.used and owner in members:
            found.append(
                _supporter(item.columns["item_id"], item.columns["relation"], owner, members[owner], language)
            )
    return found


def _supporter(key: str, relation: str, owner: str, of: Member, language: str) -> _Placed:
    generation = GENERATIONS.get(of.relation, 0) + GENERATIONS.get(relation, 0)
    whose = of.person.masked_name
    word = code_word("supporter", "relation", relation, language)
    text = f"{whose}的{word}" if language == "zh" else f"{word} of {whose}"
    outside = "户外义务人" if language == "zh" else "supporter outside"
    return _Placed(key, generation, text, outside, owner, True)


def _edge(one: Node, other: Node, outside: bool) -> Edge:
    if one.y == other.y:
        left, right = sorted((one, other), key=lambda node: node.x)
        return Edge(left.x + WIDTH, left.y + HEIGHT // 2, right.x, right.y + HEIGHT // 2, outside)
    upper, lower = sorted((one, other), key=lambda node: node.y)
    return Edge(upper.middle, upper.y + HEIGHT, lower.middle, lower.y, outside)
