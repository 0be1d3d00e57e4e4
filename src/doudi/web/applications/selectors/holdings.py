"""All that is held about a household, as plain data and as a document, for the household itself (个人信息保护法 art. 45)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.documents import Block, Cell, Column, Document, Fields, Heading, Paragraph, Table
from doudi.web.accounts.models import Region
from doudi.web.applications.declared import declaration_of
from doudi.web.applications.models import Attachment, Authorisation
from doudi.web.cases.models import Case
from doudi.web.cases.words import kind_word, stage_word
from doudi.web.registry.known import Subject, source_name
from doudi.web.registry.models import Household
from doudi.web.registry.programmes import programme_name
from doudi.web.registry.selectors import ledger
from doudi.web.registry.selectors.files import File, Member
from doudi.web.registry.selectors.looks import looks
from doudi.web.registry.tiering import code_word

MOST_LOOKS = 1000


def as_data(home: Household) -> dict[str, Any]:
    """Everything, by the names under which it is stored; sums in yuan as text."""
    file = File(home)
    return {
        "household": {
            "number": home.number, "village": home.village, "address": home.address, "area": home.area,
            "taken_on": timezone.localdate().isoformat(), "facts": _facts(file.known.household),
            "tags": [kind.zh for _tag, kind in file.tags],
        },
        "members": [_member(file, each) for each in file.members],
        "items": [_plain(item.columns) for item in file.known.items],
        "benefits": [
            {"month": f"{each.month:%Y-%m}", "programme": each.programme, "amount": _yuan(each.amount), "source": each.source}
            for year in ledger.years(home) for each in year.paid
        ],
        "cases": [_case(each) for each in _cases(home)],
        "authorisations": [
            {
                "person": each.person.name, "signed_at": each.signed_at.isoformat(), "valid_until": each.valid_until.isoformat(),
                "refused_sources": each.refused,
                "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            }
            for each in Authorisation.objects.filter(household=home).select_related("person").order_by("pk")
        ],
        "files": [
            {"kind": each.kind, "size": each.size, "at": each.at.isoformat()}
            for each in Attachment.objects.filter(household=home, removed_at__isnull=True).defer("sealed").order_by("pk")
        ],
        "looks": [
            {"at": each.at.isoformat(), "who": each.name, "role": each.role, "office": each.office, "what": str(each.word),
             "reason": each.reason}
            for each in looks(None, MOST_LOOKS)
        ],
    }  # fmt: skip


def as_document(home: Household, language: str) -> Document:
    """The same on paper: members, what is known with its source, benefits, cases, who looked."""
    file = File(home)
    county = Region.objects.filter(code=home.county.ljust(12, "0")).first()
    blocks: list[Block] = [
        Fields(((_("家庭编号"), home.number), (_("住址"), home.address or "—"))),
        Heading(_("成员")),
        _table((_("姓名"), _("与户主关系"), _("出生日期")), [
            (each.person.name, code_word("person", "relation", each.relation, language), str(each.person.born or "—"))
            for each in file.members
        ]),
    ]  # fmt: skip
    names = {each.person.number: each.person.name for each in file.members}
    for subject in file.known.subjects():
        blocks.append(Heading(names.get(subject.number, _("全家")), level=2))
        blocks.append(_table((_("项目"), _("内容"), _("来源")), _lines(subject, language)))
    blocks += [Heading(_("领取的救助")), _benefits(home, language), Heading(_("办件"))]
    blocks.append(_table((_("编号"), _("事项"), _("阶段")), [
        (each.number, kind_word(each.kind, language), stage_word(each.kind, each.stage, language)) for each in _cases(home)
    ]))  # fmt: skip
    blocks += [Heading(_("谁看过")), _table((_("时间"), _("单位"), _("事项")), [
        (f"{timezone.localtime(each.at):%Y-%m-%d %H:%M}", each.office or "—", str(each.word)) for each in looks(None, MOST_LOOKS)
    ])]  # fmt: skip
    spoken: Any = "zh" if language == "zh" else "en"
    return Document(
        spoken,
        _("本户个人信息"),
        f"{county.name if county else home.county}民政局",
        home.number,
        timezone.localdate(),
        tuple(blocks),
    )


def _member(file: File, member: Member) -> dict[str, Any]:
    person = member.person
    return {
        "name": person.name, "relation": member.relation, "sex": person.sex,
        "born": person.born.isoformat() if person.born else None, "id_number": person.plain("id_number"),
        "phone": person.plain("phone"), "account": person.plain("account"), "facts": _facts(file.subject_of(member)),
    }  # fmt: skip


def _benefits(home: Household, language: str) -> Block:
    rows = [
        (f"{each.month:%Y-%m}", programme_name(each.programme), _yuan(each.amount))
        for year in ledger.years(home)
        for each in year.paid
    ]
    return _table((_("月份"), _("项目"), _("金额（元）")), rows)


def _table(titles: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> Block:
    if not rows:
        return Paragraph(_("没有。"))
    return Table(
        tuple(Column(title) for title in titles),
        tuple(tuple(Cell(str(text or "—")) for text in row) for row in rows),
    )


def _lines(subject: Subject, language: str) -> list[tuple[str, ...]]:
    return [
        (
            each.fact.zh if language == "zh" else each.fact.en,
            each.shown(language),
            source_name(each.source, language),
        )
        for told in subject.by_fact.values()
        for each in told
    ]


def _facts(subject: Subject) -> list[dict[str, Any]]:
    return [
        {
            "fact": each.fact.column,
            "value": each.value,
            "source": each.source,
            "period": each.period,
            "used": each.used,
        }
        for each in subject.tellings
    ]


def _cases(home: Household) -> list[Case]:
    return list(Case.objects.filter(household=home).exclude(kind="warning").order_by("pk"))


def _case(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "kind": case.kind, "stage": case.stage, "opened_at": case.opened_at.isoformat(),
        "steps": [{"step": row.step, "at": row.at.isoformat(), "inputs": dict(row.inputs)} for row in case.taken.order_by("number")],
        "declared": declaration_of(case),
    }  # fmt: skip


def _plain(columns: Any) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if value is not None}


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
