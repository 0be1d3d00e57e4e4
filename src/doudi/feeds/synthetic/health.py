"""What medical insurance and the federation of disabled persons know."""

from __future__ import annotations

from datetime import date

import polars as pl

from doudi.feeds.synthetic.county import County, within

_HOSPITALS = ("县人民医院", "县中医医院", "县第二医院", "中心卫生院", "市第一人民医院")
_DIAGNOSES = {
    "cancer": "C34.9", "uraemia": "N18.5", "leukaemia": "C95.9", "organ_transplant": "Z94.0", "severe_mental": "F20.9",
    "haemophilia": "D66", "heart_surgery": "I35.0", "stroke_sequelae": "I69.3", "other_serious": "K74.6",
}  # fmt: skip
_ORDINARY = "J18.9"
_VALID = "10y"


def medical_settlement(county: County) -> pl.DataFrame:
    """Bills settled: what the funds paid, what aid paid, what was left to the patient."""
    rows = county.world["bills"].sort("bill_id")
    place = county.stream("hospital").integers(0, len(_HOSPITALS), rows.height)
    return rows.with_columns(
        settlement_number="JS" + pl.col("bill_id"), hospital=pl.Series(_HOSPITALS).gather(place),
        discharged_on=pl.when(pl.col("visit") == "inpatient").then("settled_on"),
        diagnosis_code=pl.col("illness").replace_strict(_DIAGNOSES, default=_ORDINARY),
        illness=pl.when(pl.col("illness") != "none").then("illness"), pooled_paid="pooled", serious_paid="serious",
        aid_paid="aid", own_paid="own", known_on="settled_on", who_id_number="person_id",
    )  # fmt: skip


def disability(county: County, day: date) -> pl.DataFrame:
    """Certificates of disability in force."""
    rows = county.world["disabilities"].filter(pl.col("certificate").is_not_null() & within(day))
    rows = rows.sort("person_id", "since", nulls_last=False)
    rows = rows.unique("certificate", keep="last", maintain_order=True)
    ago = county.delay("certificate issued", rows["person_id"], 30, 1500, 3400)
    rows = rows.with_columns(
        issued_on=pl.coalesce("since", pl.lit(county.world.begins) - pl.duration(days=pl.lit(ago))),
        disability_number="certificate", grade=pl.col("grade").cast(pl.String), state=pl.lit("valid"),
        who_id_number="person_id",
    )  # fmt: skip
    rows = rows.join(county.persons.select("person_id", "sex", "died_on"), on="person_id", how="left")
    where = (
        county.living_together(day).select("person_id", "household_id").join(county.homes, on="household_id")
    )
    rows = rows.join(where.select("person_id", "address"), on="person_id", how="left")
    return rows.with_columns(valid_until=pl.col("issued_on").dt.offset_by(_VALID))
