"""The survey sheet of a household: one A4 page that replaces the sheets of two departments, filled in with what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from doudi.documents import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Points,
    Signature,
    Signatures,
    Table,
)
from doudi.facts.vocabulary import Vocabulary

MOST_MEMBERS = 8
"""Rows of members that fit on the page; further ones are named in one line below."""
MOST_ASKED = 6
CHECKS: Sequence[tuple[str, str]] = (
    ("收入（近12个月）", "□与掌握的一致　□增加　□减少　原因：＿＿＿＿＿＿＿＿"),
    ("住房安全", "□安全　□C级　□D级　□其他：＿＿＿＿"),
    ("饮水安全", "□有保障　□没有保障：＿＿＿＿"),
    ("义务教育", "□无适龄儿童　□均在校　□有辍学：＿＿＿＿"),
    ("基本医疗", "□均参保　□未参保：＿＿＿＿　自付医疗费：＿＿＿＿元"),
    ("就业务工", "□稳定　□不稳定　□无人务工　务工人数：＿＿"),
    ("灾害事故", "□无　□有：＿＿＿＿　损失：＿＿＿＿元"),
    ("照料和服务需求", "□无　□助餐　□助洁　□助医　□照护　□其他：＿＿＿＿"),
)
FINDINGS = (
    "□维持现状　□申请低保、特困等救助　□临时救助　□转介部门：＿＿＿＿　□退出监测并跟踪　□其他：＿＿＿＿"
)


def sheet_of(
    task: Mapping[str, Any], members: Sequence[Mapping[str, Any]], place: str, day: date
) -> Document:
    """The sheet of one task (a row of ``TASKS``) with its members. ``place``: name of the county."""
    blocks: list[Block] = [
        Fields((
            ("村居", _text(task["village"])), ("家庭编号", _text(task["household_id"]) or _text(task["task_id"])),
            ("户主", _text(task["head"])), ("监测类别", _text(task["labels_zh"])),
            ("现有救助", _text(task["tiers_zh"])), ("拟归类", _text(task["places_zh"])),
        )),
        _members(members),
        *_more(members),
        Heading("入户核对", 2),
        Table((Column("项目", 2), Column("情况（在方框内打勾）", 8)), tuple((Cell(name, "strong"), Cell(said)) for name, said in CHECKS)),
        *_asked(task),
        Heading("调查意见", 2),
        Paragraph(FINDINGS),
        Signatures((Signature("调查对象"), Signature("调查人"), Signature("村（居）委会"), Signature("日期"))),
    ]  # fmt: skip
    return Document(
        "zh", "低收入人口和监测对象入户调查表", f"{place}民政、农业农村部门", _text(task["household_id"]), day, tuple(blocks),
        footer="一户一表，一次入户。部门掌握的材料不再向家庭索要。",
    )  # fmt: skip


def _members(members: Sequence[Mapping[str, Any]]) -> Table:
    columns = (
        Column("姓名", 2), Column("与户主关系", 2), Column("性别"), Column("出生日期", 2), Column("监测类别", 2), Column("现有救助", 3),
        Column("是否有变化", 2),
    )  # fmt: skip
    rows = [
        (
            Cell(_text(one["name"]), "strong"), Cell(_coded("relation", one["relation"])), Cell(_coded("sex", one["sex"])),
            Cell(one["born"].isoformat() if one["born"] else ""), Cell(_text(one["label_zh"])), Cell(_text(one["tier_zh"])),
            Cell("□是　□否"),
        )
        for one in members[:MOST_MEMBERS]
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _more(members: Sequence[Mapping[str, Any]]) -> list[Block]:
    rest = [_text(one["name"]) for one in members[MOST_MEMBERS:]]
    return [Paragraph(f"其余{len(rest)}人：{'、'.join(rest)}", "faint")] if rest else []


def _asked(task: Mapping[str, Any]) -> list[Block]:
    found = [each for each in _text(task["asks_zh"]).split("；") if each]
    if not found:
        return []
    bring = _text(task["bring_zh"])
    lead = "还不清楚、要向家庭了解的" + (f"（请准备：{bring}）" if bring else "")
    more = ("其余见任务清单",) if len(found) > MOST_ASKED else ()
    return [Points((*(f"{each}：＿＿＿＿＿＿＿＿＿＿" for each in found[:MOST_ASKED]), *more), lead=lead)]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _coded(codes: str, code: Any) -> str:
    found = Vocabulary.load().codes[codes]
    return found.label(str(code)) if code in found.codes else ""
