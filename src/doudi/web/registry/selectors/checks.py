"""What each source said of whom: the check report (核对报告) as a table of sources and members."""

from __future__ import annotations

from dataclasses import dataclass

from doudi.web.registry.known import Known, Subject, Told

AGREES, DIFFERS, SILENT = "agrees", "differs", "silent"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source said of one subject: how many facts, on how many of them it differs from what is used."""

    told: int
    differing: int

    @property
    def state(self) -> str:
        """agrees, differs, or silent."""
        return SILENT if not self.told else DIFFERS if self.differing else AGREES


@dataclass(frozen=True, slots=True)
class Row:
    """One source: its newest period and receipt, and a cell for each subject."""

    source: str
    period: str
    received: str
    cells: list[Cell]


def report(known: Known) -> list[Row]:
    """A row for each source that said something of the household or a member."""
    sources: dict[str, list[Told]] = {}
    for subject in known.subjects():
        for each in subject.tellings:
            sources.setdefault(each.source, []).append(each)
    return [
        Row(source, max((each.period or "" for each in told), default=""),
            max((each.received or "" for each in told), default="")[:10],
            [_cell(subject, source) for subject in known.subjects()])
        for source, told in sorted(sources.items())
    ]  # fmt: skip


def _cell(subject: Subject, source: str) -> Cell:
    told = [each for each in subject.tellings if each.source == source and each.value is not None]
    used = {column: subject.value(column) for column in subject.by_fact}
    differing = [each for each in told if used[each.fact.column] not in (None, each.value)]
    return Cell(len(told), len(differing))
