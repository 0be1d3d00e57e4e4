"""A parameter on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from doudi.assessment.catalogue import catalogue
from doudi.assessment.statute import all_parameters
from doudi.cli.law.words import (
    cell_data,
    checked,
    code_label,
    elastic,
    level_name,
    named,
    place_and_day,
    reference_data,
    said_data,
    span,
    values_of,
    where,
)
from doudi.cli.manner import say
from doudi.cli.options import day_of
from doudi.cli.output import table
from doudi.rules.parameters import NATIONAL, ParameterDefinition, Resolved, iso


def resolved(region: str | None, day: str | None) -> Resolved:
    """The parameters of a place (the nation, if none is named) on a day (today, if none is named)."""
    return all_parameters().resolve(region or NATIONAL, day_of(day) if day else date.today())


def data(name: str, region: str | None, day: str | None) -> dict[str, Any]:
    """Everything about a parameter as plain data; ``here`` is its value at the place and day, if either was named."""
    definition = catalogue().parameters[name]
    result = {
        "parameter": name,
        "zh": definition.zh,
        "en": definition.en,
        "description": definition.description,
        "unit": definition.unit.name,
        "by": None if definition.by is None else definition.by.name,
        "choices": None if definition.choices is None else list(definition.choices.codes),
        "range": _range(definition),
        "reference": reference_data(definition.reference),
        "read_by": list(catalogue().readers.get(name, ())),
        "entries": [said_data(definition, said) for said in catalogue().said(name)],
    }
    if region or day:
        settled = resolved(region, day)
        cells = [cell_data(definition, key, cell) for key, cell in settled.cells[name].items()]
        result["here"] = {"region": settled.region.code, "date": iso(settled.day), "cells": cells}
    return result


def lines(name: str, region: str | None, day: str | None, language: str) -> Iterator[str]:
    """The same as lines for the screen."""
    definition = catalogue().parameters[name]
    yield f"{named(definition, language)}  {name}"
    yield definition.description
    yield ""
    yield from _definition(definition, language)
    if region or day:
        yield ""
        yield from _here(definition, resolved(region, day), language)
    yield ""
    yield say(language, "各地各时期", "By region and date")
    yield _entries(definition, language, None if region is None else all_parameters().chain(region))


def _range(definition: ParameterDefinition) -> list[str] | None:
    return [definition.unit.number(bound) for bound in definition.range] if definition.unit.numeric else None


def _definition(definition: ParameterDefinition, language: str) -> Iterator[str]:
    unit = named(definition.unit, language) or definition.unit.name
    yield say(language, f"单位：{unit}", f"Unit: {unit}")
    bounds = _range(definition)
    if bounds:
        yield say(language, f"允许范围：{bounds[0]} 至 {bounds[1]}", f"Permitted: {bounds[0]} to {bounds[1]}")
    if definition.choices is not None:
        labels = (f"{code} {definition.choices.label(code, language)}" for code in definition.choices.codes)
        yield say(language, "可选：", "Choices: ") + say(language, "；", "; ").join(labels)
    sentence = definition.reference.sentence(language)
    yield say(language, "依据：", "Reference: ") + f"{sentence} [{definition.reference}]"
    readers = ", ".join(catalogue().readers.get(definition.name, ()))
    if readers:
        yield say(language, f"用于：{readers}", f"Read by: {readers}")


def _here(definition: ParameterDefinition, settled: Resolved, language: str) -> Iterator[str]:
    yield place_and_day(settled.region, iso(settled.day), language)
    rows = []
    for key, cell in settled.cells[definition.name].items():
        value = definition.format(cell.value, language) + elastic(definition, cell.elastic, language)
        source = cell.source
        if source is None:
            rows.append([code_label(definition, key, language), value, "", "", "", ""])
            continue
        rows.append([
            code_label(definition, key, language), value, level_name(source, language),
            source.reference.sentence(language), checked(source, language), where(source),
        ])  # fmt: skip
    yield table(_heads(language, "层级", "level"), rows)
    yield from (fault.sentence(language) for fault in settled.faults if fault.name == definition.name)


def _heads(language: str, zh: str, en: str) -> list[str]:
    if language == "zh":
        return ["代码", "数值", zh, "依据", "核对", "出处"]
    return ["code", "value", en, "reference", "checked", "file"]


def _entries(definition: ParameterDefinition, language: str, chain: Any) -> str:
    codes = None if chain is None else {region.code for region in chain}
    rows = []
    for said in catalogue().said(definition.name):
        if codes is not None and said.region.code not in codes:
            continue
        source = said.entry.source
        first = [f"{named(said.region, language)} {said.region.code}", span(source.start, source.until)]
        last = [source.reference.sentence(language), checked(source, language), where(source)]
        for code, value in values_of(definition, said.entry, language):
            rows.append([*first, code, value, *last])
            first, last = ["", ""], ["", "", ""]
    if not rows:
        return say(language, "没有任何数值", "no value anywhere")
    heads = ["地区", "日期", *_heads(language, "", "")[:2], *_heads(language, "", "")[3:]]
    if language == "en":
        heads[:2] = ["region", "days"]
    return table(heads, rows)
