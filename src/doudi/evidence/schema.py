"""The tables that a build writes, and nothing else: whoever reads them needs only this module.

facts.parquet     what each source says of a person or a household on a subject of the vocabulary, and which value is used
items.parquet     the same for things that one may have several of: assets, expenses, supporters, holdings
presumed.parquet  only with presumptions: what no source tells, for ``pointing/``
people.parquet    who lived in which household on the day, who died or left, and who said so
links/<feed>.parquet   whose row each row of a feed is
register/         the six tables that ``doudi run`` reads, made of the used facts and items; ``pointing/`` with presumptions
sources.json      what was asked: fresh, stale, never received; rows by outcome, which add up

Conflicting values all stay. Of all rows with the same subject, subject_id and fact at most one is ``used``; where none
is, ``rule`` of each row says why. A fact about which no row exists is not known, because no source that was asked tells it.
Absence of a row in a feed is never such silence: where a complete and fresh feed has no row about a person, that is a row
here, with the value it means, ``row_ids`` empty and the rule ``not_listed``.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

REGISTRY, DECLARED, PRESUMED = "registry", "declared", "presumed"
"""Sources that are no feed. ``registry``: what civil affairs holds itself; ``declared``: what the household stated."""

MONEY = pl.Decimal(14, 2)
"""Yuan."""

_PROVENANCE: dict[str, pl.DataType] = {
    # Name of a feed (docs/feeds.md), two joined by + where both are needed, or registry, declared, presumed.
    "source": pl.String(),
    # row_id of every row of the feed that went into the value; empty where the absence of rows told it.
    "row_ids": pl.List(pl.String()),
    # The newest period of these rows, or of the feed; null for sources that are no feed.
    "period": pl.String(),
    # When the newest of these rows was received (UTC); for declared at the beginning of the day it was declared on.
    "received_at": pl.Datetime("us", "UTC"),
    # From when it holds; null if unknown.
    "since": pl.Date(),
    # The least probability of the links that it rests on; 1 where no link was needed.
    "confidence": pl.Float64(),
    "used": pl.Boolean(),
    # Why it is used or not: a name in RULES.
    "rule": pl.String(),
}

FACTS: Mapping[str, pl.DataType] = {
    # person or household.
    "subject": pl.String(),
    "subject_id": pl.String(),
    # Column of the vocabulary (docs/facts.md).
    "fact": pl.String(),
    # Canonical text: yuan with two decimals, true/false, 2026-07-01 or none, code, whole number. Null: the source does not tell.
    "value": pl.String(),
    **_PROVENANCE,
}
"""Columns of facts.parquet: households first, facts in the order of the vocabulary, each sorted by subject_id.

presumed.parquet has the same columns; what is presumed never stands among the facts.
"""

ITEMS: Mapping[str, pl.DataType] = {
    # asset, expense, supporter or holding.
    "entity": pl.String(),
    # Unique in the file and the same in every build from the same rows.
    "item_id": pl.String(),
    "household_id": pl.String(),
    # Owner, recipient, person supported; null: all of the household.
    "person_id": pl.String(),
    # What the department files the thing under: plate, unit of real estate, account, credit code. Personal; null if none.
    "number": pl.String(),
    # item_id of the item that this one is another word about; null if it is none.
    "same_as": pl.String(),
    # How the two were matched: number, or kind (same household, owner and kind, in the order of value).
    "matched_by": pl.String(),
    # Assets and expenses.
    "kind": pl.String(),
    "value": MONEY,
    # m².
    "area": pl.Decimal(14, 2),
    "purpose": pl.String(),
    "amount": MONEY,
    "paid_on": pl.Date(),
    # Holdings; their ``since`` is that of the provenance.
    "programme": pl.String(),
    "monthly": MONEY,
    # Supporters.
    "supporter_id": pl.String(),
    "relation": pl.String(),
    "born": pl.Date(),
    "family_size": pl.Int64(),
    "family_income": MONEY,
    "own_income": MONEY,
    "property_within_limits": pl.Boolean(),
    "status": pl.String(),
    "disability": pl.String(),
    "disability_grade": pl.Int64(),
    "absence": pl.String(),
    "no_civil_capacity": pl.Boolean(),
    "consents": pl.Boolean(),
    "agreed_fee": MONEY,
    "supported_persons": pl.Int64(),
    "support_ended": pl.Boolean(),
    **_PROVENANCE,
}
"""Columns of items.parquet, sorted by entity, household_id, item_id. Columns of other entities are null."""

PEOPLE: Mapping[str, pl.DataType] = {
    "person_id": pl.String(),
    # The household on the day, or the last one of those who are gone; null for newcomers of whom none is known.
    "household_id": pl.String(),
    "relation": pl.String(),
    "name": pl.String(),
    "sex": pl.String(),
    "born": pl.Date(),
    "id_number": pl.String(),
    "village": pl.String(),
    # present, died, left, or unplaced (lives here, but in which household is not known).
    "state": pl.String(),
    # The day of death or of leaving; null while present.
    "ended_on": pl.Date(),
    # What made the state or the household what it is: registry, births, deaths, cremation, moves, residents.
    "source": pl.String(),
    "row_ids": pl.List(pl.String()),
    # From when the person belongs to this household; null if unknown.
    "since": pl.Date(),
    "confidence": pl.Float64(),
}
"""Columns of people.parquet, one row for everyone ever known, sorted by person_id."""

LINKS: Mapping[str, pl.DataType] = {
    "row_id": pl.String(),
    # Whom the row names in this place: person, mother, father, man, woman, guardian.
    "part": pl.String(),
    "person_id": pl.String(),
    # link, review or none, as in docs/linkage.md.
    "zone": pl.String(),
    "by": pl.String(),
    "why": pl.String(),
    "probability": pl.Float64(),
    # The saying in links/: rows that say the same of a person are looked at once.
    "mention": pl.String(),
}
"""Columns of links/<feed>.parquet, sorted by row_id and part."""

RULES: Mapping[str, tuple[str, str]] = {
    "first_source": ("按来源先后，排在最前", "comes first among the sources"),
    "only_source": ("唯一来源", "the only source"),
    "declared_more": ("申报的多于查到的，从其申报", "more was declared than found"),
    "not_listed": ("来源完整且及时，名单上没有", "the source is complete and fresh, and does not list it"),
    "later_source": ("有排在前面的来源", "another source comes before"),
    "expired": ("申报已过有效期，而部门掌握此项", "the declaration has expired, and a department knows of it"),
    "old_declaration": ("申报已过有效期，但没有部门掌握此项", "the declaration has expired, but no department knows of it"),
    "not_told": ("来源有此人，但没有这一项", "the source lists the subject and does not tell this"),
    "in_review": ("有待复核的记录，可能属于此人", "a row in review may be about this person"),
    "last_known": ("来源迟报，按最近一次所知", "the source is late; what it said last"),
    "stale": ("来源迟报，缺少其中的月份", "the source is late, and months of the sum are missing"),
    "incomplete": ("来源不足十二个月", "the source does not reach back twelve months"),
    "with_gap": ("中间缺月，可能有退回或待复核的记录", "a month in between is missing; a row may be refused or in review"),
    "not_written": ("申报中没有这一栏，按事实词汇的约定", "the declaration has no such column; what the vocabulary says then"),
    "child": ("未满十六周岁，没有来源说明有收入", "younger than 16, and no source tells of income"),
    "same_thing": ("与另一项为同一物", "is the same thing as another item"),
    "gone": ("登记已注销或转移", "the registration was cancelled or transferred"),
    "presumed": ("没有来源，按推定，只用于发现线索", "no source tells; presumed, only to point at households"),
}  # fmt: skip
"""Names of rules with their meaning in Chinese and English."""


def facts_of(table: pl.LazyFrame) -> pl.LazyFrame:
    """The columns of FACTS in their order and types."""
    return _as(table, FACTS)


def items_of(table: pl.LazyFrame) -> pl.LazyFrame:
    """The columns of ITEMS in their order and types; columns that the table lacks are null."""
    return _as(table, ITEMS)


def _as(table: pl.LazyFrame, schema: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    there = table.collect_schema().names()
    return table.select(
        (pl.col(name) if name in there else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )
