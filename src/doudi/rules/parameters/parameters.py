"""The parameters of the law: national definitions and the files of regions, read when they are needed."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from doudi.rules.codes import CodeSet
from doudi.rules.documents import Documents
from doudi.rules.errors import LawError, ParameterError, Problem, Problems, RegionError, nearest
from doudi.rules.parameters._changes import Change, Gap, find_changes, find_gaps
from doudi.rules.parameters._days import as_day, iso
from doudi.rules.parameters._definitions import read_definitions
from doudi.rules.parameters._regions import RegionFile, RegionPage, ancestors, index_files, read_region
from doudi.rules.parameters._settle import Layers, apply_floors, settle
from doudi.rules.parameters.model import NATIONAL, THE_NATION, DatedValue, ParameterDefinition, Region
from doudi.rules.parameters.resolved import Resolved

Day = int | str | datetime.date
"""A day: ``yyyymmdd``, ISO text, or a date."""

_CODE = re.compile(r"[0-9]{6}")


class Parameters:
    """All parameters of the law, for every region and day.

    ``unusable`` names those whose unit, table, choices or range is at fault: what regions say of them is passed over.
    """

    def __init__(
        self,
        definitions: Mapping[str, ParameterDefinition],
        unusable: Collection[str],
        documents: Documents,
        files: Mapping[str, tuple[RegionFile, ...]],
        pages: dict[Path, RegionPage],
    ) -> None:
        self.definitions = dict(definitions)
        self.documents = documents
        self.unusable = frozenset(unusable)
        self._files = dict(files)
        self._pages = pages

    @classmethod
    def load(
        cls,
        definition_files: Iterable[Path],
        region_files: Iterable[Path],
        documents: Documents,
        code_sets: Mapping[str, CodeSet],
        *,
        whole: bool = False,
    ) -> Parameters:
        """Read the definitions; region files are only listed, unless ``whole`` reads and checks them as well.

        Raises:
            ParameterError: with every fault found, each with file and line.
        """
        problems = Problems()
        found = cls.read(definition_files, region_files, documents, code_sets, problems)
        if whole:
            problems.extend(found._region_problems(found._files))
        problems.raise_as(ParameterError)
        return found

    @classmethod
    def read(
        cls,
        definition_files: Iterable[Path],
        region_files: Iterable[Path],
        documents: Documents,
        code_sets: Mapping[str, CodeSet],
        problems: Problems,
    ) -> Parameters:
        """The same as far as the definitions can be read; their faults go to ``problems``."""
        definition_paths, region_paths = sorted(definition_files), sorted(region_files)
        labels = _labels([*definition_paths, *region_paths])
        definitions, unusable = read_definitions(
            [(path, labels[path]) for path in definition_paths], documents, code_sets, problems
        )
        files = index_files([(path, labels[path]) for path in region_paths], problems)
        return cls(definitions, unusable, documents, files, {})

    def check(self) -> None:
        """Read every region file.

        Raises:
            ParameterError: with every fault of every file.
        """
        problems = Problems(self._region_problems(self._files))
        problems.raise_as(ParameterError)

    def with_overlay(self, path: Path) -> Parameters:
        """The same with one more region file, checked like the shipped ones.

        It adds a region, or stands above the file of a region that exists: what it says wins, the rest remains.
        The regions above it need not have files.

        Raises:
            ParameterError: with every fault of the file.
        """
        page = read_region(path, path.name, None, self.definitions, self.unusable, self.documents)
        page.problems.raise_as(ParameterError)
        code = page.region.code
        files = {**self._files, code: (*self._files.get(code, ()), RegionFile(path, path.name, code, ""))}
        return Parameters(self.definitions, self.unusable, self.documents, files, {**self._pages, path: page})

    def resolve(self, region: str, day: Day) -> Resolved:
        """All parameters in force on a day in a region (code, Chinese or English name; ``000000``: national only).

        Raises:
            RegionError: unknown region. ParameterError: a fault in a file of its chain.
            LawError: no such day, or a day before every value.
        """
        date = as_day(day)
        chain = self.chain(region)
        layers = self._layers(chain)
        self._check_first_day(layers, date)
        cells = {name: settle(self.definitions[name], layers[name], date) for name in self.definitions}
        faults = apply_floors(self.definitions, cells, date, sorted(cells))
        return Resolved(chain[-1], chain, date, self.definitions, cells, tuple(faults))

    def said_by(self, region: str) -> Mapping[str, tuple[DatedValue, ...]]:
        """What one region itself says, by parameter, without the levels above it; ``000000``: the nation.

        Raises:
            RegionError: unknown region. ParameterError: a fault in its file.
        """
        code = self.chain(region)[-1].code
        if code == NATIONAL:
            return {name: each.values for name, each in self.definitions.items() if each.values}
        Problems(self._region_problems([code])).raise_as(ParameterError)
        found: dict[str, tuple[DatedValue, ...]] = {}
        for file in self._files[code]:
            for name, values in self._page(file).values.items():
                found[name] = (*found.get(name, ()), *values)
        return found

    def gaps(self, region: str, day: Day) -> list[Gap]:
        """The parameters without a value there, by name, with the last known value."""
        resolved = self.resolve(region, day)
        layers = self._layers(resolved.chain)
        return [
            gap
            for name in sorted(self.definitions)
            for gap in find_gaps(self.definitions[name], resolved.cells[name], layers[name], resolved.day)
        ]

    def diff(
        self, region: str, day: Day, other_day: Day | None = None, other_region: str | None = None
    ) -> list[Change]:
        """What differs between two days, two regions, or both."""
        before = self.resolve(region, day)
        after = self.resolve(other_region or region, other_day if other_day is not None else day)
        return find_changes(before, after)

    def regions(self) -> Region:
        """The nation with all regions below it as ``children``. Reads every region file for its name."""
        below: dict[str, list[Region]] = {}
        for code in sorted(self._files, key=lambda code: (-len(ancestors(code)), code)):
            page = self._page(self._files[code][0])
            children = tuple(sorted(below.pop(code, []), key=lambda region: region.code))
            parent = next((above for above in reversed(ancestors(code)) if above in self._files), NATIONAL)
            region = Region(code, page.region.zh, page.region.en, page.region.level, parent, children)
            below.setdefault(parent, []).append(region)
        children = tuple(sorted(below.get(NATIONAL, []), key=lambda region: region.code))
        return Region(NATIONAL, THE_NATION.zh, THE_NATION.en, THE_NATION.level, None, children)

    def region(self, text: str) -> Region:
        """A region by its code, its Chinese or English name, or the slug of its file; without its children.

        Raises:
            RegionError: unknown, with the nearest; or a name that several regions bear.
        """
        return self.chain(text)[-1]

    def chain(self, text: str) -> tuple[Region, ...]:
        """The regions from the nation down to the one named.

        Raises:
            RegionError: unknown or ambiguous.
        """
        code = self._code(text.strip())
        chain = [THE_NATION]
        for step in [above for above in (*ancestors(code), code) if above in self._files]:
            page = self._page(self._files[step][0])
            chain.append(Region(step, page.region.zh, page.region.en, page.region.level, chain[-1].code))
        return tuple(chain)

    def _code(self, text: str) -> str:
        if text == NATIONAL or text in self._files:
            return text
        if _CODE.fullmatch(text):
            raise RegionError([self._unknown_region(text)])
        found = [
            code for code, files in self._files.items() if text.casefold() in {file.slug for file in files}
        ]
        found = found or [NATIONAL, *self._files]
        regions = [region.alone() for region in self.regions().walk() if region.code in found]
        if len(regions) > 1:
            names = [region for region in regions if text.casefold() in (region.zh, region.en.casefold())]
            regions = names or [region for region in regions if len(text) > 1 and region.zh.startswith(text)]
        if len(regions) == 1:
            return regions[0].code
        raise RegionError([_ambiguous(text, regions) if regions else self._unknown_region(text)])

    def _unknown_region(self, text: str) -> Problem:
        names: dict[str, str] = {}
        for region in self.regions().walk():
            shown = f"{region.code} {region.zh} {region.en}"
            names.update(
                {region.code: shown, region.zh: shown, region.en: shown, region.en.casefold(): shown}
            )
        near = nearest(text, names)
        shown = "; ".join(dict.fromkeys(names[name] for name in near.split(", ") if name))
        return Problem(
            "region.unknown",
            "没有这个地区",
            "no such region",
            f"相近的：{shown}" if shown else "用 --overlay 提供该地区的参数",
            f"did you mean {shown}" if shown else "bring its parameters with --overlay",
            value=text,
        )

    def _page(self, file: RegionFile) -> RegionPage:
        if file.path not in self._pages:
            self._pages[file.path] = read_region(
                file.path, file.label, file.code, self.definitions, self.unusable, self.documents
            )
        return self._pages[file.path]

    def _region_problems(self, codes: Iterable[str]) -> list[Problem]:
        return [
            problem
            for code in codes
            for file in self._files.get(code, ())
            for problem in self._page(file).problems
        ]

    def _layers(self, chain: tuple[Region, ...]) -> dict[str, Layers]:
        codes = [region.code for region in chain]
        Problems(self._region_problems(codes)).raise_as(ParameterError)
        pages = [self._page(file) for code in codes for file in self._files.get(code, ())]
        return {
            name: [definition.values, *(page.values[name] for page in pages if name in page.values)]
            for name, definition in self.definitions.items()
        }

    def _check_first_day(self, layers: Mapping[str, Layers], day: int) -> None:
        starts = [entry.source.start for each in layers.values() for values in each for entry in values]
        if starts and day < min(starts):
            first = iso(min(starts))
            raise LawError(
                [
                    Problem(
                        "date.before_law",
                        "这一天早于所有规则",
                        "the day lies before all law",
                        f"最早 {first}",
                        f"the first day is {first}",
                        value=iso(day),
                    )
                ]
            )


def _ambiguous(text: str, regions: list[Region]) -> Problem:
    shown = "; ".join(f"{region.code} {region.zh} {region.en}" for region in regions)
    return Problem(
        "region.ambiguous",
        "有几个地区用这个名称",
        "several regions bear this name",
        f"写代码：{shown}",
        f"write the code: {shown}",
        value=text,
    )


def _labels(paths: list[Path]) -> dict[Path, str]:
    """The names kept in sources: relative to the folder that holds all files, the same on every machine."""
    if not paths:
        return {}
    base = os.path.commonpath([path.resolve().parent for path in paths])
    return {path: path.resolve().relative_to(base).as_posix() for path in paths}
