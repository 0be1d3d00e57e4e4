"""What people decided of rows: it overrides rules and weights, and is remembered for rows that say the same again.

A file of decisions has the columns ``row_id``, ``person_id``, ``decision`` and, if wanted, ``by``, ``on``, ``note``:

- ``link``: the row is about this person;
- ``not_link``: it is not about this person; the next best is looked at;
- ``nobody``: it is about none of the persons; ``person_id`` stays empty.

For one row the last ``link`` or ``nobody`` holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

import polars as pl

from doudi.linkage.errors import LinkageError
from doudi.linkage.reading import read_table
from doudi.rules.errors import Problem, Problems

WORDS = {
    "link": "link",
    "not_link": "not_link",
    "nobody": "nobody",
    "是": "link",
    "不是": "not_link",
    "无此人": "nobody",
}
_OPTIONAL = ("by", "on", "note")
SCHEMA = dict.fromkeys(("row_id", "person_id", "decision", *_OPTIONAL, "fingerprint"), pl.String)


def none_yet() -> pl.DataFrame:
    """No decisions."""
    return pl.DataFrame(schema=SCHEMA)


def read_decisions(path: Path) -> pl.DataFrame:
    """A file of decisions (CSV or Parquet).

    Raises:
        LinkageError: every line at fault; none holds an id number or a name.
        OSError: the file cannot be read.
    """
    table = read_table(path)
    problems = Problems()
    for column in ("row_id", "person_id", "decision"):
        if column not in table.columns:
            problems.add(Problem("linkage.decision_column", "决定文件缺少这一列", "a column of the decisions is missing",
                                 file=str(path), value=column))  # fmt: skip
    problems.raise_as(LinkageError)
    table = table.select(
        pl.col(name).cast(pl.String).str.strip_chars().replace("", None)
        if name in table.columns
        else pl.lit(None, pl.String).alias(name)
        for name in ("row_id", "person_id", "decision", *_OPTIONAL)
    ).with_columns(decision=pl.col("decision").replace(WORDS))
    for line, (row, person, decision) in enumerate(
        table.select("row_id", "person_id", "decision").iter_rows(), 2
    ):
        place = {"file": str(path), "line": line}
        if row is None:
            problems.add(Problem("linkage.decision_row", "没有写哪一行", "no row_id", **place))  # type: ignore[arg-type]
        if decision not in WORDS.values():
            problems.add(Problem("linkage.decision_word", "决定写法不对", "no such decision", "用 link、not_link 或 nobody",
                                 "write link, not_link or nobody", **place))  # type: ignore[arg-type]  # fmt: skip
        elif (person is None) != (decision == "nobody"):
            problems.add(Problem("linkage.decision_person", "link、not_link 须写 person_id，nobody 不写",
                                 "link and not_link need a person_id, nobody has none", **place))  # type: ignore[arg-type]  # fmt: skip
    problems.raise_as(LinkageError)
    return table.with_columns(fingerprint=pl.lit(None, pl.String))


def fingerprints(rows: pl.DataFrame, columns: Collection[str]) -> pl.Series:
    """A digest of what each row says of who it is about; equal for rows that say the same."""
    texts = rows.select(
        pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in columns], separator="\x1f")
    )
    return pl.Series(
        "fingerprint",
        [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts.to_series().to_list()],
        pl.String,
    )


def remembered(earlier: pl.DataFrame, new: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Earlier and new decisions together, the new ones with the fingerprints of their rows where these are at hand."""
    known = earlier.filter(pl.col("fingerprint").is_not_null()).select("row_id", earlier_print="fingerprint")
    found = (
        new.drop("fingerprint")
        .join(rows.select("row_id", "fingerprint"), on="row_id", how="left", maintain_order="left")
        .join(known.unique("row_id", keep="last"), on="row_id", how="left", maintain_order="left")
        .with_columns(fingerprint=pl.coalesce("fingerprint", "earlier_print"))
    )
    return pl.concat([earlier, found.select(list(SCHEMA))]).unique(
        ["row_id", "person_id", "decision"], keep="last", maintain_order=True
    )


def check_persons(decisions: pl.DataFrame, persons: pl.Series) -> None:
    """All who are linked by decision must be among the persons.

    Raises:
        LinkageError: how many are not.
    """
    named = decisions.filter(pl.col("decision") == "link")["person_id"].drop_nulls()
    missing = named.filter(~named.is_in(persons.implode())).len()
    if missing:
        raise LinkageError([Problem(
            "linkage.decision_unknown_person", f"有 {missing} 项决定指向不存在的人", f"{missing} decisions name no person",
            "核对 person_id", "check person_id", column="person_id",
        )])  # fmt: skip


def for_rows(rows: pl.DataFrame, decisions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What holds for ``rows`` (row_id, fingerprint): pairs that are not links, and the last word on a row with ``by`` being
    ``clerical``, or ``remembered`` where another row that said the same was decided."""
    own = rows.join(decisions.drop("fingerprint"), on="row_id", maintain_order="right").with_columns(
        by=pl.lit("clerical")
    )
    same = (
        rows.join(own.select("row_id").unique(), on="row_id", how="anti")
        .join(
            decisions.filter(pl.col("fingerprint").is_not_null()).drop("row_id"),
            on="fingerprint",
            maintain_order="right",
        )
        .with_columns(by=pl.lit("remembered"))
    )
    every = pl.concat(
        [
            own.select("row_id", "person_id", "decision", "by"),
            same.select("row_id", "person_id", "decision", "by"),
        ]
    )
    last = every.filter(pl.col("decision") != "not_link").unique("row_id", keep="last", maintain_order=True)
    return every.filter(pl.col("decision") == "not_link").select("row_id", "person_id"), last
