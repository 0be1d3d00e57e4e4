"""What registers of property know: vehicles, real estate, businesses; and what a bank answers when it is asked.

A small share of vehicles and homes is registered in another county and in no file here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl

from doudi.feeds.synthetic.county import County, within

_ELSEWHERE = 0.03
_MODELS = {
    "car": "小型轿车1.5L", "van": "小型客车7座", "truck": "轻型货车1.5T", "motorcycle": "二轮摩托车125", "tricycle": "三轮汽车7YP",
    "tractor": "轮式拖拉机404", "disabled": "残疾人机动轮椅车", "other": "专用车",
}  # fmt: skip
_PLATES = {"motorcycle": "普通摩托车", "tricycle": "三轮汽车", "tractor": "拖拉机", "truck": "大型汽车"}
_BANKS = ("农村信用联社", "工商银行", "农业银行", "邮储银行", "建设银行")


def vehicles(county: County, day: date) -> pl.DataFrame:
    """Vehicles with a plate of the county."""
    rows = _here(county, day, "vehicle").with_columns(vehicle=_kind_of_vehicle())
    return rows.with_columns(
        plate="number", plate_kind=pl.col("vehicle").replace_strict(_PLATES, default="小型汽车"),
        brand=pl.coalesce("detail", pl.col("vehicle").replace_strict(_MODELS)), registered_on="since", price="value",
        use=pl.when(pl.col("purpose") == "livelihood").then(pl.lit("货运")).otherwise(pl.lit("非营运")),
        state=pl.lit("normal"),
    ).unique(["plate", "plate_kind"], keep="first", maintain_order=True)  # fmt: skip


def real_estate(county: County, day: date) -> pl.DataFrame:
    """Homes and shops in the register of real estate."""
    rows = _here(county, day, "home", "shop").join(
        county.homes, on="household_id", how="left", maintain_order="left"
    )
    own = pl.col("purpose") == "dwelling"
    return rows.with_columns(
        unit_number="number", title_number=pl.lit("不动产权第") + pl.col("number").str.tail(7) + pl.lit("号"),
        ownership=pl.lit("sole"), use="kind", registered_on="since", state=pl.lit("current"),
        address=pl.when(own).then("address").otherwise(pl.coalesce("detail", "village")),
    ).unique(["unit_number", "who_id_number"], keep="first", maintain_order=True)  # fmt: skip


def market_entities(county: County, day: date) -> pl.DataFrame:
    """Household businesses with their operators."""
    rows = _here(county, day, "business")
    return rows.with_columns(
        credit_code="number", entity_name=pl.coalesce("detail", pl.lit("个体经营部") + pl.col("number").str.tail(6)),
        entity_kind=pl.lit("household"), role=pl.lit("operator"), capital="value", established_on="since",
        state=pl.lit("open"),
    ).unique(["credit_code", "who_id_number"], keep="first", maintain_order=True)  # fmt: skip


def bank_balances(county: County, day: date, authorised: Collection[str], request: str) -> pl.DataFrame:
    """Deposits of the persons who have authorised the question, as they stand on a day."""
    rows = _owned(county, day, "deposit").filter(pl.col("who_id_number").is_in(list(authorised)))
    number = pl.col("number")
    place = number.hash(county.seed) % len(_BANKS)
    bank = pl.coalesce("detail", place.replace_strict(dict(enumerate(_BANKS)), return_dtype=pl.String))
    return rows.with_columns(
        request_number=pl.lit(request), account=number, bank=bank, account_kind=pl.lit("demand"),
        balance_on=pl.lit(day), balance="value", opened_on="since", known_on=pl.lit(day),
    )  # fmt: skip


def _here(county: County, day: date, *kinds: str) -> pl.DataFrame:
    """What is owned and registered in the county itself."""
    drawn = county.stream("registered elsewhere").random(county.world["owned"].height)
    elsewhere = county.world["owned"].filter(pl.Series(drawn < _ELSEWHERE))["asset_id"]
    return _owned(county, day, *kinds).filter(~pl.col("asset_id").is_in(elsewhere.implode()))


def _owned(county: County, day: date, *kinds: str) -> pl.DataFrame:
    """What is owned on a day and filed under a number."""
    rows = county.world["owned"].filter(
        pl.col("kind").is_in(kinds) & pl.col("number").is_not_null() & within(day)
    )
    return rows.with_columns(who_id_number="person_id").sort("asset_id")


def _kind_of_vehicle() -> pl.Expr:
    known = pl.col("detail").is_in(list(_MODELS))
    return (
        pl.when(known).then("detail")
        .when(pl.col("purpose") == "disability").then(pl.lit("disabled"))
        .when(pl.col("purpose") == "livelihood").then(pl.lit("truck"))
        .otherwise(pl.lit("car"))
    )  # fmt: skip
