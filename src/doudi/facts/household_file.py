"""A household file: one household in YAML or JSON, read by anybody's hand.

    household: {area: rural}
    persons:
      - id: p1
        relation: head
        born: 1950-03-02
        income: {pension: 1560}
        supporters: [{relation: child, family_size: 3, family_income: 60000}]
    assets: [{kind: deposit, value: 12000}, {kind: vehicle, value: 52000, purpose: livelihood, owner: p1}]

Amounts are in yuan, areas in m², dates as 2026-07-01. A key that is not written takes the meaning that the vocabulary
gives to its absence; an explicit null means that the fact is not known. Every fault of the file is told at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yaml.nodes import Node, SequenceNode

from doudi.facts.household import Assumption, Completed, HouseholdFacts, complete
from doudi.facts.nodes import read_nodes
from doudi.facts.rows import RowReader, WrittenRow, too_many
from doudi.facts.values import Fault
from doudi.facts.vocabulary import Vocabulary, engine_date
from doudi.rules.errors import FactError, Problems

LISTS = ("asset", "expense", "holding")


def read_household(path: str | Path, on: date | int | None = None) -> HouseholdFacts:
    """Read a household file.

    ``on`` is the day of evaluation; without it the file's own ``date`` counts, and without that today.

    Raises:
        FactError: with every fault of the file, each with its line and path such as ``persons[1].income.wage``.
    """
    problems = Problems()
    path = Path(path)
    root = read_nodes(path, problems)
    if root is not None:
        found = _HouseholdReader(RowReader(str(path), Vocabulary.load(), problems), path.stem, on).read(root)
        if not problems.found:
            return found
    raise _told(problems)


def read_household_node(
    root: Node, file: str, name: str = "", on: date | int | None = None
) -> HouseholdFacts:
    """Read a household that stands inside another YAML file; ``root`` holds the sections of a household file.

    ``file`` is named in faults, ``name`` is the id of a household that has none; ``on`` is as for a file.

    Raises:
        FactError: with every fault, each with the line of its node and its path.
    """
    problems = Problems()
    found = _HouseholdReader(RowReader(file, Vocabulary.load(), problems), name, on).read(root)
    if problems.found:
        raise _told(problems)
    return found


def _told(problems: Problems) -> FactError:
    return FactError(sorted(problems.found, key=lambda problem: problem.line or 0))


@dataclass(slots=True)
class _HouseholdReader:
    """Reads the sections of one file in turn, then completes and links their rows."""

    rows: RowReader
    name: str
    asked: date | int | None
    on: int = 0
    persons: list[WrittenRow] = field(default_factory=list)
    supporters: list[tuple[int, WrittenRow]] = field(default_factory=list)
    assumed: list[Assumption] = field(default_factory=list)

    def read(self, root: Node) -> HouseholdFacts:
        sections = self.rows.sections(root)
        region = self.rows.text(sections.get("region"), "region")
        written_date = self.rows.day(sections.get("date"), "date")
        self.on = _day(self.asked) or written_date or engine_date(date.today())
        self.rows.on = self.on
        household = self._household(root, sections)
        self._persons(root, sections)
        self._supporters(sections)
        self._state(household, sections)
        facts: dict[str, object] = {}
        ids = {"household": [household.id or self.name], "person": [row.id for row in self.persons]}
        facts["household"] = self._complete("household", 0, ids["household"][0], household).row
        facts["person"] = self._complete_all("person", self.persons)
        links = {"person_index": [place for place, _ in self.supporters]}
        supporters = [row for _, row in self.supporters]
        ids["supporter"] = [row.id for row in supporters]
        facts["supporter"] = self._complete_all("supporter", supporters, links)
        for entity in LISTS:
            rows = self.rows.list_of(sections.get(_table(entity)), entity, _table(entity))
            owners = [self._person_named(row, _table(entity), place) for place, row in enumerate(rows)]
            facts[entity] = self._complete_all(entity, rows, {"owner_index": owners})
            ids[entity] = [""] * len(rows)
        names = [row.texts.get("name", "") for row in self.persons]
        return HouseholdFacts(
            facts, ids, names, household.texts.get("village", ""), self.assumed, region, written_date
        )

    def _household(self, root: Node, sections: dict[str, Node]) -> WrittenRow:
        if "household" in sections:
            return self.rows.row(sections["household"], "household", "household")
        self.rows.fault(root, _missing("household", "家庭"), "household")
        return WrittenRow(root)

    def _persons(self, root: Node, sections: dict[str, Node]) -> None:
        node = sections.get("persons")
        if node is None or (isinstance(node, SequenceNode) and not node.value):
            self.rows.fault(node or root, _missing("persons", "成员"), "persons")
        self.persons = self.rows.list_of(node, "person", "persons")
        if not self.persons:
            return
        seen: dict[str, int] = {}
        for place, row in enumerate(self.persons):
            row.id = row.id or f"p{place + 1}"
            if row.id in seen:
                self.rows.fault(row.node, _id_twice(seen[row.id]), f"persons[{place}].id")
            seen.setdefault(row.id, place)
        self._heads()

    def _heads(self) -> None:
        relations = [row.written.get("relation") for row in self.persons]
        heads = [place for place, relation in enumerate(relations) if relation == 0]
        for place in heads[1:]:
            self.rows.fault(self.persons[place].node, _two_heads(heads[0]), f"persons[{place}].relation")
        if not heads and not any(row.faulty for row in self.persons):
            self.rows.fault(self.persons[0].node, _NO_HEAD, "persons")

    def _supporters(self, sections: dict[str, Node]) -> None:
        nested = [row.nested.get("supporters") for row in self.persons]
        for place, node in enumerate(nested):
            path = f"persons[{place}].supporters"
            self.supporters += [
                (place, row) for row in self.rows.list_of(node, "supporter", path, nested=True)
            ]
        top = sections.get("supporters")
        for index, row in enumerate(self.rows.list_of(top, "supporter", "supporters")):
            self.supporters.append((self._person_named(row, "supporters", index), row))
        self.supporters.sort(key=lambda pair: pair[0])
        entity = self.rows.vocabulary.entities["supporter"]
        for place, count in Counter(place for place, _ in self.supporters).items():
            if count > entity.at_most and top is not None:
                self.rows.fault(top, too_many(entity), f"persons[{place}].supporters", str(count))
        for place, (row, node) in enumerate(zip(self.persons, nested, strict=True)):
            if node is None and top is None and any(nested):
                self.assumed.append(Assumption("person", place, row.id, "supporters", 0))

    def _state(self, household: WrittenRow, sections: dict[str, Node]) -> None:
        for fact in self.rows.vocabulary.entities["household"].engine_facts():
            if fact.stated_by is not None and fact.column not in household.written:
                nested = any(fact.stated_by in row.nested for row in self.persons)
                household.written[fact.column] = int(fact.stated_by in sections or nested)

    def _person_named(self, row: WrittenRow, path: str, place: int) -> int:
        """The place of the person a row names; −1 when it names none, or nobody (a fault)."""
        if row.person is None:
            return -1
        found = next((index for index, person in enumerate(self.persons) if person.id == row.person), -1)
        if found < 0:
            self.rows.fault(row.person_node or row.node, _DANGLING, f"{path}[{place}].person")
        return found

    def _complete(self, entity: str, place: int, identifier: str, row: WrittenRow) -> Completed:
        completed = complete(self.rows.vocabulary.entities[entity], row.written, row.groups, self.on)
        self.assumed += [
            Assumption(entity, place, identifier, fact, value) for fact, value in completed.assumed
        ]
        return completed

    def _complete_all(
        self, entity: str, rows: list[WrittenRow], links: dict[str, list[int]] | None = None
    ) -> list[dict[str, object]]:
        completed = [self._complete(entity, place, row.id, row).row for place, row in enumerate(rows)]
        for link, places in (links or {}).items():
            for row, target in zip(completed, places, strict=True):
                row[link] = target
        return completed


def _day(asked: date | int | None) -> int | None:
    return engine_date(asked) if isinstance(asked, date) else asked


def _table(entity: str) -> str:
    return Vocabulary.load().entities[entity].table


def _missing(key: str, zh: str) -> Fault:
    return Fault("fact.missing", f"缺少“{zh}”", f"{key} is missing", f"补写 {key}:", f"write {key}:")


def _id_twice(first: int) -> Fault:
    return Fault(
        "fact.duplicate_id", "成员编号重复", "a person id is used twice",
        f"与 persons[{first}] 相同，改成不同的编号", f"persons[{first}] has it too; choose another",
    )  # fmt: skip


def _two_heads(first: int) -> Fault:
    return Fault(
        "fact.two_heads", "户主多于一名", "more than one head",
        f"persons[{first}] 已是户主，其余改写与户主关系", f"persons[{first}] is the head; correct the others",
    )  # fmt: skip


_NO_HEAD = Fault(
    "fact.no_head", "没有户主", "no head of the household",
    "把一名成员的 relation 写成 head", "write relation: head for one person",
)  # fmt: skip
_DANGLING = Fault(
    "fact.dangling", "没有这个编号的成员", "no person has this id",
    "改成 persons 中写有的编号", "use an id written under persons",
)  # fmt: skip
