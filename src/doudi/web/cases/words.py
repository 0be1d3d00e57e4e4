"""What stages, steps, inputs and their values are called."""

from __future__ import annotations

from typing import Any

from doudi import procedure
from doudi.procedure.model.stages import Step


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
    if kind.kind == "list":
        return ("、" if language == "zh" else ", ").join(value)
    if kind.kind == "steps":
        return "；".join(f"{month} {amount / 100:,.2f}" for month, amount in value)
    return str(value)


def _title(titled: Any, language: str) -> str:
    return str(titled.zh if language == "zh" else titled.en)
