"""What stages, steps, inputs and their values are called."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.assessment.statute import all_parameters
from doudi.procedure.model.stages import Step
from doudi.web.registry.law import law_for

REMEDIES: dict[str, str | Promise] = {"reconsideration": _("行政复议"), "litigation": _("行政诉讼")}
"""The remedies that a refusal tells."""


def kind_word(kind: str, language: str) -> str:
    """What a kind of case is called."""
    return _title(procedure.procedure().machine(kind), language)


def stage_word(kind: str, stage: str, language: str) -> str:
    """What a stage is called."""
    return _title(procedure.procedure().machine(kind).stages[stage], language)


def step_word(kind: str, step: str, language: str) -> str:
    """What a step is called, by its newest version."""
    versions: tuple[Step, ...] = procedure.procedure().machine(kind).steps.get(step, ())
    return _title(versions[-1], language) if versions else step


def role_word(role: str, language: str) -> str:
    """What a role of the procedure is called; empty for none."""
    found = procedure.procedure().roles.get(role)
    return _title(found, language) if found else ""


def clock_word(clock: str, language: str) -> str:
    """What a clock is called; empty for none."""
    found = procedure.procedure().clocks.get(clock)
    return _title(found, language) if found else ""


def paper_word(kind: str, language: str) -> str:
    """What a document is called."""
    return _title(procedure.procedure().documents[kind], language)


def input_word(name: str, language: str) -> str:
    """What an input is called."""
    return _title(procedure.procedure().inputs[name], language)


def value_word(name: str, value: Any, language: str) -> str:
    """A value that was filled in, as people read it."""
    kind = procedure.procedure().inputs[name]
    if kind.kind == "flag":
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    if kind.kind == "money":
        return f"{value / 100:,.2f}{' 元' if language == 'zh' else ' yuan'}"
    if kind.kind == "code":
        return kind.codes.get(value, (value, value))[0 if language == "zh" else 1]
    if name in ("turns_on", "settles"):
        return ("；" if language == "zh" else "; ").join(path_word(path, language) for path in value)
    if name == "papers":
        return ("、" if language == "zh" else ", ").join(asked_word(paper, language) for paper in value)
    if name == "remedies":
        return ("、" if language == "zh" else ", ").join(str(REMEDIES.get(each, each)) for each in value)
    if kind.kind == "list":
        return ("、" if language == "zh" else ", ").join(value)
    if kind.kind == "steps":
        return "；".join(f"{month} {amount / 100:,.2f}" for month, amount in value)
    return str(value)


def asked_word(paper: str, language: str) -> str:
    """What a paper of the catalogue is called; another as it was written."""
    found = procedure.procedure().papers.get(paper)
    return _title(found, language) if found else paper


def path_word(path: str, language: str) -> str:
    """What an elastic parameter is called, with the code of its cell."""
    definitions = all_parameters().definitions
    whole = path in definitions
    name, code = (path, "") if whole else (path.rpartition(".")[0], path.rpartition(".")[2])
    definition = definitions.get(name)
    if definition is None:
        return path
    label = _title(definition, language)
    if not code or definition.by is None:
        return label
    told = definition.by.label(code, language)
    return f"{label}（{told}）" if language == "zh" else f"{label} ({told})"


def elastic_paths(county: str, day: date, language: str) -> list[tuple[str, str]]:
    """The elastic parameters of a county on a day, with what they are called."""
    values = law_for(county, day).resolved.elastic_values()
    paths = [each.name if each.code is None else f"{each.name}.{each.code}" for each in values]
    return [(path, path_word(path, language)) for path in paths]


def programme_word(code: str, language: str) -> str:
    """What a programme of the procedure is called; empty for none."""
    titles = procedure.procedure().inputs["programme"].codes.get(code)
    return "" if titles is None else titles[0 if language == "zh" else 1]


def _title(titled: Any, language: str) -> str:
    return str(titled.zh if language == "zh" else titled.en)
