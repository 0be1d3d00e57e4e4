"""What is known of a household as a whole: where it lives, whether it applied, what befell it. One function a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from doudi.evidence.ground import Ground, coded, telling
from doudi.evidence.precedence import Order
from doudi.evidence.schema import REGISTRY

_RUINED = ("severe", "collapsed")
_HOME = "household_id"


def area(ground: Ground) -> list[pl.LazyFrame]:
    """城乡: where the household lives."""
    return [_of_registry(ground, "area")]


def village(ground: Ground) -> list[pl.LazyFrame]:
    """村居: where the household lives."""
    return [_of_registry(ground, "village")]


def _of_registry(ground: Ground, column: str) -> pl.LazyFrame:
    homes = ground.people.households.lazy().filter(pl.col(column).is_not_null())
    return homes.select(
        subject_id=_HOME, value=column, source="source", row_ids="row_ids", period=pl.lit(None, pl.String),
        received_at=pl.lit(None, pl.Datetime("us", "UTC")), since=pl.lit(None, pl.Date), confidence=pl.lit(1.0),
        rule=pl.lit(None, pl.String),
    )  # fmt: skip


def applied_on(ground: Ground) -> list[pl.LazyFrame]:
    """申请日期: civil affairs has no record of an application by those who neither declared nor are on the roll."""
    held = ground.of("aid_roll").select(subject_id=_HOME)
    return [_without_record(ground, "none").join(held, on="subject_id", how="anti")]


def ever_applied(ground: Ground) -> list[pl.LazyFrame]:
    """曾经申请过救助: who holds aid or got temporary aid has applied; of the others civil affairs has no record."""
    return [
        telling(ground.of("aid_roll"), "aid_roll", pl.lit("true"), pl.col("since"), by=[pl.col("since")], subject=_HOME),
        telling(ground.of("temporary_aid"), "temporary_aid", pl.lit("true"), pl.col("granted_on"),
                by=[pl.col("granted_on")], subject=_HOME),
        _without_record(ground, "false"),
    ]  # fmt: skip


def _without_record(ground: Ground, value: str) -> pl.LazyFrame:
    declared = ground.registry.declared.get("household")
    homes = ground.people.households.lazy().select(_HOME)
    if declared is not None:
        homes = homes.join(declared.lazy().select(_HOME), on=_HOME, how="anti")
    return homes.select(
        subject_id=_HOME, value=pl.lit(value), source=pl.lit(REGISTRY), row_ids=pl.lit([], pl.List(pl.String())),
        period=pl.lit(None, pl.String), received_at=pl.lit(None, pl.Datetime("us", "UTC")),
        since=pl.lit(None, pl.Date), confidence=pl.lit(1.0), rule=pl.lit(None, pl.String),
    )  # fmt: skip


def safe_housing(ground: Ground) -> list[pl.LazyFrame]:
    """住房安全有保障: not where the house was gravely damaged or collapsed not long ago."""
    rows = ground.of("disaster").filter(
        pl.col("house").is_in(_RUINED), pl.col("happened_on") >= ground.lately(Order.load().ruined_months)
    )
    day = pl.col("happened_on")
    return [telling(rows, "disaster", pl.lit("false"), day, by=[day], subject=_HOME)]


def dibao_class(ground: Ground) -> list[pl.LazyFrame]:
    """现低保类别: the class on the roll."""
    rows = ground.of("aid_roll").filter(pl.col("programme").is_in(["dibao", "single_dibao"]))
    value = coded("band", pl.col("band"))
    return [telling(rows, "aid_roll", value, pl.col("since"), by=[pl.col("since")], subject=_HOME)]


def low_margin_recognised(ground: Ground) -> list[pl.LazyFrame]:
    """已认定低保边缘: stands on the roll."""
    rows = ground.of("aid_roll").filter(pl.col("programme") == "low_margin")
    return [telling(rows, "aid_roll", pl.lit("true"), pl.col("since"), by=[pl.col("since")], subject=_HOME)]


def monitored_mark(ground: Ground) -> list[pl.LazyFrame]:
    """防返贫监测标识: as marked, and none once the risk is removed."""
    removed = pl.col("risk_removed").fill_null(False)
    value = pl.when(removed).then(pl.lit("none")).otherwise(coded("monitored", pl.col("monitored")))
    rows = ground.of("monitoring_list")
    order = [~removed, pl.col("identified_on")]
    return [telling(rows, "monitoring_list", value, pl.col("identified_on"), by=order, subject=_HOME)]


def urgent_event(ground: Ground) -> list[pl.LazyFrame]:
    """急难事由: a fire or disaster, or the cause of temporary aid, within the months for which an emergency lasts."""
    since = ground.lately(Order.load().urgent_months)
    struck = ground.of("disaster").filter(
        pl.col("happened_on") >= since, pl.col("house").is_in(_RUINED) | (pl.col("loss") > 0)
    )
    kind = pl.when(pl.col("disaster") == "fire").then(pl.lit("fire")).otherwise(pl.lit("disaster"))
    aided = ground.of("temporary_aid").filter(pl.col("granted_on") >= since, pl.col("cause") != "none")
    happened, granted = pl.col("happened_on"), pl.col("granted_on")
    return [
        telling(struck, "disaster", kind, happened, by=[happened], subject=_HOME),
        telling(
            aided,
            "temporary_aid",
            coded("urgent_event", pl.col("cause")),
            granted,
            by=[granted],
            subject=_HOME,
        ),
    ]


def has_residence_registration(ground: Ground) -> list[pl.LazyFrame]:
    """本地户籍: at least one member stands in a booklet of the county."""
    return [
        telling(
            ground.of("residents"), "residents", pl.lit("true"), by=[pl.col("received_at")], subject=_HOME
        )
    ]


TELLERS: Mapping[tuple[str, str], Callable[[Ground], list[pl.LazyFrame]]] = {
    ("household", rule.__name__): rule
    for rule in (
        area, village, applied_on, ever_applied, safe_housing, dibao_class, low_margin_recognised, monitored_mark,
        urgent_event, has_residence_registration,
    )
}  # fmt: skip
