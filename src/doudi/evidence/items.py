"""Things that departments register and households declare: assets, expenses, supporters, holdings. One function a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from doudi.evidence.ground import Ground
from doudi.evidence.registry import DECLARED_ON
from doudi.evidence.schema import DECLARED, items_of

_GONE_VEHICLES = ("transferred", "scrapped")
_OWNERS = ("operator", "legal_representative", "shareholder")
_ENDED_BUSINESS = ("closed", "revoked")
_EXPENSE_MONTHS = 12
_ESTATES = {"home": "home", "shop": "shop", "office": "shop", "parking": "other", "storage": "other",
            "industrial": "other", "other": "other"}  # fmt: skip
_SCHOOL_YEAR_FROM = 9


def vehicles(ground: Ground) -> pl.LazyFrame:
    """机动车: registered to a member; the value is the price paid, the most that it can be worth."""
    rows = ground.of("vehicles").with_columns(
        entity=pl.lit("asset"), number=pl.concat_str("plate", "plate_kind", separator="/"), value="price",
        kind=pl.when(pl.col("vehicle") == "tractor").then(pl.lit("machine")).otherwise(pl.lit("vehicle")),
        purpose=pl.when(pl.col("vehicle") == "disabled").then(pl.lit("disability")).otherwise(pl.lit("none")),
        since="registered_on", rule=_gone(pl.col("state").is_in(_GONE_VEHICLES)),
    )  # fmt: skip
    return _found(rows, "vehicles")


def real_estate(ground: Ground) -> pl.LazyFrame:
    """不动产: homes and shops of members; what several members share is one thing."""
    kind = pl.col("use").replace_strict(_ESTATES, default=None, return_dtype=pl.String)
    rows = ground.of("real_estate").with_columns(
        entity=pl.lit("asset"), number="unit_number", kind=kind, purpose=pl.lit("none"), since="registered_on",
        rule=_gone(pl.col("state") == "history"),
    )  # fmt: skip
    return _found(rows.filter(pl.col("kind").is_not_null()), "real_estate")


def market_entities(ground: Ground) -> pl.LazyFrame:
    """市场主体: owned or run by a member; the value is the capital."""
    rows = ground.of("market_entities").filter(pl.col("role").is_in(_OWNERS))
    rows = rows.with_columns(
        entity=pl.lit("asset"), number="credit_code", kind=pl.lit("business"), value=pl.coalesce("paid_in", "capital"),
        purpose=pl.lit("none"), since="established_on", rule=_gone(pl.col("state").is_in(_ENDED_BUSINESS)),
    )  # fmt: skip
    return _found(rows, "market_entities")


def bank_balances(ground: Ground) -> pl.LazyFrame:
    """银行存款: the newest balance of each account."""
    rows = ground.of("bank_balances").filter(pl.col("balance_on") <= ground.day)
    newest = rows.sort("account", "balance_on", "received_at").unique(
        "account", keep="last", maintain_order=True
    )
    newest = newest.with_columns(
        entity=pl.lit("asset"), number="account", kind=pl.lit("deposit"), value=pl.col("balance").clip(0),
        purpose=pl.lit("none"), since="balance_on", rule=pl.lit(None, pl.String),
    )  # fmt: skip
    return _found(newest, "bank_balances")


def medical_settlement(ground: Ground) -> pl.LazyFrame:
    """医保结算: what the person paid out of pocket within twelve months."""
    rows = ground.of("medical_settlement").filter(
        pl.col("settled_on").is_between(ground.lately(_EXPENSE_MONTHS), ground.day), pl.col("own_paid") > 0
    )
    return _found(rows.with_columns(
        entity=pl.lit("expense"), number="row_id", kind=pl.lit("medical"), amount="own_paid", paid_on="settled_on",
        since="settled_on", rule=pl.lit(None, pl.String),
    ), "medical_settlement").with_columns(number=pl.lit(None, pl.String))  # fmt: skip


def enrolment(ground: Ground) -> pl.LazyFrame:
    """学籍: the year's fees of those enrolled, held to be paid when the school year began."""
    year = ground.day.year - (ground.day.month < _SCHOOL_YEAR_FROM)
    rows = ground.of("enrolment").filter(
        pl.col("fees") > 0, pl.col("state").is_null() | pl.col("state").is_in(["enrolled", "suspended"])
    )
    return _found(rows.with_columns(
        entity=pl.lit("expense"), number="row_id", kind=pl.lit("education"), amount="fees",
        paid_on=pl.date(year, _SCHOOL_YEAR_FROM, 1), since="enrolled_on", rule=pl.lit(None, pl.String),
    ), "enrolment").with_columns(number=pl.lit(None, pl.String))  # fmt: skip


def aid_roll(ground: Ground) -> pl.LazyFrame:
    """在保名册: one holding for each household and programme; single-person dibao and tekun are the member's own."""
    own = pl.col("programme").is_in(["single_dibao", "tekun"])
    rows = ground.of("aid_roll").with_columns(
        entity=pl.lit("holding"),
        number=pl.concat_str("household_number", "programme", separator="/"),
        kind=pl.lit(None, pl.String),
        rule=pl.lit(None, pl.String),
        person_id=pl.when(own).then("person_id"),
    )
    rows = rows.with_columns(number=pl.concat_str("number", pl.col("person_id").fill_null(""), separator="/"))
    return _found(rows, "aid_roll").with_columns(number=pl.lit(None, pl.String))


FOUND: Mapping[str, Callable[[Ground], pl.LazyFrame]] = {
    rule.__name__: rule
    for rule in (
        vehicles,
        real_estate,
        market_entities,
        bank_balances,
        medical_settlement,
        enrolment,
        aid_roll,
    )
}
"""By feed."""


def _gone(ended: pl.Expr) -> pl.Expr:
    return pl.when(ended).then(pl.lit("gone"))


def _found(rows: pl.LazyFrame, feed: str) -> pl.LazyFrame:
    """One item for each thing of a household, with all rows that name it; of several owners the first is the owner."""
    rows = rows.sort("household_id", "number", "row_id")
    first = [
        "entity", "person_id", "kind", "value", "area", "purpose", "amount", "paid_on", "programme", "monthly", "since",
        "rule", "row_id",
    ]  # fmt: skip
    there = rows.collect_schema().names()
    grouped = rows.group_by("household_id", "number", maintain_order=True).agg(
        *(pl.col(name).first() for name in first if name in there),
        row_ids=pl.col("row_id"), _several=pl.col("person_id").n_unique() > 1,
        period=pl.col("period").max(), received_at=pl.col("received_at").max(), confidence=pl.col("confidence").min(),
    )  # fmt: skip
    grouped = grouped.with_columns(
        item_id=pl.concat_str(pl.lit(feed), "row_id", separator=":"), source=pl.lit(feed),
        person_id=pl.when("_several").then(None).otherwise(pl.col("person_id")),
    )  # fmt: skip
    return items_of(grouped.drop("row_id", "_several"))


def declared_items(ground: Ground) -> pl.LazyFrame:
    """Everything declared of the households of the day; what belongs to someone who is gone belongs to nobody now."""
    here = ground.people.households.lazy().select("household_id")
    members = ground.people.present.lazy().select("person_id", "household_id")
    parts = [items_of(pl.LazyFrame({"entity": []}, schema={"entity": pl.String}))]
    for entity in ("asset", "expense", "supporter", "holding"):
        table = ground.registry.declared.get(entity)
        if table is None:
            continue
        rows = table.lazy().with_columns(
            entity=pl.lit(entity), source=pl.lit(DECLARED), row_ids=pl.lit([], pl.List(pl.String())), confidence=pl.lit(1.0),
            received_at=pl.col(DECLARED_ON).cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone("UTC"),
            item_id=pl.concat_str(
                pl.lit(f"declared:{entity}"), "household_id", pl.int_range(pl.len()).over("household_id").cast(pl.String),
                separator=":",
            ),
        )  # fmt: skip
        rows = rows.join(here, on="household_id", how="semi")
        own = rows.filter(pl.col("person_id").is_not_null()).join(
            members, on=["person_id", "household_id"], how="semi"
        )
        parts.append(items_of(pl.concat([rows.filter(pl.col("person_id").is_null()), own])))
    return pl.concat(parts)
