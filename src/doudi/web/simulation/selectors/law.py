"""The parameters of a county that can be changed, searched by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doudi.assessment.statute import Statute
from doudi.rules.parameters import ParameterDefinition
from doudi.simulation.tables import parameter_name

USUAL = (
    "dibao.standard",
    "low_margin.multiple",
    "tekun.basic_multiple",
    "single.share",
    "rigid.ratio",
    "supplement.rate",
)
"""What is shown before anything was searched."""
SHORT = ("最低生活保障", "低保")
"""What officers write for the full term."""
SHOWN = 40
"""How many values a search shows."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that can be changed: of a parameter, or of one code of its table (``path`` as ``--set`` takes it).

    ``value``: today's in file units, empty where it is not set; ``today`` with its unit; ``options``: the values of one that is
    chosen, with their words; ``whole``: what is varied to reach a share, empty where it is no number that is set.
    """

    path: str
    name: str
    value: str
    today: str
    unit: str
    limits: str
    article: str
    options: tuple[tuple[str, str], ...]
    whole: str


def parameters(statute: Statute, language: str) -> dict[str, Parameter]:
    """All values of a law by their paths, in the order of their names."""
    return {one.path: one for one in _every(statute, language)}


def searched(statute: Statute, text: str, language: str) -> list[Parameter]:
    """Those whose path, name or description has every word of ``text`` in either language; the usual ones where it is empty."""
    words = text.casefold().split()
    every = parameters(statute, language)
    if not words:
        return [one for one in every.values() if _definition(statute, one.path).name in USUAL]
    return [one for path, one in every.items() if all(word in _said(statute, path) for word in words)]


def vary_name(statute: Statute, path: str, language: str) -> str:
    """What a parameter that is varied as a whole is called; its path where nobody knows it."""
    found = statute.resolved.definitions.get(path)
    return path if found is None else parameter_name(found, None, language)


def _every(statute: Statute, language: str) -> Iterator[Parameter]:
    for name in sorted(statute.resolved.definitions):
        definition = statute.resolved.definitions[name]
        for key in definition.cell_keys:
            yield _parameter(statute, definition, definition.code(key), language)


def _parameter(
    statute: Statute, definition: ParameterDefinition, code: str | None, language: str
) -> Parameter:
    resolved, unit = statute.resolved, definition.unit
    value = resolved.at(definition.name, code)
    written = "" if value is None else _written(definition, value)
    limits = f"{unit.number(definition.range[0])}–{unit.number(definition.range[1])}" if unit.numeric else ""
    return Parameter(
        definition.name if code is None else f"{definition.name}.{code}", parameter_name(definition, code, language), written,
        definition.format(value, language), unit.zh if language == "zh" else unit.en, limits, definition.reference.sentence(language),
        tuple(_options(definition, language)), definition.name if unit.numeric and value else "",
    )  # fmt: skip


def _written(definition: ParameterDefinition, value: int) -> str:
    """A value as it is written in files."""
    if definition.kind == "flag":
        return "true" if value else "false"
    if definition.choices is not None:
        return definition.choices.code(value)
    return definition.unit.number(value)


def _options(definition: ParameterDefinition, language: str) -> Iterator[tuple[str, str]]:
    if definition.kind == "flag":
        yield from (("true", definition.format(1, language)), ("false", definition.format(0, language)))
    elif definition.choices is not None:
        yield from ((code, definition.choices.label(code, language)) for code in definition.choices.codes)


def _definition(statute: Statute, path: str) -> ParameterDefinition:
    every = statute.resolved.definitions
    return every[path] if path in every else every[path.rpartition(".")[0]]


def _said(statute: Statute, path: str) -> str:
    definition = _definition(statute, path)
    code = None if path == definition.name else path.rpartition(".")[2]
    names = (parameter_name(definition, code, language) for language in ("zh", "en"))
    text = " ".join((path, *names, definition.description)).casefold()
    return f"{text} {text.replace(*SHORT)}"
