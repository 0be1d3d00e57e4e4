"""Tables of rows and persons as linkage compares them: one column for each thing that is compared."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from doudi.linkage.errors import LinkageError
from doudi.linkage.ids import birth_date, sex_of_id, with_ids
from doudi.linkage.keys import key_problems, missing_column
from doudi.linkage.names import with_names
from doudi.rules.errors import Problems

UNIT = "unique_id"
_SEXES = {"男": "male", "女": "female", "1": "male", "2": "female", "m": "male", "f": "female",
          "male": "male", "female": "female", "男性": "male", "女性": "female"}  # fmt: skip
_DATE = r"^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?(?:[ T]?00:00.*)?$"
_PLACE_ENDINGS = r"(村民委员会|居民委员会|村委会|居委会|社区|行政村|村|第?[\d一二三四五六七八九十]+组)+$"


def checked(
    table: pl.DataFrame, key: str, needed: Collection[str], optional: Collection[str]
) -> pl.DataFrame:
    """The columns ``key``, ``needed`` and ``optional`` of a table; an optional one that is missing is unknown throughout.

    Raises:
        LinkageError: a needed column is missing, or keys are empty or given twice.
    """
    problems = Problems()
    known = {key, *needed, *optional}
    for column in dict.fromkeys([key, *needed]):
        if column not in table.columns:
            problems.add(missing_column(table, column, known))
    if key in table.columns:
        problems.extend(key_problems(table[key]))
    problems.raise_as(LinkageError)
    columns = dict.fromkeys([*needed, *optional])
    return table.select(
        pl.col(key).cast(pl.String).alias(UNIT),
        *(
            pl.col(name) if name in table.columns else pl.lit(None, pl.String).alias(name)
            for name in columns
            if name != key
        ),
    )


def prepared(table: pl.DataFrame, kinds: dict[str, str]) -> pl.DataFrame:
    """A checked table with everything that the comparisons need; ``kinds`` gives the kind of each column."""
    for column, kind in kinds.items():
        if kind == "id_number":
            table = with_ids(table, column).drop(column)
        elif kind == "chinese_name":
            table = with_names(table, column)
        elif kind in _PLAIN:
            table = table.with_columns(_PLAIN[kind](column).alias(column))
    if "birth_date" in kinds.values():
        table = _with_births(table, "id_number" in kinds.values())
    if "sex" in kinds.values() and "id_number" in kinds.values():
        table = table.with_columns(sex=pl.coalesce("sex", sex_of_id()))
    return table


def _with_births(table: pl.DataFrame, ids: bool) -> pl.DataFrame:
    """``born`` as eight digits, from the id number where it is not given; ``born_year`` and ``born_day`` of it."""
    born = pl.coalesce("born", "id_born") if ids else pl.col("born")
    text = born.dt.strftime("%Y%m%d")
    return table.with_columns(born=text, born_year=text.str.head(4), born_day=text.str.tail(4)).drop(
        "id_born", strict=False
    )


def _dates(column: str) -> pl.Expr:
    """Dates, or texts such as 1955-03-07, 1955/3/7, 19550307, 1955年3月7日."""
    text = pl.col(column).cast(pl.String).str.normalize("NFKC").str.strip_chars()
    parts = [text.str.extract(_DATE, place) for place in (1, 2, 3)]
    return birth_date(parts[0] + parts[1].str.zfill(2) + parts[2].str.zfill(2))


def _sexes(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return text.replace_strict(_SEXES, default=None, return_dtype=pl.String)


def _places(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.normalize("NFKC").str.replace_all(r"\s", "")
    short = text.str.replace(_PLACE_ENDINGS, "")
    return pl.when(short.str.len_chars() > 0).then(short)


def _texts(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.normalize("NFKC").str.to_lowercase()
    text = text.str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(text.str.len_chars() > 0).then(text)


_PLAIN = {
    "birth_date": _dates,
    "sex": _sexes,
    "place": _places,
    "text": _texts,
    "latin_name": _texts,
    "number": _texts,
}
