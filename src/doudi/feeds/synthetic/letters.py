"""Which letters a department sends: of which periods, on which day, and which rows each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from doudi.feeds.contract_model import STATE, WITHDRAWN, Contract
from doudi.feeds.periods import first_day, following, last_day, period_at
from doudi.feeds.synthetic import (
    assets,
    civil_affairs,
    civil_registry,
    hardship,
    health,
    payments,
    schools,
    work,
)
from doudi.feeds.synthetic.county import ROLES, County, month_end
from doudi.feeds.synthetic.forms import Form
from doudi.feeds.synthetic.noise import Noise, entered, noted

EVENTS: Mapping[str, Callable[[County], pl.DataFrame]] = {
    "births": civil_registry.births,
    "deaths": civil_registry.deaths,
    "moves": civil_registry.moves,
    "marriages": civil_affairs.marriages,
    "cremation": civil_affairs.cremation,
    "temporary_aid": civil_affairs.temporary_aid,
    "employment": work.employment,
    "social_insurance": work.social_insurance,
    "tax": work.tax,
    "unemployment_benefits": work.unemployment_benefits,
    "pensions": payments.pensions,
    "elder_allowances": payments.elder_allowances,
    "disability_subsidies": payments.disability_subsidies,
    "medical_settlement": health.medical_settlement,
    "custody": hardship.custody,
    "disaster": hardship.disaster,
}
SNAPSHOTS: Mapping[str, Callable[[County, date], pl.DataFrame]] = {
    "residents": civil_registry.residents,
    "aid_roll": civil_affairs.aid_roll,
    "children_support": payments.children_support,
    "housing_fund": work.housing_fund,
    "vehicles": assets.vehicles,
    "real_estate": assets.real_estate,
    "market_entities": assets.market_entities,
    "disability": health.disability,
    "enrolment": schools.enrolment,
    "monitoring_list": hardship.monitoring_list,
}
_SOONEST = 2
_TERM_BEGINS = timedelta(days=88)
_CORRECTED_AFTER = timedelta(days=3)
_WRONG_BY = 10_000
"""Fen by which an amount is wrong until it is corrected."""


@dataclass(frozen=True)
class Letter:
    """One file to be written. ``kind``: regular, correction, or again (an earlier file once more). ``truth`` columns of
    the rows: see :mod:`doudi.feeds.synthetic.noise`."""

    feed: str
    kind: str
    first: str
    last: str
    sent_on: date
    rows: pl.DataFrame


def events_of(county: County, contract: Contract, form: Form, noise: Noise) -> Iterator[Letter]:
    """Letters of a feed of events: one for all months but the newest few, then one a month."""
    rows = EVENTS[contract.name](county)
    rows = rows.filter(pl.col("known_on") >= county.since)
    rows = prepared(county, contract, form, _with_mistakes(county, contract, rows, noise, form.care), noise)
    late = county.chance(f"{contract.name} late", rows["who_" + _first_role(rows)]) < noise.late * form.care
    month = pl.col("known_on").dt.month_start()
    rows = rows.with_columns(
        _month=pl.when(pl.Series(late)).then(month.dt.offset_by("1mo")).otherwise(month),
        noise=pl.when(pl.Series(late)).then(pl.lit("late")).otherwise(pl.lit("")),
    )
    sent = [(month, _sent_on(county, contract, period_at(month, "month"))) for month in county.months]
    sent = [(month, day) for month, day in sent if day <= county.until]
    cut = max(0, len(sent) - form.files)
    parts = [sent[:cut]] * (cut > 0) + [[each] for each in sent[cut:]]
    for part in parts:
        first, last = part[0][0], part[-1][0]
        chosen = rows.filter(pl.col("_month").is_between(first, last)).drop("_month")
        chosen = chosen.unique([_true(name, rows) for name in contract.key], keep="last", maintain_order=True)
        yield Letter(
            contract.name, "regular", period_at(first, "month"), period_at(last, "month"), part[-1][1], chosen
        )


def snapshots_of(
    county: County, contract: Contract, form: Form, noise: Noise, count: int
) -> Iterator[Letter]:
    """Letters of a feed of snapshots: the newest ``count`` periods whose letter was sent by then."""
    period = period_at(county.until, contract.period)
    found: list[Letter] = []
    while len(found) < count and first_day(period) > county.world.begins:
        day, sent_on = _taken_on(contract, period), _sent_on(county, contract, period)
        if sent_on <= county.until:
            rows = prepared(county, contract, form, SNAPSHOTS[contract.name](county, day), noise)
            rows = rows.with_columns(pl.lit("").alias("noise"))
            rows = rows.unique([_true(name, rows) for name in contract.key], keep="last", maintain_order=True)
            found.append(Letter(contract.name, "regular", period, period, sent_on, rows))
        period = following(period, contract.period, -1)
    yield from reversed(found)


def correction_of(county: County, contract: Contract, form: Form, sent: list[Letter]) -> Letter | None:
    """One letter that mends what the letters of a feed had wrong: amounts, rows set aside, records made by mistake."""
    if not sent:
        return None
    day = max(letter.sent_on for letter in sent) + _CORRECTED_AFTER
    newest = sent[-1]
    wrong = [
        letter.rows.filter(
            (pl.col("noise").str.contains("wrong_amount|by_mistake") | (pl.col("outcome") == "rejected"))
            & ~pl.col("noise").str.contains("twice")
            & ~(pl.col("noise").str.contains("by_mistake") & (pl.col("outcome") == "rejected"))
        )
        for letter in sent
        if letter.last == newest.last or contract.kind == "events"
    ]
    rows = pl.concat(wrong)
    if day > county.until or not rows.height:
        return None
    return Letter(
        contract.name, "correction", newest.last, newest.last, day, _mended(county, contract, form, rows)
    )


def _mended(county: County, contract: Contract, form: Form, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as they should have been; those made by mistake are withdrawn."""
    mistaken = pl.col("noise").str.contains("by_mistake")
    whole = rows.with_columns(
        pl.when(mistaken).then(pl.lit(WITHDRAWN)).otherwise(pl.lit("valid")).alias(STATE),
        pl.when(mistaken).then(pl.lit("withdrawn")).otherwise(pl.lit("mended")).alias("noise"),
    )
    again = pl.col("outcome") == "rejected"
    for role in _roles(rows):
        people = county.persons.select(pl.col("person_id").alias(f"who_{role}"), _name="name")
        whole = whole.join(people, on=f"who_{role}", how="left", maintain_order="left")
        changes = ((role, f"true_{role}"), (ROLES[role], "_name"), (f"noise_{role}", pl.lit("")))
        whole = whole.with_columns(
            pl.when(again).then(right).otherwise(name).alias(name) for name, right in changes
        ).drop("_name")
    if form.corrected is not None:
        whole = whole.with_columns(pl.col("true_amount").alias(form.corrected))
    return whole.unique([_true(name, whole) for name in contract.key], keep="last", maintain_order=True)


def prepared(
    county: County, contract: Contract, form: Form, rows: pl.DataFrame, noise: Noise
) -> pl.DataFrame:
    """The rows with the people as the department holds them, the columns of the contract, and what is true beside."""
    rows = entered(county, contract.name, rows, noise, form.care)
    if form.corrected is not None:
        rows = rows.with_columns(true_amount=pl.col(form.corrected))
    beside = [name for name in rows.columns if name.startswith(("who_", "true_", "noise_"))]
    beside += [name for name in ("known_on", "mistaken") if name in rows.columns]
    return rows.select(*(name for name in contract.fields if name in rows.columns), *beside)


def _with_mistakes(
    county: County, contract: Contract, rows: pl.DataFrame, noise: Noise, care: float
) -> pl.DataFrame:
    """The rows, and some that should not be there: deaths of another of the household, records entered a second time."""
    rows = rows.with_columns(mistaken=pl.lit(False))
    if contract.name == "deaths":
        return pl.concat([rows, _wrong_deaths(county, rows, noise.wrong_death)])
    number = contract.key[0]
    if len(contract.key) > 1 or contract.fields[number].type != "identifier" or noise.by_mistake == 0:
        return rows
    drawn = county.chance(f"{contract.name} by mistake", rows["who_" + _first_role(rows)])
    twice = rows.filter(pl.Series(drawn < noise.by_mistake * care))
    return pl.concat([
        rows, twice.with_columns(pl.col(number) + "-2", mistaken=pl.lit(True)),
    ])  # fmt: skip


def _wrong_deaths(county: County, rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """Deaths entered for another member of the household who is alive."""
    drawn = county.chance("death of another", rows["who_id_number"])
    others = county.others.filter(pl.col("other_died").is_null()).select("person_id", "other")
    wrong = rows.filter(pl.Series(drawn < share)).join(others, on="person_id", maintain_order="left")
    people = county.persons.select(other="person_id", _sex="sex", _born="born")
    wrong = wrong.join(people, on="other", how="left", maintain_order="left").with_columns(
        who_id_number="other", sex="_sex", born="_born", mistaken=pl.lit(True)
    )
    return wrong.select(rows.columns)


def spoilt(form: Form, rows: pl.DataFrame, hit: pl.Series) -> pl.DataFrame:
    """The rows with a wrong amount where ``hit`` says so, and a mark on those that are there by mistake."""
    if "mistaken" in rows.columns:
        rows = rows.with_columns(noted("noise", "by_mistake", pl.col("mistaken")))
    if form.corrected is None:
        return rows
    wrong = pl.lit(hit) & pl.col(form.corrected).is_not_null() & ~pl.col("noise").str.contains("by_mistake")
    rows = rows.with_columns(_wrong=wrong)
    return rows.with_columns(
        pl.col(form.corrected) + pl.when("_wrong").then(_WRONG_BY).otherwise(0),
        noted("noise", "wrong_amount", pl.col("_wrong")),
    ).drop("_wrong")


def _sent_on(county: County, contract: Contract, period: str) -> date:
    """The day on which the letter of a period is sent: in time, sooner or later."""
    assert contract.due_days is not None
    rng = county.stream(f"{contract.name} sent {period}")
    wait = int(rng.integers(_SOONEST, contract.due_days + 1))
    if contract.period == "half_year":
        return _taken_on(contract, period) + timedelta(days=wait)
    return last_day(period, contract.period) + timedelta(days=wait)


def _taken_on(contract: Contract, period: str) -> date:
    """The day whose state a snapshot shows: the last of the period; schools count a month into the term, in March and September."""
    if contract.period == "half_year":
        return month_end(first_day(period) + _TERM_BEGINS)
    return last_day(period, contract.period)


def _roles(rows: pl.DataFrame) -> list[str]:
    return [name.removeprefix("who_") for name in rows.columns if name.startswith("who_")]


def _first_role(rows: pl.DataFrame) -> str:
    return _roles(rows)[0]


def _true(name: str, rows: pl.DataFrame) -> str:
    """The column in which the true value of a field stands."""
    return f"true_{name}" if f"true_{name}" in rows.columns else name
