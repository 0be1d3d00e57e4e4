"""What the offices of work and tax know: employment that is insured, contributions, wages taxed, benefits of the jobless.

Farming and work by the day are in no file.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.feeds.synthetic.county import County, later, within

_LEAST_BASE, _MOST_BASE = 400_000, 2_400_000
_INSURANCES = (("pension", 800, 1600), ("unemployment", 50, 50))
"""Insurances filed every month, with the parts of worker and employer in hundredths of a per cent."""
_TAX_FREE_MONTH = 500_000
_TAX_BASIS_POINTS = 300


def employment(county: County) -> pl.DataFrame:
    """Work with an employer found and ended, and joblessness registered with a claim for benefit."""
    jobs = _insured(county)
    found = jobs.filter(pl.col("since").is_not_null()).with_columns(
        event=pl.lit("employed"), happened_on="since", wage="monthly"
    )
    ended = jobs.filter(pl.col("until").is_not_null()).with_columns(
        event=pl.lit("ended"), happened_on="until", wage=pl.lit(None, dtype=pl.Int64)
    )
    claims = _benefits(county).filter(pl.col("since").is_not_null())
    jobless = claims.with_columns(
        event=pl.lit("unemployed"), happened_on="since", wage=pl.lit(None, dtype=pl.Int64),
        employer=pl.lit(None, dtype=pl.String),
    )  # fmt: skip
    kept = ("person_id", "event", "happened_on", "employer", "wage")
    rows = pl.concat([part.select(kept) for part in (found, ended, jobless)])
    lag = county.delay("employment registered", rows["person_id"], 2, 12, 60)
    rows = rows.with_columns(registered_on=later("happened_on", lag))
    letter = pl.col("event").replace_strict({"employed": "1", "ended": "2", "unemployed": "3"})
    number = "JY" + pl.col("happened_on").dt.strftime("%Y%m%d") + letter + county.number(rows["person_id"])
    return rows.with_columns(
        registration_number=number, known_on="registered_on", who_id_number="person_id"
    ).unique("registration_number", keep="first", maintain_order=True)


def social_insurance(county: County) -> pl.DataFrame:
    """Contributions of every month in which an employer pays them."""
    months = county.monthly(_insured(county)).with_columns(
        base=pl.col("monthly").clip(_LEAST_BASE, _MOST_BASE), who_id_number="person_id"
    )
    parts = [
        months.with_columns(
            insurance=pl.lit(name), own_part=_share("base", own), employer_part=_share("base", employer)
        )
        for name, own, employer in _INSURANCES
    ]
    return pl.concat(parts).unique(
        ["person_id", "insurance", "month", "employer"], keep="first", maintain_order=True
    )


def tax(county: County) -> pl.DataFrame:
    """Wages that an employer reports, with a simple tax on what is above the allowance of the month."""
    months = county.monthly(_insured(county)).with_columns(
        income_kind=pl.lit("wage"), payer="employer", income="monthly", who_id_number="person_id"
    )
    own = _share("base", _INSURANCES[0][1])
    months = months.with_columns(base=pl.col("monthly").clip(_LEAST_BASE, _MOST_BASE))
    taxed = (pl.col("income") - own - _TAX_FREE_MONTH).clip(0)
    months = months.with_columns(tax=(taxed * _TAX_BASIS_POINTS + 5_000) // 10_000)
    return months.unique(["person_id", "month", "payer"], keep="first", maintain_order=True)


def unemployment_benefits(county: County) -> pl.DataFrame:
    """Benefits paid month by month, with the months that are left."""
    months = county.monthly(_benefits(county))
    first = pl.col("month").str.to_date("%Y-%m")
    left = (
        (pl.col("until").dt.year() - first.dt.year()) * 12 + pl.col("until").dt.month() - first.dt.month() - 1
    )
    return months.with_columns(
        amount="monthly", months_left=left.clip(0, 60).cast(pl.Int64), who_id_number="person_id"
    ).unique(["person_id", "month"], keep="first", maintain_order=True)


def housing_fund(county: County, day: date) -> pl.DataFrame:
    """Accounts of those whose employer pays in: a twentieth of the wage each, for at most ten years so far."""
    jobs = _insured(county).filter(within(day)).unique("person_id", keep="last", maintain_order=True)
    jobs = jobs.filter(pl.Series(county.chance("housing fund", jobs["person_id"]) < _FUND_SHARE))
    months = (pl.lit(day) - pl.col("since").fill_null(date(2016, 1, 1))).dt.total_days() // 30
    return jobs.with_columns(
        fund_account="GJJ" + county.number(jobs["person_id"]), base="monthly", monthly=_share("monthly", 1000),
        balance=_share("monthly", 1000) * months.clip(1, 120), paid_until=pl.lit(day.strftime("%Y-%m")),
        state=pl.lit("normal"), who_id_number="person_id",
    )  # fmt: skip


_FUND_SHARE = 0.45


def _insured(county: County) -> pl.DataFrame:
    return county.world["jobs"].filter("insured").sort("person_id", "since", nulls_last=False)


def _benefits(county: County) -> pl.DataFrame:
    receipts = county.world["receipts"].filter(pl.col("fact") == "unemployment_benefit")
    return receipts.sort("person_id", "since", nulls_last=False)


def _share(column: str, basis_points: int) -> pl.Expr:
    """A share of an amount, rounded to the fen."""
    return (pl.col(column) * basis_points + 5_000) // 10_000
