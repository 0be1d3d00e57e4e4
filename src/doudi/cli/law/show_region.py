"""A region on the screen: its place, and what it says itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doudi.assessment.catalogue import Said, catalogue
from doudi.assessment.statute import all_parameters
from doudi.cli.faults import CommandError
from doudi.cli.law.words import checked, named, said_data, span, values_of, where
from doudi.cli.manner import say
from doudi.cli.options import day_of
from doudi.cli.output import table
from doudi.rules.errors import Problem, RegionError, nearest
from doudi.rules.parameters import Region


def region_or_nothing(name: str) -> str:
    """The code of the region of that name.

    Raises:
        CommandError: nothing is known under the name: neither parameter, rule, document nor region.
    """
    try:
        return all_parameters().region(name).code
    except RegionError as error:
        if error.problems[0].code == "region.ambiguous":
            raise
        regions = [text for region in catalogue().regions for text in (region.zh, region.en, region.code)]
        near = nearest(name, [*catalogue().parameters, *catalogue().by_name, *regions])
        raise CommandError([
            Problem(
                "law.unknown_name", "没有这个参数、规则、地区或文件", "no parameter, rule, region or document of this name",
                f"相近的：{near}" if near else "名称见 doudi law docs 写出的目录",
                f"did you mean {near}" if near else "see the catalogue that doudi law docs writes", value=name,
            )
        ]) from None  # fmt: skip


def data(code: str, day: str | None) -> dict[str, Any]:
    """A region as plain data; with ``day`` only what holds on that day."""
    chain = all_parameters().chain(code)
    entries = {
        name: [said_data(catalogue().parameters[name], said) for said in each]
        for name, each in _said(chain[-1], day)
    }
    return {
        "region": chain[-1].code,
        "zh": chain[-1].zh,
        "en": chain[-1].en,
        "level": chain[-1].level,
        "chain": [region.code for region in chain],
        "parameters": entries,
    }


def lines(name: str, day: str | None, language: str) -> Iterator[str]:
    """The same as lines for the screen."""
    chain = all_parameters().chain(region_or_nothing(name))
    region = chain[-1]
    yield f"{named(region, language)} {region.code}"
    yield " → ".join(f"{named(above, language)} {above.code}" for above in chain)
    rows = []
    for parameter, entries in _said(region, day):
        definition = catalogue().parameters[parameter]
        for said in entries:
            source = said.entry.source
            first = [f"{named(definition, language)} {parameter}", span(source.start, source.until)]
            last = [source.reference.sentence(language), checked(source, language), where(source)]
            for code, value in values_of(definition, said.entry, language):
                rows.append([*first, code, value, *last])
                first, last = ["", ""], ["", "", ""]
    heads = say(
        language, "参数 日期 代码 数值 依据 核对 出处", "parameter days code value reference checked file"
    ).split()
    yield ""
    yield (
        table(heads, rows)
        if rows
        else say(language, "没有自己的数值，用上级的", "no value of its own; those above apply")
    )


def _said(region: Region, day: str | None) -> Iterator[tuple[str, list[Said]]]:
    on = None if day is None else int(day_of(day).strftime("%Y%m%d"))
    for name, entries in catalogue().said_by(region.code).items():
        held = [Said(region, entry) for entry in entries if on is None or entry.source.covers(on)]
        if held:
            yield name, held
