"""How standings and statements are told: plain data, and sentences in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doudi.assessment.sentences import money, row_label, sentence
from doudi.facts.vocabulary import Vocabulary
from doudi.programmes.catalogue import GROUPS, catalogue
from doudi.programmes.cliff import Cliff, Fall
from doudi.programmes.entries import ACCESS, DECIDERS, FORMS, PERIODS, STAGES, UNITS, Programme
from doudi.programmes.law import all_parameters
from doudi.programmes.relations import KINDS
from doudi.programmes.standing import STATES, Standing, Standings
from doudi.programmes.statement import Line, Statement, Sum
from doudi.programmes.waterfall import OTHER, Waterfall, waterfall


def pick(pair: tuple[str, str], lang: str) -> str:
    """One of two texts."""
    return pair[0] if lang == "zh" else pair[1]


def yuan(fen: int | None) -> str | None:
    """An amount in yuan with two decimals as text; None stays None."""
    return None if fen is None else f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def shown(fen: int | None, lang: str) -> str:
    """An amount on the screen; what is not known says so."""
    return pick(("待定", "open"), lang) if fen is None else money(fen, lang)


def named(name: str, lang: str) -> str:
    """A fact or parameter as people call it."""
    fact = Vocabulary.load().facts.get(name)
    if fact is not None:
        return pick((fact.zh, fact.en), lang)
    definition = all_parameters().definitions.get(name)
    return name if definition is None else pick((definition.zh, definition.en), lang)


def programme_data(one: Programme, lang: str = "zh") -> dict[str, Any]:
    """All that the catalogue says of a programme."""
    organisation = catalogue().organisations[one.organisation]
    return {
        "id": one.id,
        "zh": one.zh,
        "en": one.en,
        "group": {"id": one.group, "name": pick(GROUPS[one.group], lang)},
        "organisation": {"id": organisation.id, "zh": organisation.zh, "en": organisation.en},
        "decides": pick(DECIDERS[one.decides], lang),
        "access": one.access,
        "period": one.period,
        "unit": one.unit,
        "form": one.form,
        "documents": [
            {"zh": each.zh, "en": each.en, "held_by": each.held_by, "asked": each.asked}
            for each in one.documents
        ],
        "funding": [_funding(each) for each in one.funding],
        "references": [each.sentence(lang) for each in one.references],
        "region": one.region,
        "time_limit": one.time_limit.text(lang) if one.time_limit else None,
        "relations": [
            {
                "with": each.other if each.one == one.id else each.one,
                "kinds": list(each.kinds),
                "text": each.sentence(lang),
            }
            for each in catalogue().relations.of(one.id)
        ],
    }


def _funding(one: Any) -> dict[str, Any]:
    shares = {
        name: f"{getattr(one, name) / 100:g}%"
        for name in ("central", "province", "prefecture", "county", "own")
    }
    return {"since": one.since, **shares, "verified": one.verified}


def programme_lines(one: Programme, lang: str) -> Iterator[str]:
    """A programme as ``doudi programmes show`` writes it."""
    data = programme_data(one, lang)
    organisation = catalogue().organisations[one.organisation]
    yield f"{one.name(lang)}  {one.id}"
    yield f"{pick(('组别', 'group'), lang)}: {data['group']['name']}"
    yield f"{pick(('主管', 'organisation'), lang)}: {pick((organisation.zh, organisation.en), lang)}"
    yield f"{pick(('决定', 'decides'), lang)}: {data['decides']} · {pick(ACCESS[one.access], lang)}"
    form = (UNITS[one.unit], PERIODS[one.period], FORMS[one.form])
    yield f"{pick(('方式', 'form'), lang)}: {' · '.join(pick(pair, lang) for pair in form)}"
    if data["time_limit"]:
        yield f"{pick(('时限', 'time limit'), lang)}: {data['time_limit']}"
    for document in one.documents:
        holder = catalogue().organisations.get(document.held_by)
        whose = ("申请人提供", "asked of the applicant")
        if holder is not None:
            whose = (f"由{holder.zh}提供，不向申请人索取", f"from {holder.en}, not asked")
        yield f"{pick(('材料', 'document'), lang)}: {pick((document.zh, document.en), lang)}（{pick(whose, lang)}）"
    yield f"{pick(('依据', 'reference'), lang)}: {'、'.join(reference.sentence(lang) for reference in one.references)}"
    for relation in catalogue().relations.of(one.id):
        kinds = "、".join(pick(KINDS[kind], lang) for kind in relation.kinds)
        yield f"{pick(('关系', 'relation'), lang)}: {relation.sentence(lang)}（{kinds}）"


def standing_data(one: Standing, of: Standings, lang: str) -> dict[str, Any]:
    """One standing as plain data."""
    return {
        "programme": one.programme.id,
        "name": one.programme.name(lang),
        "row": one.row,
        "whom": row_label(of.household, "household" if one.row is None else "person", one.row, lang),
        "state": one.state,
        "due": yuan(one.due),
        "held": yuan(one.held),
        "missing": list(one.missing),
        "gives_way_to": one.to,
        "failed": []
        if one.state != "not_due"
        else [sentence(of.reasons, result, lang) for result in of.failed(one)],
    }


def sum_line(one: Sum, of: Statement, lang: str) -> tuple[str, ...]:
    """A row of the table of programmes."""
    return (
        one.programme.name(lang), whom(one, of, lang), shown(one.received, lang), shown(one.due, lang), pick(STATES[one.state], lang),
    )  # fmt: skip


def whom(one: Sum | Line, of: Statement, lang: str) -> str:
    """The household or the member."""
    return row_label(of.household, "household" if one.row is None else "person", one.row, lang)


def statement_data(of: Statement, lang: str) -> dict[str, Any]:
    """A statement as plain data: amounts in yuan with two decimals."""
    return {
        "household": of.household.id,
        "year": of.year,
        "until": of.until.isoformat(),
        "kinds": of.kinds,
        "received": yuan(of.received),
        "due": yuan(of.due),
        "programmes": [
            {
                "programme": one.programme.id, "name": one.programme.name(lang), "form": one.programme.form,
                "whom": whom(one, of, lang), "received": yuan(one.received), "due": yuan(one.due), "state": one.state,
                "missing": [named(name, lang) for name in one.missing],
            }
            for one in of.sums
        ],
        "payments": [
            {"programme": one.programme.id, "name": one.programme.name(lang), "whom": whom(one, of, lang),
             "date": one.day.isoformat(), "received": yuan(one.received), "due": yuan(one.due)}
            for one in of.lines
        ],
        "waterfall": waterfall_data(waterfall(of.last), lang),
        "standings": [standing_data(one, of.last, lang) for one in of.last.standings],
    }  # fmt: skip


_OTHER = ("补充和商业保险", "supplementary and commercial insurance")


def stage_name(stage: str, lang: str) -> str:
    """How a step of the waterfall is called."""
    return pick(_OTHER if stage == OTHER else STAGES[stage], lang)


def waterfall_data(of: Waterfall, lang: str) -> dict[str, Any]:
    """The waterfall as plain data."""
    return {
        "cost": yuan(of.cost),
        "steps": [
            {
                "stage": step.stage,
                "name": stage_name(step.stage, lang),
                "paid": yuan(step.paid),
                "left": yuan(step.left),
                "programmes": [
                    {"programme": one.id, "name": one.name(lang), "paid": yuan(paid)}
                    for one, paid in step.programmes
                ],
                "missing": [named(name, lang) for name in step.missing],
            }
            for step in of.steps
        ],
        "left": yuan(of.left),
    }


def waterfall_lines(of: Waterfall, lang: str) -> Iterator[str]:
    """The waterfall in lines; nothing without a cost."""
    if of.cost == 0:
        return
    yield pick(("医疗费用", "Cost of illness"), lang) + f": {shown(of.cost, lang)}"
    for step in of.steps:
        yield f"- {stage_name(step.stage, lang)}: {shown(step.paid, lang)} → {shown(step.left, lang)}"
    yield pick(("家庭负担", "Left to the family"), lang) + f": {shown(of.left, lang)}"


def fall_line(one: Fall, lang: str) -> str:
    """Where something is lost, how much, and of which programmes."""
    lost = "、".join(f"{each.name(lang)} {shown(amount, lang)}" for each, amount in one.programmes)
    zh = f"劳动收入过 {shown(one.below, lang)}，全年净减 {shown(one.lost, lang)}（有渐退期 {shown(one.stepped, lang)}）：{lost}"
    en = f"past {shown(one.below, lang)} of earnings {shown(one.lost, lang)} a year are lost ({shown(one.stepped, lang)} with the step-down): {lost}"
    return pick((zh, en), lang)


def cliff_data(of: Cliff, lang: str) -> dict[str, Any]:
    """The cliff view as plain data."""
    return {
        "household": of.household.id,
        "earner": of.earner + 1,
        "most": yuan(of.most),
        "points": [{"earnings": yuan(one.earnings), "net": yuan(one.net), "stepped": yuan(one.stepped)} for one in of.points],
        "falls": [
            {
                "below": yuan(one.below), "above": yuan(one.above), "lost": yuan(one.lost), "stepped": yuan(one.stepped),
                "programmes": [{"programme": each.id, "name": each.name(lang), "lost": yuan(amount)} for each, amount in one.programmes],
            }
            for one in of.falls
        ],
        "missing": [named(name, lang) for name in of.missing],
    }  # fmt: skip
