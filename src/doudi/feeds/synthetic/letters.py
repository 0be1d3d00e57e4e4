"""Which letters a department sends: of which periods, on which day, and which rows each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from doudi.feeds.contract_model import Contract
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
from doudi.feeds.synthetic.columns import first_person, true_column
from doudi.feeds.synthetic.county import County, month_end
from doudi.feeds.synthetic.forms import Form
from doudi.feeds.synthetic.mistakes import with_mistakes
from doudi.feeds.synthetic.noise import Noise, entered

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


@dataclass(frozen=True)
class Letter:
    """One file to be written. ``kind``: regular, correction. What is true of the rows
    stands in columns beside those of the contract, see :mod:`doudi.feeds.synthetic.noise`."""

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
    rows = prepared(county, contract, form, with_mistakes(county, contract, rows, noise, form.care), noise)
    late = county.chance(f"{contract.name} late", first_person(rows)) < noise.late * form.care
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
        chosen = chosen.unique(
            [true_column(name, rows) for name in contract.key], keep="last", maintain_order=True
        )
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
            rows = rows.unique(
                [true_column(name, rows) for name in contract.key], keep="last", maintain_order=True
            )
            found.append(Letter(contract.name, "regular", period, period, sent_on, rows))
        period = following(period, contract.period, -1)
    yield from reversed(found)


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
