"""Matches that a person must settle: whom each row in review may be about, and why a machine may not decide it."""

from __future__ import annotations

import polars as pl

from doudi.convergence.matching import Matched
from doudi.convergence.receiving import Received
from doudi.linkage import read_config

COLUMNS = {
    "row_id": "编号", "register": "登记", "name": "登记姓名", "person_id": "人员编号", "known_name": "可能的人", "known_born": "出生日期",
    "known_village": "村居", "probability": "概率", "why": "须人工决定的原因",
}  # fmt: skip
"""The columns with their Chinese headings. Identity numbers are not in it."""
LISTED, BASE = "监测名单", "低收入人口库"


def doubts_of(received: Received, matched: Matched, people: pl.DataFrame) -> pl.DataFrame:
    """Rows of both registers in review with the persons they may be about, the most probable first."""
    names = pl.concat([
        received.listed.select("row_id", "name", register=pl.lit(LISTED)),
        received.base.select("row_id", "name", register=pl.lit(BASE)),
    ])  # fmt: skip
    config = read_config()
    why = {rule.name: rule.zh for rule in config.review_when}
    known = people.select("person_id", known_name="name", known_born="born", known_village="village")
    found = matched.candidates.join(names, on="row_id").join(known, on="person_id", how="left")
    found = found.with_columns(
        why=pl.col("guard").replace_strict(why, default="不够确定", return_dtype=pl.String())
    )
    return found.sort("register", "row_id", "rank").select(*COLUMNS)
