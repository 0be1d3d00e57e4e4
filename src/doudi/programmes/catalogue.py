"""The catalogue of all programmes that ship: entries, organisations and relations, read once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doudi.facts.vocabulary import Vocabulary
from doudi.law import library
from doudi.programmes.entries import Organisation, Programme
from doudi.programmes.reading import EVERYWHERE, read_entries, read_organisations
from doudi.programmes.relations import Relations, read_relations
from doudi.rules.errors import LawError, Problem, Problems, nearest

GROUPS = {
    "basic": ("基本生活", "basic living"),
    "medical": ("医疗", "medical"),
    "temporary": ("临时救助", "temporary aid"),
    "education": ("教育", "education"),
    "housing": ("住房", "housing"),
    "employment": ("就业", "employment"),
    "disaster": ("受灾", "disaster"),
    "disabled": ("残疾人", "disabled persons"),
    "children": ("儿童", "children"),
    "elders": ("老年人", "elders"),
    "utilities": ("生活费用减免", "utilities"),
    "justice": ("法律和司法", "law and justice"),
    "charity": ("群团和慈善", "organisations and charity"),
}


@dataclass(frozen=True)
class Catalogue:
    """Programmes by id in their order, who answers for them, and how they bear on each other."""

    programmes: Mapping[str, Programme]
    organisations: Mapping[str, Organisation]
    relations: Relations

    def programme(self, name: str) -> Programme:
        """The programme of that id or Chinese name.

        Raises:
            LawError: there is none; the problem names the nearest.
        """
        found = self.programmes.get(name)
        found = found or next((one for one in self.programmes.values() if one.zh == name), None)
        if found is None:
            known = [*self.programmes, *(one.zh for one in self.programmes.values())]
            near = nearest(name, known)
            raise LawError(
                [
                    Problem(
                        "programme.unknown", "没有这个项目", "no such programme",
                        f"相近的：{near}" if near else "见 doudi programmes list",
                        f"did you mean {near}" if near else "see doudi programmes list", value=name,
                    )
                ]
            )  # fmt: skip
        return found

    def offered(self, chain: Collection[str], known: Collection[str]) -> tuple[Programme, ...]:
        """The programmes of a place (its code and those above it) whose rules are in force (``known``), in order."""
        return tuple(
            one
            for one in self.programmes.values()
            if one.region in (EVERYWHERE, *chain)
            and one.due in known
            and (not one.amount or one.amount in known)
        )


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships.

    Raises:
        LawError: with every fault of all its files.
    """
    return read_catalogue(
        library.programme_entry_files(),
        library.PROGRAMMES / "organisations.yaml",
        library.PROGRAMMES / "relations.yaml",
    )


def read_catalogue(entries: Collection[Path], organisations: Path, relations: Path) -> Catalogue:
    """A catalogue from its files.

    Raises:
        LawError: with every fault of all files.
    """
    problems = Problems()
    who = read_organisations(organisations, problems)
    held = Vocabulary.load().codes["programme"].codes
    programmes: dict[str, Programme] = {}
    for path in entries:
        for one in read_entries(path, who, held, problems):
            if one.id in programmes:
                problems.add(
                    Problem(
                        "programme.twice", f"项目 {one.id} 已在别处登记", f"programme {one.id} is listed elsewhere",
                        f"见 {programmes[one.id].file}", f"see {programmes[one.id].file}", file=one.file, line=one.line,
                    )
                )  # fmt: skip
            programmes[one.id] = one
    found = read_relations(relations, programmes, problems)
    problems.raise_as(LawError)
    return Catalogue(programmes, who, found)
