"""Income of the twelve months of each feed's window, by what it is. One function a fact; sums are of rows, never estimates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from doudi.evidence.ground import Ground, telling, total, yuan

_EMPLOYEES = ("pension", "civil_pension")
_WORK = ("wage", "labour", "author", "royalty")
_PROPERTY = ("interest", "lease")
_SINGLE = ("transfer", "windfall")


def wage(ground: Ground) -> list[pl.LazyFrame]:
    """工资性收入: pay reported for tax; by contributions: the base of the employees' pension of each month."""
    base = ground.of("social_insurance").filter(pl.col("insurance").is_in(_EMPLOYEES))
    return [_taxed(ground, *_WORK), total(ground, base, "social_insurance", "base")]


def business_gross(ground: Ground) -> list[pl.LazyFrame]:
    """经营收入: as reported for tax."""
    return [_taxed(ground, "business")]


def property_gross(ground: Ground) -> list[pl.LazyFrame]:
    """财产收入: interest, dividends and rent as reported for tax."""
    return [_taxed(ground, *_PROPERTY)]


def one_off_receipt(ground: Ground) -> list[pl.LazyFrame]:
    """一次性收入: sales of property and windfalls as reported for tax."""
    return [_taxed(ground, *_SINGLE)]


def pension(ground: Ground) -> list[pl.LazyFrame]:
    """养老金: what was paid, without the part that the centre sets."""
    own = pl.col("amount") - pl.col("central_basic").fill_null(0)
    return [total(ground, _pensions(ground).filter(pl.col("pension") != "survivor"), "pensions", own)]


def basic_pension_central(ground: Ground) -> list[pl.LazyFrame]:
    """中央基础养老金: the part of residents' pensions that the centre sets."""
    residents = _pensions(ground).filter(pl.col("pension") == "resident")
    return [total(ground, residents, "pensions", "central_basic")]


def survivor_benefit(ground: Ground) -> list[pl.LazyFrame]:
    """遗属待遇: benefits of survivors."""
    return [total(ground, _pensions(ground).filter(pl.col("pension") == "survivor"), "pensions")]


def unemployment_benefit(ground: Ground) -> list[pl.LazyFrame]:
    """失业保险金: what was paid."""
    return [total(ground, ground.of("unemployment_benefits"), "unemployment_benefits")]


def disability_subsidy(ground: Ground) -> list[pl.LazyFrame]:
    """残疾人两项补贴: both subsidies together."""
    return [total(ground, ground.of("disability_subsidies"), "disability_subsidies")]


def elder_allowance(ground: Ground) -> list[pl.LazyFrame]:
    """高龄津贴: what was paid."""
    return [total(ground, ground.of("elder_allowances"), "elder_allowances")]


def child_allowance(ground: Ground) -> list[pl.LazyFrame]:
    """儿童基本生活费: the month's amount for the months since it began, twelve at most."""
    rows = ground.of("children_support")
    paid = pl.col("monthly") * _months_since(ground, pl.col("since"))
    return [telling(rows, "children_support", yuan(paid), pl.col("since"), by=[pl.col("since")])]


def scholarship(ground: Ground) -> list[pl.LazyFrame]:
    """奖学金助学金: the year's grant that the school registers."""
    rows = ground.of("enrolment").filter(pl.col("grant") > 0)
    return [telling(rows, "enrolment", yuan(pl.col("grant")), pl.col("enrolled_on"), by=[pl.col("grant")])]


def social_aid(ground: Ground) -> list[pl.LazyFrame]:
    """政府救助款物: the month's aid for the months since it began, shared by those whom it is paid for, and temporary aid."""
    sharing = pl.len().over("household_number", "programme", "monthly")
    roll = ground.of("aid_roll").with_columns(
        amount=(pl.col("monthly") * _months_since(ground, pl.col("since")) / sharing)
        .round(2)
        .cast(pl.Decimal(14, 2))
    )
    single = ground.of("temporary_aid").filter(pl.col("granted_on") >= ground.lately(12))
    kept = [
        "person_id",
        "row_id",
        "period",
        "received_at",
        "confidence",
        pl.col("amount").cast(pl.Decimal(14, 2)),
    ]
    return [total(ground, pl.concat([roll.select(kept), single.select(kept)]), "temporary_aid+aid_roll", monthly=False)]


def transfers_paid(ground: Ground) -> list[pl.LazyFrame]:
    """转移支出: taxes and own contributions paid."""
    kept = ["person_id", "row_id", "period", "received_at", "confidence"]
    parts = [
        ground.of("social_insurance").select(*kept, amount="own_part"),
        ground.of("tax").select(*kept, amount="tax"),
    ]
    return [total(ground, pl.concat(parts), "social_insurance+tax")]


def _pensions(ground: Ground) -> pl.LazyFrame:
    return ground.of("pensions")


def _taxed(ground: Ground, *kinds: str) -> pl.LazyFrame:
    return total(ground, ground.of("tax").filter(pl.col("income_kind").is_in(kinds)), "tax", "income")


def _months_since(ground: Ground, since: pl.Expr) -> pl.Expr:
    """Months begun since the month of ``since``, from 1 to 12."""
    months = (ground.day.year - since.dt.year()) * 12 + ground.day.month - since.dt.month().cast(pl.Int32)
    return months.clip(1, 12)


TELLERS: Mapping[tuple[str, str], Callable[[Ground], list[pl.LazyFrame]]] = {
    ("person", rule.__name__): rule
    for rule in (
        wage, business_gross, property_gross, one_off_receipt, pension, basic_pension_central, survivor_benefit,
        unemployment_benefit, disability_subsidy, elder_allowance, child_allowance, scholarship, social_aid,
        transfers_paid,
    )
}  # fmt: skip
