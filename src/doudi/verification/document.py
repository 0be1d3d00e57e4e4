"""The report as a document for the clerk and for the household: what was asked, what was found, what to do if it is wrong.

Numbers are masked. Items that nobody declared and nobody found are told in one line for each member, so that what matters
stands out; items without an answer are always told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from doudi.documents import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Figure,
    Figures,
    Heading,
    Notice,
    Paragraph,
    Points,
    Signature,
    Signatures,
    Table,
)
from doudi.facts.vocabulary import Vocabulary
from doudi.verification.catalogue import GROUPS, items
from doudi.verification.document_results import member_blocks, result_row, shown, title_of
from doudi.verification.document_words import TONES, money, words
from doudi.verification.masking import masked_id
from doudi.verification.report import Report
from doudi.verification.results import OUTCOME_WORDS, REASONS, Result
from doudi.verification.sources import STATES

Language = Literal["zh", "en"]
_ANSWERED: dict[str, Any] = {"answered": "good", "out_of_scope": "faint"}


def document_of(report: Report, language: Language = "zh", today: date | None = None) -> Document:
    """The document of a report, as it stands ``today``: an expired report says so at its head."""
    say = words(language)
    signatures = Signatures((Signature(say["clerk"]), Signature(say["reviewer"]), Signature(say["day"])))
    return Document(
        language=language,
        title=say["title"] if report.data["refers_to"] is None else say["title_again"],
        issuer=say["issuer"].format(place=report.data[f"region_{language}"]),
        number=f"{say['number']} {report.number}",
        made_on=report.made_on,
        blocks=(*blocks_of(report, language, today), signatures),
        footer=footer_of(report, language),
    )


def blocks_of(report: Report, language: Language = "zh", today: date | None = None) -> tuple[Block, ...]:
    """All that a report says, without the places to sign: for a document that is numbered and signed elsewhere."""
    return (
        *_head(report, language, today), *_summary(report, language), *_members(report, language),
        *_together(report, language), *_supporters(report, language), *_sources(report, language),
        *_changes(report, language), *_advice(report, language),
    )  # fmt: skip


def footer_of(report: Report, language: Language = "zh") -> str:
    """The line by which the report can be held against its hash."""
    return words(language)["footer"].format(number=report.number, sha=report.sha256)


def _head(report: Report, language: Language, today: date | None) -> list[Block]:
    say, data = words(language), report.data
    blocks: list[Block] = []
    until = report.valid_until
    if today is not None and report.expired(today):
        text = say["expired_text"].format(until=until, today=today)
        blocks.append(Notice(say["expired"], text, "attention"))
    if data["refers_to"]:
        text = say["refers_text"].format(
            number=data["refers_to"]["number"],
            sha=data["refers_to"]["sha256"][:16],
            objections=len(data["objections"]),
        )
        blocks.append(Notice(say["refers"], text))
    authority = data["authorisation"]
    pairs = (
        (say["made_on"], data["made_on"]),
        (say["until"], until.isoformat() if until else say["no_until"]),
        (say["authority"], authority["number"]),
        (say["authority_days"], f"{authority['signed_on']} — {authority['valid_until']}"),
        (say["purpose"], authority["purpose"]),
        (say["evidence_day"], data["evidence_day"] or say["unknown"]),
        (say["made_by"], data["made_by"]),
        (say["household"], data["household_id"]),
    )
    return [*blocks, Fields(pairs), _who(report, language)]


def _who(report: Report, language: Language) -> Table:
    say, data = words(language), report.data
    signed = {each["person_id"]: each for each in data["authorisation"]["signed"]}
    names = {each["person_id"]: each["name"] for each in data["members"]}
    rows = []
    for member in data["members"]:
        signature = signed[member["person_id"]]
        by = (
            say["self"]
            if signature["by"] == "self"
            else f"{say['guardian']} {names.get(signature['by'], signature['by'])}"
        )
        rows.append((
            Cell(member["name"] or member["person_id"], "strong"), Cell(_relation(member["relation"], language)),
            Cell(masked_id(member["id_number"]) or say["not_identified"], "plain" if member["identified"] else "open"),
            Cell(f"{by}，{signature['on']}" if language == "zh" else f"{by}, {signature['on']}"),
        ))  # fmt: skip
    columns = (
        Column(say["name"], 2),
        Column(say["relation"], 2),
        Column(say["id"], 4),
        Column(say["signed"], 4),
    )
    return Table(columns, tuple(rows))


def _relation(code: str, language: Language, codes: str = "relation") -> str:
    return Vocabulary.load().codes[codes].entries[code][language != "zh"]


def _summary(report: Report, language: Language) -> list[Block]:
    say, data = words(language), report.data
    counts, sums = data["counts"], data["totals"]
    figures = [
        Figure(
            OUTCOME_WORDS[outcome][language != "zh"], str(counts[outcome]), say["items"], "", TONES[outcome]
        )
        for outcome in ("match", "differs", "found_only", "declared_only", "no_answer")
    ]
    differing = sum(counts[name] for name in ("differs", "found_only", "declared_only"))
    tone: Literal["good", "attention", "open"] = (
        "attention" if differing else "open" if counts["no_answer"] else "good"
    )
    text = say[data["conclusion"]].format(differing=differing, open=counts["no_answer"])
    rows = []
    for group, titles in GROUPS.items():
        told = sums[group]
        if group == "status":
            continue
        note = say["unvalued"].format(count=told["unvalued"]) if told["unvalued"] else ""
        rows.append((
            Cell(titles[language != "zh"]), Cell(money(told["declared"])), Cell(money(told["found"])),
            Cell(money(told["difference"], signed=True), "attention" if told["difference"] else "plain", note),
            Cell(f"{told['compared']} / {told['open']}"),
        ))  # fmt: skip
    columns = (
        Column(say["group"], 6), Column(say["declared"], 3, "right"), Column(say["found"], 3, "right"),
        Column(say["difference"], 3, "right"), Column(say["compared_open"], 3, "center"),
    )  # fmt: skip
    return [
        Heading(say["h_summary"]), Notice(say["conclusion"], f"{text}{say['neutral']}", tone),
        Figures(tuple(figures)), Table(columns, tuple(rows), say["totals_note"]),
    ]  # fmt: skip


def _members(report: Report, language: Language) -> list[Block]:
    say = words(language)
    blocks: list[Block] = [Heading(say["h_results"], note=say["results_note"])]
    for member in report.data["members"]:
        own = [result for result in report.results if result.person_id == member["person_id"]]
        blocks.append(
            Heading(member["name"] or member["person_id"], 2, _relation(member["relation"], language))
        )
        if not member["identified"]:
            blocks.append(Notice(say["not_identified"], say["not_identified_text"], "open"))
        blocks += member_blocks(own, language)
    return blocks


def _together(report: Report, language: Language) -> list[Block]:
    own = [result for result in report.results if result.person_id is None]
    return [Heading(words(language)["h_together"], 2), *member_blocks(own, language)] if own else []


def _supporters(report: Report, language: Language) -> list[Block]:
    say = words(language)
    rows = []
    for each in report.data["supporters"]:
        result = Result.from_data(each["result"])
        relation = _relation(each["relation"], language, "supporter_relation")
        agreed = (say["agreed"] if each["agreed"] else say["disagreed"]) + (
            f"（{each['on']}）" if each["on"] else ""
        )
        rows.append(
            (
                Cell(each["name"] or each["supporter_id"], "strong", relation),
                Cell(agreed),
                *result_row(result, language)[1:],
            )
        )
    if not rows:
        return []
    columns = (
        Column(say["supporter"], 3), Column(say["consent"], 3), Column(say["own_income"], 3, "right"),
        Column(say["found"], 3, "right"), Column(say["difference"], 3, "right"), Column(say["result"], 4),
    )  # fmt: skip
    return [Heading(say["h_supporters"], 2, say["supporters_note"]), Table(columns, tuple(rows))]


def _sources(report: Report, language: Language) -> list[Block]:
    say = words(language)
    rows = []
    for source in report.data["sources"]:
        tone = _ANSWERED.get(source["state"], "open")
        missing = say["missing"].format(periods="、".join(source["missing"])) if source["missing"] else ""
        rows.append((
            Cell(source[language]), Cell(source[f"department_{language}"], "faint"),
            Cell(STATES[source["state"]][language != "zh"], tone, missing, badge=True),
            Cell(_period(source)), Cell((source["received_at"] or "—")[:10]),
        ))  # fmt: skip
    columns = (
        Column(say["source"], 4), Column(say["department"], 5), Column(say["state"], 3), Column(say["period"], 5),
        Column(say["received"], 3),
    )  # fmt: skip
    return [Heading(say["h_sources"], note=say["sources_note"]), Table(columns, tuple(rows))]


def _period(source: dict[str, Any]) -> str:
    if not source["period"]:
        return "—"
    start = source["from"]
    return f"{start} — {source['period']}" if start and start != source["period"] else str(source["period"])


def _changes(report: Report, language: Language) -> list[Block]:
    say = words(language)
    if report.data["refers_to"] is None:
        return []
    names = {each["person_id"]: each["name"] for each in report.data["members"]}
    rows = []
    for change in report.data["changes"]:
        key = change["key"] or change["before_key"]
        person, _, rest = key.partition("/")
        item = rest.partition("/")[0]
        rows.append((
            Cell(title_of(item, language), "plain", names.get(person) or say["h_together"]),
            Cell(_outcome(item, change["before"], language)), Cell(_outcome(item, change["after"], language)),
        ))  # fmt: skip
    heading = Heading(say["h_changes"])
    if not rows:
        return [heading, Paragraph(say["no_changes"])]
    columns = (Column(say["item"], 3), Column(say["before"], 4), Column(say["after"], 4))
    return [heading, Table(columns, tuple(rows))]


def _outcome(item: str, told: dict[str, Any] | None, language: Language) -> str:
    say = words(language)
    if told is None:
        return say["not_there"]
    values = {side: shown(told[side], items()[item], language) for side in ("declared", "found")}
    sides = [f"{say[side]} {value}" for side, value in values.items() if value]
    reason = REASONS[told["reason"]][language != "zh"]
    return say["and_then"].join(
        [OUTCOME_WORDS[told["outcome"]][language != "zh"], *sides, *([reason] if reason else [])]
    )


def _without_source(language: Language) -> str:
    names = [item.title(language) for item in items().values() if not item.sources]
    return ("、" if language == "zh" else ", ").join(names)


def _advice(report: Report, language: Language) -> list[Block]:
    say = words(language)
    terms = report.data["terms"]
    points: Sequence[str] = [
        say["terms"].format(
            income=terms["income_tolerance"][language] if terms["income_tolerance"]["value"] else say["no_tolerance"],
            property=terms["property_tolerance"][language] if terms["property_tolerance"]["value"] else say["no_tolerance"],
        ),
        *say["points"],
        say["no_source"].format(items=_without_source(language)),
    ]  # fmt: skip
    return [
        Heading(say["h_objection"]), Notice(say["objection"], say["objection_text"].format(number=report.number)),
        Heading(say["h_notes"]), Points(tuple(points), ordered=True),
    ]  # fmt: skip
