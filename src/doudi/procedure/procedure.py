"""All that is written of the procedure, read from its files and checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doudi.law import library as law
from doudi.procedure.calendar import Calendar, working_calendar
from doudi.procedure.model import checks, vocabulary
from doudi.procedure.model.clock_reading import read_clocks
from doudi.procedure.model.clocks import Clock
from doudi.procedure.model.papers import Document, Paper
from doudi.procedure.model.stage_reading import StageReader
from doudi.procedure.model.stages import Input, Machine, Role, Step
from doudi.rules.errors import LawError, Problem, Problems, nearest
from doudi.rules.parameters import Parameters

FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Procedure:
    """The procedure: kinds of case, clocks, documents, papers, and the dated limits and choices of all regions."""

    roles: Mapping[str, Role]
    inputs: Mapping[str, Input]
    documents: Mapping[str, Document]
    papers: Mapping[str, Paper]
    clocks: Mapping[str, Clock]
    machines: Mapping[str, Machine]
    parameters: Parameters
    calendar: Calendar
    regions: frozenset[str]

    def machine(self, name: str) -> Machine:
        """A kind of case by its name.

        Raises:
            LawError: no such kind; the problem names the nearest.
        """
        if name in self.machines:
            return self.machines[name]
        raise LawError([_unknown(name, self.machines, "程序", "procedure")])

    def clock(self, name: str) -> Clock:
        """A clock by its name.

        Raises:
            LawError: no such clock; the problem names the nearest.
        """
        if name in self.clocks:
            return self.clocks[name]
        raise LawError([_unknown(name, self.clocks, "时限", "clock")])


@cache
def procedure() -> Procedure:
    """The procedure that ships.

    Raises:
        LawError: every fault of every file, with file and line.
    """
    return load(FOLDER)


def load(folder: Path) -> Procedure:
    """Read the procedure written in a folder.

    Raises:
        LawError: every fault of every file, with file and line.
    """
    problems = Problems()
    documents = law.documents()
    schemes, regions = folder / "schemes", sorted((folder / "regions").glob("*.yaml"))
    parameters = Parameters.load(schemes.rglob("*.limits.yaml"), regions, documents, {}, whole=True)
    roles = vocabulary.read_roles(folder / "roles.yaml", problems)
    inputs = vocabulary.read_inputs(folder / "inputs.yaml", problems)
    clocks = read_clocks(
        sorted(schemes.rglob("*.clocks.yaml")), documents, parameters.definitions, roles, problems
    )
    reader = StageReader(documents, roles, inputs, problems)
    blocks = {path.stem: reader.block(path) for path in _stage_files(schemes / "shared")}
    read = [reader.machine(path, blocks) for path in _stage_files(schemes)]
    found = Procedure(
        roles,
        inputs,
        vocabulary.read_documents(folder / "papers" / "documents.yaml", documents, roles, problems),
        vocabulary.read_papers(folder / "papers" / "papers.yaml", documents, problems),
        clocks,
        {machine.name: machine for machine in read if machine is not None},
        parameters,
        working_calendar(),
        frozenset(path.name[:6] for path in regions),
    )
    problems.extend(checks.faults(found.machines, found.clocks, found.documents, found.inputs))
    problems.raise_as(LawError)
    return found


def steps_of(machine: Machine) -> list[Step]:
    """Every version of every step of a machine."""
    return [step for versions in machine.steps.values() for step in versions]


def _stage_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if "." not in path.stem)


def _unknown(name: str, known: Mapping[str, object], zh: str, en: str) -> Problem:
    near = nearest(name, known) or "、".join(known)
    return Problem(
        "procedure.unknown", f"没有这个{zh}", f"no such {en}", f"可用：{near}", f"use {near}", value=name
    )
