"""Documents of the chain: the referral to an office and its answer. They are written from what the office was told alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from doudi import procedure
from doudi.documents import Block, Cell, Column, Fields, Paragraph, Table
from doudi.programmes.catalogue import catalogue
from doudi.programmes.standing import STATES
from doudi.web.cases.papers.composing import composes
from doudi.web.cases.papers.draft import Draft
from doudi.web.registry.templatetags.registry import yuan


@composes("referral_order")
def referral_order(draft: Draft) -> tuple[Block, ...]:
    """Who, which matters, what the rules find, the recognition that stands, and until when."""
    told = draft.case.referral.told()
    pairs = (
        ("转办单位", _office(draft)), ("办理事项", _matters(draft.facts["matters"])), ("家庭编号", told["household"]),
        ("住址所在", told["place"]), ("已认定类别", told["tier"] or "未认定"), ("认定数据日期", told["recognised_on"]),
        ("接收期限", _until(draft)),
    )  # fmt: skip
    law = Paragraph(
        "已确认的低收入人口类别信息共享互认，贵单位可以不再重复审核其家庭经济状况（社会救助法第四十二条）；"
        "核对可以核实的情况，不得要求救助对象提供（第六十二条）。"
    )
    return (Fields(pairs), _members(told["members"]), _lines(told["lines"]), law)


@composes("referral_answer")
def referral_answer(draft: Draft) -> tuple[Block, ...]:
    """The office's result with the sum and the reason."""
    stage = draft.standing.stage
    amount = draft.facts.get("amount")
    pairs = (
        ("答复单位", _office(draft)), ("办理事项", _matters(draft.case.referral.programmes)), ("结果", stage.zh),
        ("金额（元）", yuan(amount) if isinstance(amount, int) else "—"),
    )  # fmt: skip
    return (Fields(pairs), Paragraph(f"理由：{draft.facts['reason']}"))


def _office(draft: Draft) -> str:
    return catalogue().organisations[draft.case.referral.office].zh


def _matters(names: Iterable[Any]) -> str:
    return "、".join(catalogue().programmes[str(name)].zh for name in names)


def _until(draft: Draft) -> str:
    found = procedure.readings(procedure.procedure(), draft.known, draft.known.events[-1].at)
    due = next((each.due for each in found if each.run.clock.name == "referral_receive"), None)
    return due.day.isoformat() if due else "没有规定期限"


def _members(members: list[dict[str, str]]) -> Table:
    columns = (Column("姓名", 2), Column("身份证号", 3), Column("出生日期", 2))
    rows = tuple((Cell(each["name"]), Cell(each["id"]), Cell(each["born"])) for each in members)
    return Table(columns, rows, "家庭成员")


def _lines(lines: list[dict[str, Any]]) -> Table:
    columns = (Column("项目", 3), Column("测算", 2), Column("应享（元）", 2, "right"), Column("依据", 4))
    rows = tuple(
        (
            Cell(catalogue().programmes[each["programme"]].zh),
            Cell(STATES[each["state"]][0]),
            Cell(yuan(each["due"])),
            Cell("；".join(each["reference"])),
        )
        for each in lines
    )
    return Table(columns, rows, "按规则测算")
