"""The results of one member as blocks: what differs and what was declared in tables, the rest in one line each."""

from __future__ import annotations

from collections.abc import Sequence

from doudi.documents import Block, Cell, Column, Paragraph, Points, Table
from doudi.feeds import contracts
from doudi.verification.catalogue import GROUPS, Item, items
from doudi.verification.declared import Value
from doudi.verification.document_words import TONES, money, words
from doudi.verification.masking import masked_number
from doudi.verification.results import MATCH, NO_ANSWER, NONE, NOT_CHECKABLE, OUTCOME_WORDS, REASONS, Result

_STATES = {"present": ("在世、在本地", "present"), "died": ("已死亡", "died"), "left": ("已迁出", "left")}


def member_blocks(results: Sequence[Result], language: str) -> list[Block]:
    """A table for each group that has something to show, then what was neither declared nor found, then the unanswered."""
    say = words(language)
    blocks: list[Block] = []
    shown = [result for result in results if not _said_in_a_line(result)]
    if shown:
        blocks.append(_table(shown, language))
    nothing = [result for result in results if result.empty and result.outcome == MATCH and not result.others]
    if nothing:
        names = _names(nothing, language)
        blocks.append(Paragraph(say["nothing"].format(items=names), "faint"))
    silent: dict[str, list[Result]] = {}
    for result in results:
        if _said_in_a_line(result) and result.outcome == NO_ANSWER:
            silent.setdefault(result.reason, []).append(result)
    if silent:
        told = (
            f"{REASONS[reason][language != 'zh']}：{_names(found, language)}"
            for reason, found in silent.items()
        )
        blocks.append(Points(tuple(told), lead=say["silent"], tone="open"))
    return blocks


def title_of(item: str, language: str) -> str:
    """The name of an item."""
    return items()[item].title(language)


def result_row(result: Result, language: str) -> tuple[Cell, ...]:
    """Item, declared, found, difference, outcome."""
    item = items()[result.item]
    number = masked_number(result.number)
    difference = "" if result.difference is None else money(result.difference, signed=True)
    if result.disagrees and result.difference is None and item.by in ("amount", "existence"):
        difference = words(language)["no_value"]
    return (
        Cell(item.title(language), "plain", number or ""),
        Cell(_declared(result, item, language), "plain", _area(result.area_declared)),
        Cell(_found(result, item, language), "plain", _area(result.area_found)),
        Cell(difference, "attention" if result.difference and result.disagrees else "plain"),
        Cell(OUTCOME_WORDS[result.outcome][language != "zh"], TONES[result.outcome], _note(result, item, language), badge=True),
    )  # fmt: skip


def _table(results: Sequence[Result], language: str) -> Table:
    say = words(language)
    columns = (
        Column(say["item"], 4), Column(say["declared"], 3, "right"), Column(say["found"], 3, "right"),
        Column(say["difference"], 3, "right"), Column(say["result"], 5),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for group, titles in GROUPS.items():
        own = [result for result in results if items()[result.item].group == group]
        if own:
            rows.append((Cell(titles[language != "zh"]),))
            rows += [result_row(result, language) for result in own]
    return Table(columns, tuple(rows))


def _said_in_a_line(result: Result) -> bool:
    """Nothing declared, nothing found, nothing known from before: no row of its own. Nor that somebody lives here."""
    if result.item == "living":
        return not result.disagrees
    return result.empty and not result.others


def _names(results: Sequence[Result], language: str) -> str:
    names = (title_of(result.item, language) for result in results)
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(names))


def _declared(result: Result, item: Item, language: str) -> str:
    say = words(language)
    if item.by == "existence" and result.declared is None:
        absent = result.outcome == "found_only" or result.number is None
        return say["none_declared"] if absent else say["stated"]
    if result.declared is None:
        return say["not_stated"]
    return shown(result.declared, item, language) or say["none_declared"]


def _found(result: Result, item: Item, language: str) -> str:
    say = words(language)
    if result.found is None and result.outcome in (NO_ANSWER, NOT_CHECKABLE):
        return "—"
    if result.found is None:
        return say["is_there"] if result.outcome in (MATCH, "found_only") else say["none_found"]
    return shown(result.found, item, language) or say["none_found"]


def shown(value: Value, item: Item, language: str) -> str:
    """A value as people read it; empty for none."""
    if value in NONE:
        return ""
    if item.by in ("amount", "existence"):
        return money(int(value or 0))
    if item.by == "state":
        return _STATES[str(value)][language != "zh"]
    fact = item.person_fact
    if fact is not None and fact.codes is not None:
        return fact.codes.entries[str(value)][language != "zh"]
    return str(value)


def _area(area: int | None) -> str:
    return f"{area / 100:g} m²" if area else ""


def _note(result: Result, item: Item, language: str) -> str:
    say = words(language)
    parts = [REASONS[result.reason][language != "zh"]] if result.reason else []
    if result.sources and (not result.open or result.found is not None):
        names = say["and"].join(_feed(feed, language) for feed in result.sources)
        parts.append(f"{names} {result.period}" if result.period else names)
    for source, value in result.others:
        told = shown(value, item, language) or say["none_found"]
        key = "known_before" if result.found is None else "says_otherwise"
        name = say["and"].join(_feed(feed, language) for feed in source.split("+"))
        parts.append(say[key].format(source=name, value=told))
    return say["and_then"].join(parts)


def _feed(feed: str, language: str) -> str:
    made = contracts()[feed]
    return made.zh if language == "zh" else made.en
