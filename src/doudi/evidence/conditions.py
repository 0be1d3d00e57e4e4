"""What departments know of a person's condition: study, disability, illness, absence, work. One function a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from doudi.evidence.ground import Ground, coded, telling

_INSURED_AT_WORK = ("pension", "civil_pension", "unemployment", "injury", "medical")
_RUNS = ("operator", "legal_representative")
_ILL_MONTHS = 12


def study(ground: Ground) -> list[pl.LazyFrame]:
    """在读教育阶段: the stage in which the person is enrolled; who has graduated or left studies nothing."""
    stage = pl.when(_enrolled()).then(coded("study", pl.col("study"))).otherwise(pl.lit("none"))
    return [telling(ground.of("enrolment"), "enrolment", stage, pl.col("enrolled_on"), by=_school_order())]


def full_time(ground: Ground) -> list[pl.LazyFrame]:
    """全日制在读: as the school registers it."""
    rows = ground.of("enrolment").filter(_enrolled())
    return [telling(rows, "enrolment", pl.col("full_time"), pl.col("enrolled_on"), by=_school_order())]


def _enrolled() -> pl.Expr:
    return pl.col("state").is_null() | pl.col("state").is_in(["enrolled", "suspended"])


def _school_order() -> list[pl.Expr]:
    return [_enrolled(), pl.col("enrolled_on")]


def disability(ground: Ground) -> list[pl.LazyFrame]:
    """残疾类别: by the certificate in force; one that has ended means none."""
    kind = (
        pl.when(_in_force(ground)).then(coded("disability", pl.col("disability"))).otherwise(pl.lit("none"))
    )
    return [_certificate(ground, kind)]


def disability_grade(ground: Ground) -> list[pl.LazyFrame]:
    """残疾等级: by the certificate in force."""
    return [_certificate(ground, pl.when(_in_force(ground)).then(pl.col("grade")).otherwise(pl.lit("0")))]


def gravest_component(ground: Ground) -> list[pl.LazyFrame]:
    """多重残疾中最重一类: none where the disability is not multiple; the certificate does not tell it of those that are."""
    return [_certificate(ground, pl.when(_single(ground)).then(pl.lit("none")))]


def gravest_component_grade(ground: Ground) -> list[pl.LazyFrame]:
    """多重残疾中最重一类的等级: likewise."""
    return [_certificate(ground, pl.when(_single(ground)).then(pl.lit("0")))]


def _certificate(ground: Ground, value: pl.Expr) -> pl.LazyFrame:
    rows = ground.of("disability")
    return telling(
        rows, "disability", value, pl.col("issued_on"), by=[_in_force(ground), pl.col("issued_on")]
    )


def _in_force(ground: Ground) -> pl.Expr:
    """The state that the federation gives decides; where it gives none, the day until which the certificate is valid."""
    by_date = pl.col("valid_until").is_null() | (pl.col("valid_until") >= ground.day)
    return pl.col("state").is_in(["valid", "frozen"]).fill_null(by_date)


def _single(ground: Ground) -> pl.Expr:
    return ~_in_force(ground) | (pl.col("disability") != "multiple")


def illness(ground: Ground) -> list[pl.LazyFrame]:
    """重大疾病: the grave illness that was last settled within twelve months."""
    rows = ground.of("medical_settlement").filter(
        pl.col("illness") != "none", pl.col("settled_on") >= ground.lately(_ILL_MONTHS)
    )
    value = coded("illness", pl.col("illness"))
    return [telling(rows, "medical_settlement", value, pl.col("settled_on"), by=[pl.col("settled_on")])]


def absence(ground: Ground) -> list[pl.LazyFrame]:
    """不在家中的情形: in custody on the day; none after a release."""
    value = pl.when(_held(ground)).then(coded("absence", pl.col("absence"))).otherwise(pl.lit("none"))
    return [telling(ground.of("custody"), "custody", value, pl.col("since"), by=_custody_order())]


def absence_months(ground: Ground) -> list[pl.LazyFrame]:
    """不在家中的月数: whole months in custody."""
    since = pl.col("since")
    months = (ground.day.year - since.dt.year()) * 12 + ground.day.month - since.dt.month().cast(pl.Int32)
    whole = (months - (since.dt.day().cast(pl.Int32) > ground.day.day).cast(pl.Int32)).clip(0)
    value = pl.when(_held(ground)).then(whole).otherwise(0)
    return [telling(ground.of("custody"), "custody", value, since, by=_custody_order())]


def _held(ground: Ground) -> pl.Expr:
    until = pl.col("until")
    return (
        (pl.col("absence") != "released")
        & (until.is_null() | (until > ground.day))
        & (pl.col("since") <= ground.day)
    )


def _custody_order() -> list[pl.Expr]:
    return [pl.col("reported_on"), pl.col("since"), pl.col("received_at")]


def works(ground: Ground) -> list[pl.LazyFrame]:
    """在业: contributions of an employer in the newest month, registered work, or a business of one's own."""
    newest = ground.asked["social_insurance"].newest
    paid = ground.of("social_insurance").filter(
        pl.col("insurance").is_in(_INSURED_AT_WORK), pl.col("month") == pl.lit(newest, pl.String)
    )
    day = pl.lit(ground.end_of("social_insurance"))
    runs = ground.of("market_entities").filter(
        pl.col("role").is_in(_RUNS), pl.col("state").ne_missing("closed")
    )
    runs = runs.filter(pl.col("state").is_null() | (pl.col("state") == "open"))
    return [
        telling(paid, "social_insurance", pl.lit("true"), day, by=[pl.col("base")]),
        _registered(ground, {"employed": "true", "unemployed": "false", "ended": "false"}),
        telling(
            runs, "market_entities", pl.lit("true"), pl.col("established_on"), by=[pl.col("established_on")]
        ),
    ]


def started_work_on(ground: Ground) -> list[pl.LazyFrame]:
    """就业日期: the day registered; else the month of the first contribution, if months without one came before it."""
    rows = _events(ground).filter(pl.col("event") == "employed")
    paid = ground.of("social_insurance").filter(pl.col("insurance").is_in(_INSURED_AT_WORK))
    first = paid.with_columns(first=pl.col("month").min().over("person_id")).filter(
        pl.col("month") == pl.col("first"), pl.col("month") > pl.lit(min(_window(ground), default="9"))
    )
    day = (pl.col("first") + "-01").str.to_date()
    return [
        telling(rows, "employment", pl.col("happened_on"), pl.col("happened_on"), by=_event_order()),
        telling(first, "social_insurance", day, day, by=[pl.col("base")]),
    ]


def _window(ground: Ground) -> tuple[str, ...]:
    return ground.asked["social_insurance"].window


def jobless(ground: Ground) -> list[pl.LazyFrame]:
    """失业: registered as jobless, or paid the benefit in the newest month."""
    newest = ground.asked["unemployment_benefits"].newest
    paid = ground.of("unemployment_benefits").filter(pl.col("month") == pl.lit(newest, pl.String))
    day = pl.lit(ground.end_of("unemployment_benefits"))
    return [
        telling(paid, "unemployment_benefits", pl.lit("true"), day, by=[pl.col("amount")]),
        _registered(ground, {"employed": "false", "unemployed": "true"}),
    ]


def _registered(ground: Ground, meaning: Mapping[str, str]) -> pl.LazyFrame:
    """What the last registered event of each person means."""
    value = pl.col("event").replace_strict(meaning, default=None, return_dtype=pl.String)
    rows = _events(ground).filter(pl.col("event").is_in(list(meaning)))
    return telling(rows, "employment", value, pl.col("happened_on"), by=_event_order())


def _events(ground: Ground) -> pl.LazyFrame:
    return ground.of("employment").filter(pl.col("happened_on") <= ground.day)


def _event_order() -> list[pl.Expr]:
    return [pl.col("happened_on"), pl.col("registered_on")]


def other_scheme(ground: Ground) -> list[pl.LazyFrame]:
    """已享受的儿童保障: as paid now."""
    value = coded("scheme", pl.col("scheme"))
    return [
        telling(
            ground.of("children_support"), "children_support", value, pl.col("since"), by=[pl.col("since")]
        )
    ]


def already_tekun(ground: Ground) -> list[pl.LazyFrame]:
    """此前已认定特困: stands on the roll of those in extreme difficulty."""
    rows = ground.of("aid_roll").filter(pl.col("programme") == "tekun")
    return [telling(rows, "aid_roll", pl.lit("true"), pl.col("since"), by=[pl.col("since")])]


def tekun_as_minor(ground: Ground) -> list[pl.LazyFrame]:
    """未成年时已认定特困: stands on that roll since before the 18th birthday; a later day does not say what was before."""
    born = ground.people.present.lazy().select("person_id", "born")
    rows = ground.of("aid_roll").filter(pl.col("programme") == "tekun").join(born, on="person_id")
    rows = rows.filter(pl.col("since") < pl.col("born").dt.offset_by("18y"))
    return [telling(rows, "aid_roll", pl.lit("true"), pl.col("since"), by=[pl.col("since")])]


TELLERS: Mapping[tuple[str, str], Callable[[Ground], list[pl.LazyFrame]]] = {
    ("person", rule.__name__): rule
    for rule in (
        study, full_time, disability, disability_grade, gravest_component, gravest_component_grade, illness, absence,
        absence_months, works, started_work_on, jobless, other_scheme, already_tekun,
        tekun_as_minor,
    )
}  # fmt: skip
