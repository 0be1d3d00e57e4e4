"""What is presumed where no source tells, so that the county's silent households can be pointed at; never for a decision.

Words about people in ``presumptions.yaml``: ``student`` studies; ``unable`` is disabled in grade 1 or 2, or mentally or
intellectually in grade 3, or gravely ill, or was found unable to work; ``retired`` draws a pension of more than a resident's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from doudi.evidence.ground import yuan
from doudi.evidence.register import UNKNOWN
from doudi.evidence.registry import declared_type
from doudi.evidence.schema import FACTS, PRESUMED
from doudi.facts.values import show
from doudi.facts.vocabulary import Fact, Vocabulary

DEFAULT = "default"
_RETIRED_FROM = "12000.00"
_SEVERE, _SEVERE_IN_GRADE_3 = (1, 2), ("mental", "intellectual")


@dataclass(frozen=True, slots=True)
class Presumption:
    """``facts``: their columns; empty for all that the vocabulary has a default for. ``who``: conditions, all of which hold."""

    subject: str
    name: str
    facts: tuple[str, ...]
    who: Mapping[str, Any]
    values: tuple[Mapping[str, Any], ...]
    zh: str
    en: str

    def value(self, region: str, day: date) -> str | None:
        """The value for a region on a day."""
        return dated_value(self.values, region, day)


def dated_value(values: Sequence[Mapping[str, Any]], region: str, day: date) -> str | None:
    """Of dated values by region the one that holds: the most specific region, then the latest date; None if none does."""
    chain = [region, region[:4] + "00", region[:2] + "0000", "000000"]
    held = [each for each in values if each["region"] in chain and each["from"] <= day]
    best = min(held, key=lambda each: (chain.index(each["region"]), -each["from"].toordinal()), default=None)
    return None if best is None else str(best["value"])


@cache
def presumptions() -> tuple[Presumption, ...]:
    """All that ship, in their order."""
    page: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("presumptions.yaml").read_text("utf-8"))
    return tuple(
        Presumption(
            subject, entry["name"], () if entry["facts"] == DEFAULT else tuple(entry["facts"]), entry["who"],
            tuple(entry.get("values", ())), entry["zh"], entry["en"],
        )
        for subject in ("household", "person")
        for entry in page[subject]
    )  # fmt: skip


def presumed(
    tables: Mapping[str, pl.DataFrame], region: str, day: date, tell: Callable[[pl.DataFrame], None]
) -> dict[str, pl.DataFrame]:
    """The tables of households and persons with their gaps filled as far as anything is presumed; what was is told as rows of
    FACTS, one presumption of one fact after the other."""
    filled: dict[str, pl.DataFrame] = {}
    for subject in ("household", "person"):
        table = tables[subject]
        people = described(tables, day) if subject == "person" else table
        for each in (one for one in presumptions() if one.subject == subject):
            table = _fill(each, table, people, region, day, tell)
        filled[subject] = table
    return filled


def described(tables: Mapping[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Persons with ``age``, ``area`` and the words of the file, by what sources tell and before anything is presumed."""
    persons = tables["person"].join(tables["household"].select("household_id", "area"), on="household_id", how="left",
                                    maintain_order="left")  # fmt: skip
    had_birthday = pl.col("born").dt.strftime("%m%d") <= day.strftime("%m%d")
    severe = pl.col("disability").ne_missing("none") & (
        pl.col("disability_grade").is_in(_SEVERE)
        | ((pl.col("disability_grade") == 3) & pl.col("disability").is_in(_SEVERE_IN_GRADE_3))
    )
    ill = pl.col("illness").is_not_null() & (pl.col("illness") != "none")
    return persons.with_columns(
        age=day.year - pl.col("born").dt.year() - (~had_birthday).cast(pl.Int32),
        student=pl.col("study").is_not_null() & (pl.col("study") != "none"),
        unable=severe.fill_null(False) | ill | (~pl.col("can_work")).fill_null(False),
        retired=(pl.col("pension") >= pl.lit(_RETIRED_FROM).cast(pl.Decimal(14, 2))).fill_null(False),
    )


def applies(who: Mapping[str, Any]) -> pl.Expr:
    """Whether all conditions on a described person hold; what is not known does not."""
    tests = [pl.lit(True)]
    for key, wanted in who.items():
        if key == "age":
            tests.append(pl.col("age").is_between(*wanted))
        elif key == "area":
            tests.append(pl.col("area") == wanted)
        else:
            tests.append(pl.col(wanted) if key == "is" else ~pl.col(wanted))
    return pl.all_horizontal(tests).fill_null(False)


def _fill(
    each: Presumption, table: pl.DataFrame, people: pl.DataFrame, region: str, day: date,
    tell: Callable[[pl.DataFrame], None],
) -> pl.DataFrame:  # fmt: skip
    entity = Vocabulary.load().entities[each.subject]
    here = people.select(applies(each.who).alias("_here")).to_series()
    if here.len() != table.height:
        here = pl.repeat(True, table.height, eager=True)
    for fact in _facts(each, entity.facts):
        text = show(fact, fact.default) if not each.facts else each.value(region, day)
        if text is None:
            continue
        value = yuan(pl.lit(text)) if fact.kind == "money" else pl.lit(text)
        column = table[fact.column]
        gap = ((column == UNKNOWN) if fact.may_be_none else column.is_null()) & here
        if gap.any():
            tell(_said(each, fact, table[f"{each.subject}_id"].filter(gap), value))
            table = table.with_columns(
                pl.when(gap).then(_typed(fact, value)).otherwise(pl.col(fact.column)).alias(fact.column)
            )
    return table


def _facts(each: Presumption, facts: Mapping[str, Fact]) -> list[Fact]:
    if each.facts:
        return [facts[name] for name in each.facts]
    return [
        fact for fact in facts.values()
        if fact.in_engine and fact.absent == "none" and fact.group is None and fact.companion is None
    ]  # fmt: skip


def _typed(fact: Fact, text: pl.Expr) -> pl.Expr:
    if fact.may_be_none:
        return text
    if fact.kind == "flag":
        return text == "true"
    return text.cast(declared_type(Vocabulary.load().entities[fact.entity], fact.column))


def _said(each: Presumption, fact: Fact, who: pl.Series, value: pl.Expr) -> pl.DataFrame:
    said = who.to_frame("subject_id").select(
        subject=pl.lit(each.subject), subject_id="subject_id", fact=pl.lit(fact.column), value=value, source=pl.lit(PRESUMED),
        row_ids=pl.lit([], pl.List(pl.String())), period=None, received_at=None, since=None, confidence=None,
        used=pl.lit(True), rule=pl.lit(each.name),
    )  # fmt: skip
    return said.select(pl.col(name).cast(kind) for name, kind in FACTS.items())
