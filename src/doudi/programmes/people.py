"""For whom programmes are (人群), read from the rules: a person is meant where the test that decides asks for such a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from doudi.law import library
from doudi.programmes.catalogue import GROUPS
from doudi.programmes.entries import Programme
from doudi.programmes.law import formulas
from doudi.rules.book import LINK_SEPARATOR
from doudi.rules.errors import LawError, Problems, nearest
from doudi.rules.graph import Graph
from doudi.rules.yaml_places import Page, read_page

SHARED = ("age", "members")
"""Topics beside a programme's own whose rules are opened; tiers are not: they are for everybody."""
_KEYS = ("zh", "en", "groups", "rules")


@dataclass(frozen=True, slots=True)
class People:
    """A kind of person: the groups of the catalogue that are theirs, and the rules that ask for them."""

    id: str
    zh: str
    en: str
    groups: frozenset[str]
    rules: frozenset[str]

    def meant_by(self, one: Programme, graph: Graph) -> bool:
        """Whether a programme is for them."""
        return one.group in self.groups or not self.rules.isdisjoint(asked_by(graph, one.due))


@cache
def people() -> dict[str, People]:
    """All kinds, by id.

    Raises:
        LawError: with every fault of the file.
    """
    problems = Problems()
    page, root = read_page(library.PROGRAMMES / "people.yaml", problems)
    found: dict[str, People] = {}
    for name, node in (
        page.mapping(root, "人群文件", "the file of people") if root is not None else {}
    ).items():
        what = (f"人群 {name}", f"people {name}")
        fields = page.record(node, _KEYS, *what)
        zh, en = (page.required_text(node, fields, key, *what) for key in ("zh", "en"))
        rules = {formula.name for formula in formulas()}
        groups, asked = (
            frozenset(_names(page, fields[key], known, what) if key in fields else ())
            for key, known in (("groups", set(GROUPS)), ("rules", rules))
        )
        found[name] = People(name, zh, en, groups, asked)
    problems.raise_as(LawError)
    return found


def _names(page: Page, node: object, known: set[str], what: tuple[str, str]) -> list[str]:
    found = []
    for item in page.sequence(node, *what):  # type: ignore[arg-type]
        name = page.text(item, *what) or ""
        if name not in known:
            near = nearest(name, known)
            page.fault(item, "people.unknown", f"{what[0]}：没有这一组或者规则", f"{what[1]}: no such group or rule",
                       f"相近的：{near}", f"did you mean {near}", name)  # fmt: skip
        found.append(name)
    return found


@cache
def asked_by(graph: Graph, name: str) -> frozenset[str]:
    """The rules that a test rests on, as far as they are its own topic's, other programmes', or about age and members."""
    own = graph.variables[name].formula.topic
    found: set[str] = set()
    waiting = [name]
    while waiting:
        variable = graph.variables.get(waiting.pop())
        if variable is None or variable.name in found:
            continue
        found.add(variable.name)
        topic = variable.formula.topic
        if topic.startswith("programmes/") or topic in (own, *SHARED):
            waiting += [each.split(LINK_SEPARATOR)[-1] for each in variable.formula.arguments.values()]
    return frozenset(found)
