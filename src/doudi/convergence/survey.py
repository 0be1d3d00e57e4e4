"""Two surveys merged into one: one list of visits over the households of both registers, and what each visit asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from doudi.assessment.outreach_asks import asks, by_fact
from doudi.convergence.matching import Matched
from doudi.convergence.placing import Known
from doudi.convergence.receiving import Received

ALWAYS = ("authorisation",)
"""Asked where a household newly qualifies or is open."""
APPLYING = ("new", "open")
ROUTES = {"highest": 1, "high": 2, "general": 3, "none": 4}
"""The order of visits by the route of the hardship index; households of which nothing is known come last."""
LAST = 5

TASKS = {
    "task_id": "任务编号", "village": "村居", "order": "走访次序", "household_id": "家庭编号", "head": "户主或登记人", "persons": "人数",
    "in_list": "在监测名单人数", "in_base": "在低收入库人数", "labels_zh": "监测类别", "tiers_zh": "现有救助", "places_zh": "拟归类",
    "route_zh": "优先通道", "asks": "要了解的问题代码", "asks_zh": "要了解的问题", "bring_zh": "请准备",
}  # fmt: skip
"""The columns of the list of visits with their Chinese headings."""


@dataclass(frozen=True)
class Survey:
    """``tasks``: a row for each household of both registers, columns of ``TASKS``. ``members``: ``task_id`` and the persons of the
    household as the sheet shows them. ``before``: households that two separate surveys would have visited."""

    tasks: pl.DataFrame
    members: pl.DataFrame
    before: int


def survey_of(
    received: Received, matched: Matched, rows: pl.DataFrame, known: Known, labels: Mapping[str, str]
) -> Survey:
    """One task for each household of both registers. Rows whose person is not known stand under the household number of their
    own register. ``labels``: Chinese labels of programmes."""
    named = pl.concat([_of_list(received, rows), _of_base(received, matched, known, labels)], how="diagonal")
    before = sum(table["household_number"].n_unique() for table in (received.listed, received.base))
    homes = named.sort("task_id", maintain_order=True).group_by("task_id", maintain_order=True).agg(
        village=pl.col("village").drop_nulls().first(),
        household_id=pl.col("household_id").drop_nulls().first(),
        in_list=pl.col("in_list").sum(), in_base=pl.col("in_base").sum(),
        labels_zh=_joined("label_zh"), tiers_zh=_joined("tier_zh"), places_zh=_joined("place_zh"),
        route=pl.col("route").drop_nulls().first(), route_zh=pl.col("route_zh").drop_nulls().first(),
        missing=pl.col("missing").drop_nulls().str.join(","), applies=pl.col("applies").fill_null(False).any(),
    )  # fmt: skip
    members = _members(named, known)
    heads = members.sort("task_id", pl.col("relation").ne_missing("head"), maintain_order=True)
    heads = heads.group_by("task_id", maintain_order=True).agg(head=pl.col("name").first(), persons=pl.len())
    order = pl.col("route").replace_strict(ROUTES, default=LAST, return_dtype=pl.Int64())
    tasks = homes.join(heads, on="task_id", how="left").join(_asked(homes), on="task_id", how="left")
    tasks = tasks.with_columns(order=order).sort("village", "order", "task_id", nulls_last=True)
    return Survey(tasks.select(*TASKS), members, before)


def _of_list(received: Received, rows: pl.DataFrame) -> pl.DataFrame:
    said = received.listed.select("row_id", "id_number")
    return rows.join(said, on="row_id", how="left", maintain_order="left").select(
        _task("list"), "household_id", "person_id", "name", "relation", "village", in_list=(pl.col("place") != "repeated").cast(pl.Int64),
        in_base=pl.lit(0, pl.Int64), label_zh="monitored_zh", tier_zh=pl.lit(None, pl.String), place_zh="place_zh",
        applies=pl.col("place").is_in(APPLYING),
        route="route", route_zh="route_zh", missing="missing",
    )  # fmt: skip


def _of_base(received: Received, matched: Matched, known: Known, labels: Mapping[str, str]) -> pl.DataFrame:
    homes = known.people.select("person_id", "household_id")
    rows = received.base.join(
        matched.base.select("row_id", "person_id", "zone"), on="row_id", maintain_order="left"
    )
    rows = rows.with_columns(person_id=pl.when(pl.col("zone") == "link").then("person_id"))
    rows = rows.join(homes, on="person_id", how="left", maintain_order="left")
    programme = pl.col("programme").replace_strict(labels, default=None, return_dtype=pl.String())
    return rows.select(
        _task("base"), "household_id", "person_id", "name", "relation", "village", in_list=pl.lit(0, pl.Int64),
        in_base=pl.lit(1, pl.Int64), label_zh=pl.lit(None, pl.String), tier_zh=programme,
    )  # fmt: skip


def _task(register: str) -> pl.Expr:
    own = pl.lit(f"{register}:") + pl.col("household_number")
    return pl.coalesce("household_id", own).alias("task_id")


def _joined(name: str) -> pl.Expr:
    return pl.col(name).drop_nulls().unique(maintain_order=True).str.join("、")


def _members(named: pl.DataFrame, known: Known) -> pl.DataFrame:
    """The persons of each task: all of the household where it is known, else those whom the registers name."""
    marks = named.sort("in_list", descending=True, maintain_order=True).group_by("task_id", "person_id", "name").agg(
        relation=pl.col("relation").drop_nulls().first(), label_zh=pl.col("label_zh").drop_nulls().first(),
        tier_zh=_joined("tier_zh"),
    )  # fmt: skip
    by_person = marks.drop_nulls("person_id").unique("person_id", keep="first", maintain_order=True)
    living = known.people.filter(pl.col("state") == "present").select(
        "person_id", "name", "relation", "sex", "born", task_id="household_id"
    )
    whole = living.join(named.select("task_id").unique(), on="task_id", how="semi").join(
        by_person.select("person_id", "label_zh", "tier_zh"), on="person_id", how="left"
    )
    others = marks.join(whole.select("person_id"), on="person_id", how="anti", nulls_equal=False)
    others = others.join(whole.select("task_id").unique(), on="task_id", how="anti")
    columns = ("task_id", "name", "relation", "sex", "born", "label_zh", "tier_zh")
    every = pl.concat(
        [whole.select(columns), others.select(set(columns) & set(others.columns))], how="diagonal"
    )
    return every.sort(
        "task_id", pl.col("relation").ne_missing("head"), "born", nulls_last=True, maintain_order=True
    )


def _asked(homes: pl.DataFrame) -> pl.DataFrame:
    """The questions of each visit: those that the missing facts belong to, in the order of a visit."""
    order = {name: place for place, name in enumerate(asks())}
    facts = homes.select("task_id", fact=pl.col("missing").str.split(",")).explode("fact")
    found = facts.with_columns(
        ask=pl.col("fact").replace_strict(by_fact(), default=None, return_dtype=pl.String())
    ).drop_nulls("ask")
    always = homes.filter("applies").select("task_id").join(pl.DataFrame({"ask": ALWAYS}), how="cross")
    lines = pl.concat([found.select("task_id", "ask"), always]).unique()
    lines = lines.sort("task_id", pl.col("ask").replace_strict(order, return_dtype=pl.Int64()))
    zh, bring = (
        {name: ask.zh for name, ask in asks().items()},
        {name: ask.bring_zh for name, ask in asks().items()},
    )
    papers = pl.col("ask").replace_strict(bring, return_dtype=pl.String())
    return lines.group_by("task_id", maintain_order=True).agg(
        asks=pl.col("ask").str.join(","),
        asks_zh=pl.col("ask").replace_strict(zh, return_dtype=pl.String()).str.join("；"),
        bring_zh=papers.filter(papers != "").str.join("；"),
    )
