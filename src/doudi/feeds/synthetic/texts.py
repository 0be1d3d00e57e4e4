"""Values as departments write them: dates and months in their shapes, money in yuan or 10,000 yuan, codes in words."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from doudi.feeds.contract_model import Contract, Field
from doudi.feeds.synthetic import slips
from doudi.feeds.synthetic.forms import Form
from doudi.rules.codes import CodeSet

_SERIAL_ZERO = date(1899, 12, 30)
_DIGITS, _WIDE = list("0123456789X"), list("０１２３４５６７８９Ｘ")
_DATES = {
    "iso": "%Y-%m-%d", "slash": "%Y/%-m/%-d", "dot": "%Y.%-m.%-d", "compact": "%Y%m%d", "chinese": "%Y年%-m月%-d日",
}  # fmt: skip
_MONTHS = {"iso": "%Y-%m", "slash": "%Y/%-m", "compact": "%Y%m", "chinese": "%Y年%-m月"}


def written(contract: Contract, form: Form, rows: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """The cells of these columns as texts; null where nothing is written."""
    shape = pl.Series(np.arange(rows.height) % len(form.dates))
    cells = [_written(contract.fields[name], form, rows, name, shape).alias(name) for name in columns]
    return pl.DataFrame(cells)


def numeric(contract: Contract, form: Form, field: str) -> bool:
    """Whether a workbook holds the column as numbers."""
    kind = contract.fields[field].type
    return (
        kind in ("number", "count")
        or (kind == "money" and form.money != "comma")
        or (kind == "date" and form.dates == ("serial",))
    )


def _written(field: Field, form: Form, rows: pl.DataFrame, name: str, shape: pl.Series) -> pl.Series:
    if name not in rows.columns:
        return pl.Series([None] * rows.height, dtype=pl.String)
    values = rows[name]
    if field.type == "date":
        return _dates(values, form.dates, shape)
    if field.type == "month":
        return values.str.to_date("%Y-%m").dt.strftime(_MONTHS[form.months])
    if field.type == "money":
        return _money(values, form.money)
    if field.type == "number":
        return _hundredths(values, 100)
    if field.type == "flag":
        return values.replace_strict({True: "是", False: "否"}, default=None, return_dtype=pl.String)
    if field.codes is not None:
        return values.replace_strict(_words(field.codes, form.codes), default=None, return_dtype=pl.String)
    return _texts(field, rows, name, values.cast(pl.String))


def _dates(values: pl.Series, shapes: tuple[str, ...], shape: pl.Series) -> pl.Series:
    written = pl.Series([None] * len(values), dtype=pl.String)
    for place, each in enumerate(shapes):
        texts = _serials(values) if each == "serial" else values.dt.strftime(_DATES[each])
        written = pl.select(pl.when(shape == place).then(texts).otherwise(written)).to_series()
    return written


def _serials(days: pl.Series) -> pl.Series:
    """Days as a spreadsheet numbers them."""
    return (days - _SERIAL_ZERO).dt.total_days().cast(pl.String)


def _money(fen: pl.Series, shape: str) -> pl.Series:
    if shape == "ten_thousand":
        return _hundredths(fen, 1_000_000)
    plain = _hundredths(fen, 100)
    if shape == "comma":
        return pl.Series(
            [f"{int(each) // 100:,}.{int(each) % 100:02}" if each is not None else None for each in fen]
        )
    return plain


def _hundredths(values: pl.Series, unit: int) -> pl.Series:
    """Whole numbers as decimals of so large a unit, without zeros that say nothing."""
    digits = len(str(unit)) - 1
    frame = pl.DataFrame({"value": values.cast(pl.Int64)})
    whole, rest = pl.col("value") // unit, (pl.col("value") % unit).cast(pl.String).str.zfill(digits)
    text = (whole.cast(pl.String) + "." + rest).str.strip_chars_end("0").str.strip_chars_end(".")
    return frame.select(text).to_series()


def _words(codes: CodeSet, manner: str) -> dict[str, str]:
    return {code: _word(codes, code, manner) for code in codes.codes}


def _word(codes: CodeSet, code: str, manner: str) -> str:
    label = codes.label(code)
    if manner == "zh":
        return label
    others = [alias for alias, of in codes.aliases.items() if of == code and alias != label]
    if manner == "number":
        return next((each for each in [*others, code] if each.isdecimal()), label)
    return next((each for each in others if not each.isdecimal()), label)


def _texts(field: Field, rows: pl.DataFrame, name: str, values: pl.Series) -> pl.Series:
    """Numbers, names and free text with the slips that concern how a cell is written."""
    cell = pl.col(name)
    frame = rows.select("spaced", "wide", values.alias(name), lost=_lost(name, rows))
    if field.type == "id_number":
        lost = cell.map_elements(slips.digits_lost, return_dtype=pl.String)
        frame = _where(frame, name, frame["lost"], lost)
        frame = _where(frame, name, frame["wide"] & ~frame["lost"], cell.str.replace_many(_DIGITS, _WIDE))
        frame = _where(frame, name, frame["spaced"] & ~frame["lost"], cell + " ")
    elif field.type == "name":
        frame = _where(frame, name, frame["spaced"], pl.lit("　") + cell + " ")
    return frame[name]


def _lost(name: str, rows: pl.DataFrame) -> pl.Expr:
    return pl.col(f"lost_{name}") if f"lost_{name}" in rows.columns else pl.lit(False)


def _where(frame: pl.DataFrame, name: str, hit: pl.Series, otherwise: pl.Expr) -> pl.DataFrame:
    """The frame with the column written otherwise in the few rows that are hit."""
    if not hit.any():
        return frame
    places = hit.arg_true()
    changed = frame[places].select(otherwise.alias(name)).to_series()
    return frame.with_columns(frame[name].scatter(places, changed))
