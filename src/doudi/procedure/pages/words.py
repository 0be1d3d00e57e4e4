"""Pieces that the pages share: tables, references, lengths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from doudi.procedure.cases import ProcedureCase
from doudi.procedure.conditions import CONDITIONS
from doudi.procedure.model.stages import Need, Step, Validity
from doudi.procedure.procedure import Procedure
from doudi.rules.documents import Reference
from doudi.rules.parameters import DatedValue, ParameterDefinition

MARK = "<!-- Written by `doudi procedure docs`; do not edit. -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; signs that would break a cell are written so that they do not."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in lines
    )


def cited(reference: Reference | None) -> str:
    """A reference as people cite it, in Chinese; a reading by its label."""
    if reference is None:
        return ""
    if reference.document.kind == "reading":
        return f"兜底的理解 `{reference.article}`"
    short = reference.document.short or reference.document.title("zh")
    return short + reference.sentence("zh").removeprefix(reference.document.title("zh"))


def case_line(case: ProcedureCase) -> str:
    """One case in both languages with its source."""
    return f"- {case.zh}（`{case.source}`）  \n  {case.en}"


def role(rules: Procedure, name: str, lang: str = "zh") -> str:
    """The title of a role; empty for none."""
    if not name:
        return ""
    return rules.roles[name].zh if lang == "zh" else rules.roles[name].en


def span(validity: Validity) -> str:
    """The days on which something is law, empty when it always is."""
    start = f"{validity.start} 起" if validity.start else ""
    until = f"至 {validity.until}" if validity.until else ""
    return " ".join(part for part in (start, until) if part)


def value_of(definition: ParameterDefinition, entry: DatedValue) -> str:
    """A dated value with its unit, the day from which it holds, and whether it was checked against the text."""
    value = definition.format(entry.values.get(None), "zh")
    start = (
        f"{entry.source.start // 10_000}-{entry.source.start // 100 % 100:02d}-{entry.source.start % 100:02d}"
    )
    mark = "" if entry.source.verified else "，未核对"
    return f"{value}（{start} 起，{cited(entry.source.reference)}{mark}）"


def needed(rules: Procedure, step: Step, need: Need) -> str:
    """What must hold before a step, in Chinese."""
    when = span(need.validity)
    return _needed(rules, step, need) + (f"（{when}，{cited(need.reference)}）" if when else "")


def _needed(rules: Procedure, step: Step, need: Need) -> str:
    if need.kind == "done":
        return "已办：" + "、".join(_step_zh(rules, name) for name in need.names)
    if need.kind == "apart_from":
        return "不是以下环节的经手人：" + "、".join(_step_zh(rules, name) for name in need.names)
    if need.kind == "period_over":
        return "期满：" + "、".join(rules.clocks[name].zh for name in need.names)
    if need.kind == "fact":
        return "；".join(_fact(rules, name) for name in need.names)
    return "；".join(f"[{CONDITIONS[name].title_zh}](conditions.md#{name})" for name in need.names)


def _fact(rules: Procedure, wanted: str) -> str:
    name, _, values = wanted.partition("=")
    each = rules.inputs[name]
    return f"{each.zh}为" + "或".join(
        each.codes.get(value, ("是" if value == "True" else value, ""))[0] for value in values.split("|")
    )


def _step_zh(rules: Procedure, name: str) -> str:
    found = (machine.steps[name][0] for machine in rules.machines.values() if name in machine.steps)
    return next(found).zh
