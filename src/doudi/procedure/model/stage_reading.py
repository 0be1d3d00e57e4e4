"""Reading machines: their stages, their steps, and the blocks of steps that several machines share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yaml.nodes import MappingNode, Node

from doudi.procedure.model.stages import Input, Machine, Need, Role, Stage, Step, Validity
from doudi.procedure.yaml_fields import day_at, flag_at, known_words_at, reference_at, unknown_word, words_at
from doudi.rules.documents import Documents
from doudi.rules.errors import Problems
from doudi.rules.yaml_places import Page, line_of, read_page

_MACHINE = ("zh", "en", "about", "begins", "stages", "uses", "steps")
_STEP = (
    "zh", "en", "from", "to", "roles", "needs", "inputs", "starts", "stops", "pauses", "resumes", "documents",
    "voids", "opens", "sets", "reference", "in_force_from", "in_force_until", "versions",
)  # fmt: skip
_NEEDS = ("condition", "done", "apart_from", "period_over", "fact")
_DATED = ("in_force_from", "in_force_until", "reference")
STAY = ""


@dataclass(frozen=True, slots=True)
class StageReader:
    """Reads machines and blocks; what they name is checked by :mod:`doudi.procedure.model.checks`."""

    law: Documents
    roles: Mapping[str, Role]
    inputs: Mapping[str, Input]
    problems: Problems

    def block(self, path: Path) -> dict[str, tuple[Step, ...]]:
        """A file of shared steps, without stages."""
        page, root = read_page(path, self.problems)
        return self._steps(page, root) if root is not None else {}

    def machine(self, path: Path, blocks: Mapping[str, Mapping[str, tuple[Step, ...]]]) -> Machine | None:
        """One machine with the blocks it uses; None, with faults, when the file cannot be read."""
        page, root = read_page(path, self.problems)
        if root is None:
            return None
        name = path.stem
        what = (f"程序 {name}", f"procedure {name}")
        fields = page.record(root, _MACHINE, *what)
        zh, en, about, begins = (
            page.required_text(root, fields, key, *what) for key in ("zh", "en", "about", "begins")
        )
        stages = self._stages(page, fields["stages"]) if "stages" in fields else {}
        steps = self._shared(page, fields, blocks, what) | (
            self._steps(page, fields["steps"]) if "steps" in fields else {}
        )
        places = {stage: place for place, stage in enumerate(stages)}
        ordered = sorted(
            steps.items(), key=lambda item: min((places.get(o, 99) for o in item[1][0].origins), default=99)
        )
        return Machine(name, zh, en, about, begins, stages, dict(ordered), page.file)

    def _shared(
        self,
        page: Page,
        fields: dict[str, Node],
        blocks: Mapping[str, Mapping[str, tuple[Step, ...]]],
        what: tuple[str, str],
    ) -> dict[str, tuple[Step, ...]]:
        """The steps of the blocks that a machine uses: from the stages it names, or from those the block names itself."""
        found: dict[str, tuple[Step, ...]] = {}
        for block, node in page.mapping(fields["uses"], *what).items() if "uses" in fields else ():
            if block not in blocks:
                unknown_word(page, node, block, blocks, "共用环节", "block")
                continue
            origins = words_at(page, {block: node}, block)
            for step, versions in blocks[block].items():
                found[step] = tuple(replace(each, origins=origins or each.origins) for each in versions)
        return found

    def _stages(self, page: Page, node: Node) -> dict[str, Stage]:
        found = {}
        for name, body in page.mapping(node, "阶段", "stages").items():
            what = (f"阶段 {name}", f"stage {name}")
            fields = page.record(body, ("zh", "en", "owner", "final"), *what)
            zh, en = (page.required_text(body, fields, key, *what) for key in ("zh", "en"))
            final = flag_at(page, fields, "final")
            owner = known_words_at(page, fields, "owner", self.roles, "角色", "role")
            if not owner and not final:
                page.missing(body, "owner", *what)
            found[name] = Stage(name, zh, en, owner[0] if owner else "", final)
        return found

    def _steps(self, page: Page, node: Node) -> dict[str, tuple[Step, ...]]:
        found: dict[str, tuple[Step, ...]] = {}
        for name, body in page.mapping(node, "环节", "steps").items():
            fields = page.record(body, _STEP, f"环节 {name}", f"step {name}")
            versions = (
                page.sequence(fields.pop("versions"), "versions", "versions") if "versions" in fields else []
            )
            if not versions:
                found[name] = (self._step(page, name, body, fields),)
                continue
            found[name] = tuple(
                self._step(
                    page, name, each, {**fields, **page.record(each, _STEP, f"环节 {name}", f"step {name}")}
                )
                for each in versions
            )
        return found

    def _step(self, page: Page, name: str, node: Node, fields: dict[str, Node]) -> Step:
        what = (f"环节 {name}", f"step {name}")
        zh, en = (page.required_text(node, fields, key, *what) for key in ("zh", "en"))
        roles = known_words_at(page, fields, "roles", self.roles, "角色", "role")
        if not roles:
            page.missing(node, "roles", *what)
        entries = page.mapping(fields["sets"], *what) if "sets" in fields else {}
        sets = {fact: _fact(page.text(value, *what) or "") for fact, value in entries.items()}
        lists = {
            key: words_at(page, fields, key)
            for key in ("starts", "stops", "pauses", "resumes", "documents", "voids", "opens")
        }
        return Step(
            name, zh, en, words_at(page, fields, "from"), (words_at(page, fields, "to") or (STAY,))[0], roles,
            self._needs(page, fields, what), self._inputs(page, fields), **lists, sets=sets,
            reference=reference_at(page, node, fields, self.law), validity=_validity(page, fields),
            file=page.file, line=line_of(node),
        )  # fmt: skip

    def _needs(self, page: Page, fields: dict[str, Node], what: tuple[str, str]) -> tuple[Need, ...]:
        found = []
        for node in page.sequence(fields["needs"], *what) if "needs" in fields else []:
            if not isinstance(node, MappingNode):
                found.append(Need("condition", (page.text(node, *what) or "",), Validity()))
                continue
            entry = page.record(node, (*_NEEDS, *_DATED), *what)
            reference = reference_at(page, node, entry, self.law) if "reference" in entry else None
            for kind in _NEEDS:
                if kind in entry:
                    names = words_at(page, entry, kind)
                    found.append(Need(kind, names, _validity(page, entry), reference))  # type: ignore[arg-type]
        return tuple(found)

    def _inputs(self, page: Page, fields: dict[str, Node]) -> tuple[tuple[Input, bool], ...]:
        found = []
        for word in words_at(page, fields, "inputs"):
            name, required = word.removesuffix("?"), not word.endswith("?")
            if name in self.inputs:
                found.append((self.inputs[name], required))
            else:
                unknown_word(page, fields["inputs"], name, self.inputs, "填写项", "input")
        return tuple(found)


def _fact(text: str) -> str | bool:
    return text == "true" if text in ("true", "false") else text


def _validity(page: Page, fields: Mapping[str, Node]) -> Validity:
    start, until = (
        day_at(page, fields[key]) if key in fields else None for key in ("in_force_from", "in_force_until")
    )
    return Validity(start, until)
