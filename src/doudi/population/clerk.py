"""What a clerk's register lacks of the truth, and what only a clerk writes down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from doudi.population.draw import chance, stream
from doudi.population.register_money import MONEY

_OFTEN_UNKNOWN = ("wage", "business_gross", "property_gross", "alimony_received", "gifts")
_INCOME_UNKNOWN, _VALUE_UNKNOWN, _SUPPORTER_UNKNOWN = 0.02, 0.02, 0.02
_SILENT_ADULT = 0.002
_ABILITIES = ("can_eat", "can_dress", "can_leave_bed", "can_use_toilet", "can_walk_indoors", "can_bathe")
_NOT_ASSESSED_BELOW = 6


class _Gaps:
    """Random gaps and marks in one table, each from its own stream."""

    def __init__(self, table: pl.DataFrame, topic: str, seed: int) -> None:
        self.table, self.topic, self.seed = table, topic, seed

    def some(self, name: str, share: float) -> pl.Expr:
        """Rows chosen at random for a column."""
        rng = stream(self.seed, f"register {self.topic} {name}")
        return pl.lit(pl.Series(chance(rng, share, self.table.height)))

    def between(self, name: str, low: int, high: int) -> pl.Expr:
        """Even whole numbers."""
        rng = stream(self.seed, f"register {self.topic} {name} amount")
        return pl.lit(pl.Series(rng.integers(low, high, self.table.height)))

    def emptied(self, name: str, where: pl.Expr) -> pl.Expr:
        """The column, empty where ``where`` holds."""
        return pl.when(~where.fill_null(False)).then(pl.col(name)).alias(name)


def as_recorded(register: Mapping[str, pl.DataFrame], day: date, seed: int) -> dict[str, pl.DataFrame]:
    """The register of ``day`` with unknown facts as they occur, the same for the same seed."""
    recorded = {
        "persons": _persons(register["persons"], day, seed),
        "households": _households(register, day, seed),
        "supporters": _supporters(register["supporters"], seed),
    }
    assets = register["assets"]
    gaps = _Gaps(assets, "assets", seed)
    recorded["assets"] = assets.with_columns(gaps.emptied("value", gaps.some("value", _VALUE_UNKNOWN)))
    return {name: recorded.get(name, table) for name, table in register.items()}


def _persons(table: pl.DataFrame, day: date, seed: int) -> pl.DataFrame:
    gaps = _Gaps(table, "persons", seed)
    age = (pl.lit(day) - pl.col("born")).dt.total_days() / 365.2425
    silent = (age >= 18) & gaps.some("silent", _SILENT_ADULT)
    amounts = [
        gaps.emptied(name, silent | ((pl.col(name) > 0) & gaps.some(name, _INCOME_UNKNOWN)) if name in _OFTEN_UNKNOWN else silent)
        for name in table.columns if _is_income(name, table)
    ]  # fmt: skip
    not_assessed = (age < _NOT_ASSESSED_BELOW) | ((age >= 75) & gaps.some("abilities", 0.015))
    hard_to_say = (age >= 50) & (age < 75) & gaps.some("can_work", 0.007)
    imputed = (age >= 18) & gaps.some("imputed", 0.002)
    kin = (pl.col("disability_grade").is_between(1, 2)) & gaps.some("kin", 0.02)
    return table.with_columns(
        *amounts,
        *(gaps.emptied(name, not_assessed) for name in _ABILITIES),
        gaps.emptied("can_work", hard_to_say),
        gaps.emptied("duty_of_support", (pl.col("relation") == "grandchild") & gaps.some("duty", 0.03)),
        job_refusals=pl.when(pl.col("jobless") & gaps.some("refusals", 0.03))
        .then(gaps.between("refusals", 1, 5))
        .otherwise(0),
        special_hardship=gaps.some("hardship", 0.001),
        land_tie=pl.when(pl.col("already_tekun") & gaps.some("land", 0.3))
        .then(pl.lit("land"))
        .otherwise("land_tie"),
        support_waived=(age >= 60) & gaps.some("waived", 0.002),
        family_support_income=_amount(kin, gaps.between("kin", 500, 4_000)),
        imputed_income=_amount(imputed, gaps.between("imputed", 1_000, 8_000)),
        imputed_reason=imputed & gaps.some("reason", 0.3),
    )


def _is_income(name: str, table: pl.DataFrame) -> bool:
    return table.schema[name] == MONEY and name not in ("family_support_income", "imputed_income")


def _amount(where: pl.Expr, yuan: pl.Expr) -> pl.Expr:
    return pl.when(where).then(yuan).otherwise(0).cast(MONEY)


def _households(register: Mapping[str, pl.DataFrame], day: date, seed: int) -> pl.DataFrame:
    table = register["households"]
    gaps = _Gaps(table, "households", seed)
    held = pl.col("household_id").is_in(register["holdings"]["household_id"].implode())
    started = register["persons"].filter(pl.col("started_work_on").is_not_null())["household_id"]
    risen = held & pl.col("household_id").is_in(started.implode()) & gaps.some("grace", 0.4)
    month = pl.lit(day).dt.month_start().dt.offset_by("-2mo")
    return table.with_columns(
        *(gaps.emptied(name, gaps.some(name, 0.005)) for name in ("safe_housing", "safe_water")),
        assets_stated=~gaps.some("assets", 0.004),
        expenses_stated=~gaps.some("expenses", 0.004),
        supporters_stated=~gaps.some("supporters", 0.003),
        needs_unmet=held & gaps.some("needs", 0.02),
        local_hardship=~held & gaps.some("local", 0.0005),
        grace_from=pl.when(risen).then(month),
    )


def _supporters(table: pl.DataFrame, seed: int) -> pl.DataFrame:
    """A supporter of two members is the same person for both, also in what nobody could tell."""
    gaps = _Gaps(table, "supporters", seed)
    same = [name for name in table.columns if name not in ("supporter_id", "person_id")]
    first = pl.int_range(pl.len()).first().over(same)

    def unknown(name: str, share: float) -> pl.Expr:
        return gaps.some(name, share).gather(first)

    refused = ~pl.col("consents")
    income = refused | unknown("family_income", _SUPPORTER_UNKNOWN)
    others = ("born", "family_size", "own_income", "property_within_limits", "consents")
    return table.with_columns(
        gaps.emptied("family_income", income),
        *(gaps.emptied(name, unknown(name, _SUPPORTER_UNKNOWN)) for name in others),
    )
