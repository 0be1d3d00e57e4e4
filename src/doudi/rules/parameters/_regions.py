"""Region files: ``<code>-<slug>.yaml``, each with the parameters that one region sets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yaml.nodes import Node

from doudi.rules.documents import Documents
from doudi.rules.errors import Problem, Problems, nearest
from doudi.rules.parameters._entries import EntryReader
from doudi.rules.parameters._levels import level_of
from doudi.rules.parameters.model import NATIONAL, DatedValue, ParameterDefinition, Region
from doudi.rules.yaml_places import Page, line_of, read_page

_CODE = re.compile(r"[1-9][0-9]{5}")
_FILE_NAME = re.compile(r"([1-9][0-9]{5})-([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
_KEYS = ("region", "zh", "en", "level", "parent", "note", "parameters")
_MUNICIPALITIES = ("11", "12", "31", "50")
_DIRECT = "90"


@dataclass(frozen=True, slots=True)
class RegionFile:
    """A file that gives parameters of one region; ``label`` is its name in sources."""

    path: Path
    label: str
    code: str
    slug: str


@dataclass(slots=True)
class RegionPage:
    """What a region file says, and its faults."""

    region: Region
    values: dict[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def ancestors(code: str) -> list[str]:
    """The codes above a region that may have a file, from the province down."""
    return [above for above in dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00")) if above != code]


def index_files(files: Iterable[tuple[Path, str]], problems: Problems) -> dict[str, tuple[RegionFile, ...]]:
    """The region files by code, from their names alone; bad names and missing parents are faults."""
    found: dict[str, tuple[RegionFile, ...]] = {}
    for path, label in files:
        match = _FILE_NAME.fullmatch(path.name)
        if match is None:
            problems.add(
                Problem(
                    "region.file_name",
                    "地区文件名应为 <六位代码>-<英文名>.yaml",
                    "a region file is named <six digits>-<slug>.yaml",
                    "如 610100-xian.yaml",
                    "such as 610100-xian.yaml",
                    file=str(path),
                )
            )
        elif match[1] in found:
            problems.add(
                Problem(
                    "region.twice",
                    "同一地区有两个文件",
                    "two files for one region",
                    f"与 {found[match[1]][0].label} 合并",
                    f"merge with {found[match[1]][0].label}",
                    file=str(path),
                    value=match[1],
                )
            )
        else:
            found[match[1]] = (RegionFile(path, label, match[1], match[2]),)
    for (file,) in found.values():
        for above in [above for above in ancestors(file.code) if above not in found and not _optional(above)]:
            problems.add(
                Problem(
                    "region.parent",
                    f"缺少上级地区 {above} 的文件",
                    f"no file for the region above, {above}",
                    f"补建 {above}-….yaml",
                    f"add {above}-….yaml",
                    file=str(file.path),
                    value=file.code,
                )
            )
    return found


def _optional(code: str) -> bool:
    """A municipality has no prefecture between itself and its districts; nor has a directly governed county."""
    return level_of(code) == "prefecture" and (code[:2] in _MUNICIPALITIES or code[2:4] == _DIRECT)


def read_region(
    path: Path,
    label: str,
    expected: str | None,
    definitions: Mapping[str, ParameterDefinition],
    unusable: Collection[str],
    documents: Documents,
) -> RegionPage:
    """Read one region file. ``expected`` is the code in its name, None for an overlay of any name.

    Values of parameters whose definition is ``unusable`` are passed over.
    """
    problems = Problems()
    page, root = read_page(path, problems)
    if root is None:
        return RegionPage(Region(expected or NATIONAL, "", "", ""), {}, problems)
    what = ("地区文件", "the region file")
    fields = page.record(root, _KEYS, *what)
    region = _read_heading(page, root, fields, expected)
    found = RegionPage(region, {}, problems)
    reader = EntryReader(page, documents, region.code, label)
    entries = page.mapping(fields["parameters"], *what) if "parameters" in fields else {}
    if "parameters" not in fields:
        page.missing(root, "parameters", *what)
    for name, node in entries.items():
        if name in unusable:
            continue
        if name in definitions:
            found.values[name] = reader.read(definitions[name], node)
        else:
            near = nearest(name, definitions)
            problems.add(
                Problem(
                    "parameter.unknown",
                    "没有这个参数",
                    "no such parameter",
                    f"相近的：{near}" if near else "见 doudi law docs",
                    f"did you mean {near}" if near else "see doudi law docs",
                    file=page.file,
                    line=line_of(node),
                    value=name,
                )
            )
    return found


def _read_heading(page: Page, root: Node, fields: dict[str, Node], expected: str | None) -> Region:
    what = ("地区文件", "the region file")
    code, zh, en, level = (
        page.required_text(root, fields, key, *what) for key in ("region", "zh", "en", "level")
    )
    if code and not _CODE.fullmatch(code):
        page.fault(
            fields["region"],
            "region.code",
            "地区代码应为六位数字",
            "a region code has six digits",
            '写成 "610100"',
            'write it like "610100"',
            code,
        )
    elif code and expected is not None and code != expected:
        page.fault(
            fields["region"],
            "region.code",
            "地区代码与文件名不符",
            "the region code is not that of the file name",
            f"写 {expected} 或改文件名",
            f"write {expected}, or rename the file",
            code,
        )
    elif code and level and level != level_of(code):
        page.fault(
            fields["level"],
            "region.level",
            "level 与地区代码不符",
            "level does not fit the region code",
            f"写 {level_of(code)}",
            f"write {level_of(code)}",
            level,
        )
    parent = page.text(fields["parent"], *what) if "parent" in fields else None
    if code and parent is not None and parent not in (NATIONAL, *ancestors(code)):
        page.fault(
            fields["parent"],
            "region.parent",
            "parent 不是代码所示的上级",
            "parent is not above this code",
            "去掉 parent（由代码得出）",
            "leave out parent (the code tells it)",
            parent,
        )
    return Region(expected or code, zh, en, level_of(expected or code or NATIONAL))
