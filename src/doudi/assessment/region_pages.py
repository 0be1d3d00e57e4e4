"""The page of a region: what it says itself, what it leaves open, and its cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from doudi.assessment.catalogue import Said, catalogue, version_days
from doudi.assessment.gaps import gaps_of, left_open
from doudi.assessment.law_pages import (
    MARK,
    cases_of,
    days,
    finished,
    link,
    parameter_link,
    region_file,
    source_of,
    values,
)
from doudi.assessment.statute import all_parameters
from doudi.law import library
from doudi.rules.parameters import NATIONAL, Gap, Region

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def region_page(region: Region) -> str:
    """The page of one region."""
    page = region_file(region)
    lines = [MARK, "", f"# {region.zh} {region.en} {region.code}", ""]
    lines += [_chain(region, page), ""]
    if note := _note(page):
        lines += [note, ""]
    lines += [*_own_values(region, page), *_open(region, page), *cases_of(page)]
    return finished(lines)


def _chain(region: Region, page: str) -> str:
    names = []
    for above in all_parameters().chain(region.code):
        text = f"{above.zh} {above.code}"
        named = above.code in (NATIONAL, region.code)
        names.append(text if named else link(text, region_file(above), page))
    return " → ".join(names)


def _note(page: str) -> str:
    written = yaml.load((library.FOLDER / f"{page}.yaml").read_bytes(), Loader=_LOADER)
    return " ".join(str(written.get("note") or "").split())


def _own_values(region: Region, page: str) -> Iterator[str]:
    yield "## 本地数值 Its own values"
    yield ""
    own = catalogue().said_by(region.code)
    if not own:
        yield "没有自己的数值，用上级的 None; those of the levels above apply."
        yield ""
        return
    yield "| 参数 parameter | 日期 days | 数值 value | 依据 reference | 核对 checked |"
    yield "|---|---|---|---|---|"
    for name, entries in own.items():
        definition = catalogue().parameters[name]
        for entry in sorted(entries, key=lambda each: each.source.start):
            said = Said(region, entry)
            row = (parameter_link(name, page), days(said), values(definition, said).replace("|", "\\|"))
            yield f"| {' | '.join(row)} | {source_of(said)} |"
    yield ""


def _open(region: Region, page: str) -> Iterator[str]:
    """What has no value on the day from which the newest rules apply."""
    day = version_days()[-1]
    gaps = gaps_of(region.code, day)
    yield f"## 尚无数值 Without a value on {day.isoformat()}"
    yield ""
    if not gaps:
        yield "全部参数都有数值 Every parameter has a value."
        yield ""
        return
    affected = left_open(region.code, day)
    yield "| 参数 parameter | 代码 codes | 最后数值 last known | 因此可能无法确定 leaves open |"
    yield "|---|---|---|---|"
    for gap in gaps:
        touched = (name for name, parameters in affected.items() if gap.name in parameters)
        outcomes = "；".join(_outcome(name, page) for name in touched)
        yield f"| {parameter_link(gap.name, page)} | {_codes(gap)} | {_last(gap)} | {outcomes} |"
    yield ""


def _outcome(name: str, page: str) -> str:
    rule = catalogue().by_name[name][-1]
    return link(rule.formula.zh, rule.page, page, name)


def _codes(gap: Gap) -> str:
    every = gap.definition.by is not None and len(gap.codes) == len(gap.definition.by)
    return "全部 all" if every else ", ".join(gap.codes)


def _last(gap: Gap) -> str:
    return "" if gap.last is None else gap.definition.format(gap.last)
