"""Parameters, rules and references as words and as plain data, shared by the commands about the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from doudi.assessment.catalogue import Rule, Said, catalogue, reference_of
from doudi.cli.manner import say
from doudi.rules.documents import Reference
from doudi.rules.parameters import Cell, DatedValue, ParameterDefinition, Region, Source, iso


def named(what: Any, language: str) -> str:
    """The name of anything that has one in both languages."""
    return str(what.zh if language == "zh" else what.en)


def code_label(definition: ParameterDefinition, key: int | None, language: str) -> str:
    """The code of a cell with its label; empty for a single value."""
    code = definition.code(key)
    if code is None or definition.by is None:
        return ""
    return f"{definition.by.label(code, language)} {code}" if language == "zh" else code


def span(start: int, until: int | None) -> str:
    """First and last day of an entry."""
    return f"{iso(start)} – {iso(until) if until is not None else '…'}"


def day_or_none(day: int | None) -> str | None:
    """A day as ISO text, None for none."""
    return None if day is None else iso(day)


def checked(source: Source, language: str) -> str:
    """Whether somebody has compared the value with its text."""
    if source.verified:
        return say(language, "已核对", "verified")
    return say(language, "未核对", "unverified")


def level_name(source: Source, language: str) -> str:
    """The region that gives a value, or that the user gave it."""
    known = {region.code: named(region, language) for region in catalogue().regions}
    return known.get(
        source.level, say(language, "本次设定", "set by the user") if source.level == "set" else source.level
    )


def place_and_day(region: Region, day: str, language: str) -> str:
    """A heading with the region and the day of which something is told."""
    return say(language, "，", ", ").join((f"{named(region, language)} {region.code}", day))


def where(source: Source) -> str:
    """File and line of a value."""
    return f"{source.file}:{source.line}" if source.line is not None else source.file


def values_of(definition: ParameterDefinition, entry: DatedValue, language: str) -> Iterator[tuple[str, str]]:
    """The cells of an entry: code with label, and value with its elastic range."""
    for key, value in entry.values.items():
        text = definition.format(value, language)
        yield (
            code_label(definition, key, language),
            text + elastic(definition, entry.elastic.get(key), language),
        )


def elastic(definition: ParameterDefinition, bounds: tuple[int, int] | None, language: str) -> str:
    """The range within which a region may choose, as an addition to a value."""
    if bounds is None:
        return ""
    low, high = (definition.unit.number(bound) for bound in bounds)
    return say(language, f"（可在 {low} 至 {high} 间选择）", f" (chosen from {low} to {high})")


def reference_data(reference: Reference) -> dict[str, Any]:
    """A reference as plain data."""
    return {"id": str(reference), "zh": reference.sentence("zh"), "en": reference.sentence("en")}


def source_data(source: Source | None) -> dict[str, Any] | None:
    """Where a value comes from, as plain data."""
    if source is None:
        return None
    data = {
        "level": source.level,
        "from": iso(source.start),
        "until": day_or_none(source.until),
        "reference": reference_data(source.reference),
        "verified": source.verified,
        "file": source.file,
        "line": source.line,
    }
    return data | {key: text for key, text in (("url", source.url), ("note", source.note)) if text}


def value_data(definition: ParameterDefinition, value: int | None) -> Any:
    """A value in file units: text of a number, true or false, the code of a choice, None when unset."""
    if value is None:
        return None
    if definition.kind == "flag":
        return bool(value)
    if definition.choices is not None:
        return definition.choices.code(value)
    return definition.unit.number(value)


def cell_data(definition: ParameterDefinition, key: int | None, cell: Cell) -> dict[str, Any]:
    """A settled value with its source, as plain data."""
    bounds = None if cell.elastic is None else [definition.unit.number(bound) for bound in cell.elastic]
    return {
        "code": definition.code(key),
        "value": value_data(definition, cell.value),
        "elastic": bounds,
        "taken_from": definition.code(cell.taken_from),
        "source": source_data(cell.source),
    }


def said_data(definition: ParameterDefinition, said: Said) -> dict[str, Any]:
    """A dated entry of a region, as plain data."""
    values = [
        {"code": definition.code(key), "value": value_data(definition, value)}
        for key, value in said.entry.values.items()
    ]
    return {"region": said.region.code, "values": values, "source": source_data(said.entry.source)}


def period(rule: Rule, language: str) -> str:
    """The days on which a version of a rule applies; empty when always."""
    first, end = rule.formula.since, rule.formula.until
    words = []
    if first is not None:
        words.append(say(language, f"自 {first.isoformat()} 起", f"from {first.isoformat()}"))
    if end is not None:
        words.append(say(language, f"至 {_day_before(end)} 止", f"until {_day_before(end)}"))
    return say(language, "，", ", ").join(words)


def _day_before(end: date) -> str:
    return date.fromordinal(end.toordinal() - 1).isoformat()


def citations_of(rule: Rule, language: str) -> Iterator[str]:
    """The references of a rule as sentences, with the last day of those that end."""
    for written in rule.formula.references:
        reference, until = reference_of(written)
        end = say(language, f"（适用至 {until}）", f" (until {until})") if until else ""
        yield f"{reference.sentence(language)}{end} [{reference}]"


def rule_data(rule: Rule) -> dict[str, Any]:
    """A version of a rule as plain data."""
    formula = rule.formula
    references = [reference_of(written) for written in formula.references]
    return {
        "name": rule.name,
        "zh": formula.zh,
        "en": formula.en,
        "entity": formula.entity,
        "kind": formula.kind,
        "test": formula.is_test,
        "file": f"{rule.page}.py",
        "since": None if formula.since is None else formula.since.isoformat(),
        "until": None if formula.until is None else _day_before(formula.until),
        "references": [{**reference_data(found), "until": until or None} for found, until in references],
        "facts": list(rule.facts),
        "rules": list(rule.rules),
        "parameters": list(rule.parameters),
    }
