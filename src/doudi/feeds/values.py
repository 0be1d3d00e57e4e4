"""Columns of texts to columns of values, a type at a time; what cannot be read is told, never guessed at.

Money is in yuan with two decimals, exactly; dates are dates; codes are our English codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from doudi.feeds import marks
from doudi.feeds.contract_model import RECEIVED, Field
from doudi.feeds.identity import read_identities
from doudi.rules.codes import CodeSet

Flags = NDArray[np.bool_]
Times = NDArray[np.int64]

TYPES: Mapping[str, pl.DataType] = {
    "date": pl.Date(), "money": pl.Decimal(18, 2), "number": pl.Decimal(18, 4), "count": pl.Int64(), "flag": pl.Boolean(),
}  # fmt: skip
"""The column types of fields; all others are text."""

_WORTH_TELLING_APART = 2_000
"""Shorter columns are read as they stand."""
_COMING_BACK = 3
"""How often texts must come back on average for each to be read once."""
_BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
_NOTHING = ("-", "--", "—", "——", "/", "\\", "\\N", "无", "空", "null", "NULL", "None", "nan", "N/A", "#N/A")
_DOTS = "[•・‧∙●．･⋅]"
_SCIENTIFIC = r"^[0-9](?:\.[0-9]+E\+?|E\+)[0-9]+$"
_SERIAL = r"^[1-9][0-9]{4}(?:\.[0-9]+)?$"
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIAL_1904 = 1462
_TRUE = ("是", "有", "1", "true", "TRUE", "True", "Y", "y", "yes", "对", "√", "已")
_FALSE = ("否", "无", "0", "false", "FALSE", "False", "N", "n", "no", "未", "×")
_UNUSUAL = {
    "id_number": "[^0-9X]", "identifier": "[^0-9A-Z-]", "date": "[^0-9-]", "month": "[^0-9-]", "money": "[^0-9.]",
    "number": "[^0-9.]", "count": "[^0-9]",
}  # fmt: skip
"""What calls for cleaning, by type."""
_LONGEST = {"name": 100, "identifier": 60, "text": 1000}


@dataclass(slots=True)
class Reading:
    """What a column says. ``faults``: what is wrong (Chinese, without the value) and in which rows; ``remarks``: a code
    and the rows that were read with a reservation."""

    values: pl.Series
    faults: list[tuple[str, Flags]] = field(default_factory=list)
    remarks: list[tuple[str, Flags]] = field(default_factory=list)

    def faulty(self) -> Flags:
        """The rows with any fault."""
        found = np.zeros(len(self.values), dtype=np.bool_)
        for _, rows in self.faults:
            found |= rows
        return found

    def add(self, text: str, rows: Flags) -> None:
        """Add a fault, if any row has it."""
        if rows.any():
            self.faults.append((text, rows))


@dataclass(frozen=True, slots=True)
class Manner:
    """What the reading of cells depends on: the day the file was received, marks in it, days counted from 1904, money
    in units of 10,000 yuan."""

    received: date
    marked: bool = False
    from_1904: bool = False
    ten_thousands: bool = False


def read_column(field_: Field, texts: pl.Series, manner: Manner) -> Reading:
    """Read a column of texts as received, each text once where many come back. Rows with a fault have a null value."""
    if not _come_back(texts):
        return _read(field_, texts, manner)
    distinct = texts.unique()
    places = texts.replace_strict(
        distinct, pl.int_range(len(distinct), dtype=pl.UInt32, eager=True), return_dtype=pl.UInt32
    ).to_numpy()
    times = np.bincount(places, minlength=len(distinct))
    return _spread(_read(field_, distinct, manner, times), places)


def _come_back(texts: pl.Series) -> bool:
    if len(texts) < _WORTH_TELLING_APART:
        return False
    distinct = texts.to_frame().select(pl.all().approx_n_unique()).item()
    return bool(distinct * _COMING_BACK <= len(texts))


def _spread(reading: Reading, places: NDArray[np.uint32]) -> Reading:
    """What was read of distinct texts, for the rows in which they stand."""
    return Reading(
        reading.values.gather(pl.Series(places)),
        [(text, rows[places]) for text, rows in reading.faults],
        [(code, rows[places]) for code, rows in reading.remarks],
    )


def _read(field_: Field, texts: pl.Series, manner: Manner, times: Times | None = None) -> Reading:
    """Read texts; ``times``: how often each of them stands in the column, once if not given."""
    reading = Reading(texts)
    lost = (
        _take_marks(reading, texts, field_, manner) if manner.marked else np.zeros(len(texts), dtype=np.bool_)
    )
    cleaned = _clean(reading.values, field_.type)
    marked = reading.faulty()
    if marked.any():
        cleaned = cleaned.set(pl.Series(marked), None)
    reader = _READERS.get(field_.type)
    result = reader(field_, cleaned, manner, lost) if reader else _identity(cleaned, lost, times)
    result.faults = reading.faults + result.faults
    _blank_or_reject(field_, result)
    if field_.required:
        empty = result.values.is_null().to_numpy() & ~result.faulty()
        result.add("是空的，应填写", empty)
    return result


def _take_marks(reading: Reading, texts: pl.Series, field_: Field, manner: Manner) -> Flags:
    """Tell the cells that a workbook's reader marked; gives those that lost digits."""
    nothing = np.zeros(len(texts), dtype=np.bool_)
    if not texts.str.contains(marks.ANY).any():
        return nothing
    reading.add("是公式，请粘贴为数值后重新发送", _begins(texts, marks.FORMULA))
    reading.add("是错误值（如 #N/A），请更正", _begins(texts, marks.ERROR))
    lost = _begins(texts, marks.LOST)
    reading.values = texts.str.strip_chars_start(marks.LOST)
    if field_.type in ("identifier", "phone", "text", "name"):
        reading.add("按数字保存，末几位已丢失，请以文本格式重新导出", lost)
    return lost if field_.type == "id_number" else nothing


def _begins(texts: pl.Series, mark: str) -> Flags:
    return texts.str.starts_with(mark).fill_null(False).to_numpy()


def _clean(texts: pl.Series, type_: str) -> pl.Series:
    if type_ in _UNUSUAL and not texts.str.contains(_UNUSUAL[type_]).any():
        return _empty_as_null(texts)
    texts = texts.str.strip_chars(_BLANKS)
    wide = bool((texts.str.len_bytes() != texts.str.len_chars()).any())
    if type_ in ("name", "text"):
        return _empty_as_null(texts)
    if wide:
        texts = texts.str.normalize("NFKC")
    if type_ in ("id_number", "identifier", "phone", "money", "count", "number"):
        texts = texts.str.strip_chars("'`")
        if texts.str.contains(r"[\s\u200b\u200e\u202c\u202d]").any():
            texts = texts.str.replace_all(r"[\s\u200b\u200e\u202c\u202d]", "")
    return _empty_as_null(texts)


def _empty_as_null(texts: pl.Series) -> pl.Series:
    empty = texts == ""
    return texts.set(empty.fill_null(False), None) if empty.any() else texts


def _without_nothing(texts: pl.Series, bad: Flags) -> Flags:
    """The rows of ``bad`` that do not merely say that there is nothing."""
    if not bad.any():
        return bad
    return bad & ~texts.is_in(list(_NOTHING)).fill_null(False).to_numpy()


def _blank_or_reject(field_: Field, result: Reading) -> None:
    """Leave faulty values blank with a remark where the contract says so."""
    faulty = result.faulty()
    if not faulty.any():
        return
    result.values = result.values.set(pl.Series(faulty), None)
    if field_.wrong == "blank":
        result.faults = []
        result.remarks.append(("blanked", faulty))


def _identity(texts: pl.Series, lost: Flags, times: Times | None) -> Reading:
    found = read_identities(texts, lost, times)
    result = Reading(found.numbers)
    result.add("的末几位数字已丢失（科学记数法或数字格式），请以文本格式重新导出", found.lost)
    result.add("不是 15 位或 18 位的号码", _without_nothing(texts, found.shapeless))
    for code, rows in (
        ("upgraded", found.upgraded),
        ("check_digit", found.check),
        ("birth_date", found.date),
    ):
        if rows.any():
            result.remarks.append((code, rows))
    return result


def _name(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    joined = texts.str.replace_all(_DOTS, "·")
    if joined.str.contains(r"\s").any():
        joined = joined.str.replace_all(r"([^\x00-\x7f])\s+([^\x00-\x7f])", "${1}${2}")
        joined = joined.str.replace_all(r"([^\x00-\x7f])\s+([^\x00-\x7f])", "${1}${2}")
    result = Reading(joined)
    result.add("含有数字，可能错列", joined.str.contains(r"[0-9０-９]").fill_null(False).to_numpy())
    result.add("过长，可能错列", (joined.str.len_chars() > _LONGEST["name"]).fill_null(False).to_numpy())
    unclear = joined.str.contains("[?？□\ufffd]").fill_null(False).to_numpy()
    if unclear.any():
        result.remarks.append(("unreadable_character", unclear))
    return result


def _text(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    result = Reading(texts)
    result.add("过长", (texts.str.len_chars() > _LONGEST["text"]).fill_null(False).to_numpy())
    return result


def _identifier(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    upper = texts.str.to_uppercase()
    result = Reading(upper)
    scientific = upper.str.contains(_SCIENTIFIC)
    result.add("是科学记数法，末几位已丢失，请以文本格式重新导出", scientific.fill_null(False).to_numpy())
    result.add("过长，可能错列", (upper.str.len_chars() > _LONGEST["identifier"]).fill_null(False).to_numpy())
    return result


def _phone(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    plain = texts.str.replace_all(r"[-()+]", "").str.replace(r"^86(1[0-9]{10})$", "${1}")
    good = plain.str.contains(r"^[0-9]{7,12}$").fill_null(True).to_numpy()
    result = Reading(plain)
    result.add("不是电话号码", _without_nothing(texts, ~good))
    return result


def _date(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    days = texts.str.to_date("%Y-%m-%d", strict=False)
    rest = texts.is_not_null() & days.is_null()
    if rest.any():
        places = rest.arg_true()
        days = days.scatter(places, _other_dates(texts.gather(places), manner))
    bad = texts.is_not_null().to_numpy() & days.is_null().to_numpy()
    result = Reading(days)
    result.add("不是有效日期，应如 2026-08-01", _without_nothing(texts, bad))
    _check_range(field_, result, manner)
    return result


def _other_dates(texts: pl.Series, manner: Manner) -> pl.Series:
    """Dates in the other shapes that departments write."""
    plain = texts.str.replace(r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$", "")
    parts = plain.str.replace_all(r"[年月/.]", "-").str.strip_suffix("日")
    compact = pl.when(plain.str.contains(r"^[12][0-9]{7}(?:\.0)?$")).then(plain.str.slice(0, 8))
    zero = _SERIAL_DAY_ZERO + timedelta(days=_SERIAL_1904 if manner.from_1904 else 0)
    serial = pl.when(plain.str.contains(_SERIAL)).then(plain).cast(pl.Float64, strict=False).floor()
    frame = pl.select(
        days=pl.coalesce(
            pl.lit(parts).str.to_date("%Y-%m-%d", strict=False),
            compact.str.to_date("%Y%m%d", strict=False),
            pl.lit(zero) + pl.duration(days=serial.cast(pl.Int64)),
        )
    )
    return frame["days"].cast(pl.Date)


def _month(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    plain = texts.str.replace_all(r"[年/.]", "-").str.strip_suffix("月")
    plain = plain.str.replace(r"^([12][0-9]{3})([01][0-9])$", "${1}-${2}").str.replace(
        r"^(\d{4})-(\d)$", "${1}-0${2}"
    )
    good = plain.str.contains(r"^[12][0-9]{3}-(?:0[1-9]|1[0-2])$").fill_null(False)
    if not good.all():
        as_days = _date(field_, texts, manner, lost).values.dt.strftime("%Y-%m")
        plain = pl.select(pl.when(good).then(plain).otherwise(as_days))[:, 0]
    bad = texts.is_not_null().to_numpy() & plain.is_null().to_numpy()
    later = (plain > manner.received.strftime("%Y-%m")).fill_null(False).to_numpy()
    result = Reading(plain)
    result.add("不是有效月份，应如 2026-08", _without_nothing(texts, bad))
    result.add("晚于收到文件的月份", later)
    return result


def _money(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    plain = _plain_number(texts)
    digits = 6 if manner.ten_thousands else 2
    good = plain.str.contains(rf"^-?[0-9]{{1,13}}(?:\.[0-9]{{1,{digits}}}0*)?$").fill_null(False)
    exact = plain if good.all() else pl.select(pl.when(good).then(plain))[:, 0]
    values = exact.cast(pl.Decimal(18, digits))
    if manner.ten_thousands:
        values = pl.select((pl.lit(values) * 10_000).cast(pl.Decimal(18, 2)))[:, 0]
    return _numeric(field_, texts, values, "不是金额，只写数字，最多两位小数")


def _number(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    plain = _plain_number(texts)
    good = plain.str.contains(r"^-?[0-9]{1,12}(?:\.[0-9]{1,4}0*)?$").fill_null(False)
    exact = plain if good.all() else pl.select(pl.when(good).then(plain))[:, 0]
    return _numeric(field_, texts, exact.cast(pl.Decimal(18, 4)), "不是数字，或小数超过四位")


def _count(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    plain = _plain_number(texts)
    good = plain.str.contains(r"^-?[0-9]{1,12}(?:\.0+)?$").fill_null(False)
    exact = pl.select(pl.when(good).then(plain.str.replace(r"\.0+$", "")))[:, 0]
    return _numeric(field_, texts, exact.cast(pl.Int64), "不是整数")


def _plain_number(texts: pl.Series) -> pl.Series:
    if texts.str.contains(r"[^0-9.]").any():
        texts = texts.str.replace_all(r"[,，￥¥元]", "").str.strip_suffix(".").str.replace(r"^\+", "")
    return texts


def _numeric(field_: Field, texts: pl.Series, values: pl.Series, text: str) -> Reading:
    result = Reading(values)
    bad = texts.is_not_null().to_numpy() & values.is_null().to_numpy()
    result.add(text, _without_nothing(texts, bad))
    _check_range(field_, result, Manner(date.max))
    return result


def _check_range(field_: Field, result: Reading, manner: Manner) -> None:
    """Tell the values outside the field's range."""
    dtype = result.values.dtype
    if field_.least is not None:
        below = result.values < _bound(field_.least, dtype)
        result.add(f"小于允许的最小值 {field_.least}", below.fill_null(False).to_numpy())
    if field_.greatest is not None:
        received = field_.greatest == RECEIVED
        bound = manner.received if received else _bound(field_.greatest, dtype)
        above = (result.values > bound).fill_null(False).to_numpy()
        result.add("晚于收到文件的日期" if received else f"大于允许的最大值 {field_.greatest}", above)


def _bound(text: str, dtype: pl.DataType) -> date | Decimal | int:
    if isinstance(dtype, pl.Date):
        return date.fromisoformat(text)
    return Decimal(text) if isinstance(dtype, pl.Decimal) else int(text)


def _flag(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    words = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
    values = texts.replace_strict(words, default=None, return_dtype=pl.Boolean)
    bad = texts.is_not_null().to_numpy() & values.is_null().to_numpy()
    result = Reading(values)
    result.add("应为“是”或“否”", _without_nothing(texts, bad))
    return result


def _code(field_: Field, texts: pl.Series, manner: Manner, lost: Flags) -> Reading:
    assert field_.codes is not None
    known = _words(field_.codes)
    values = texts.replace_strict(known, default=None, return_dtype=pl.String)
    bad = texts.is_not_null().to_numpy() & values.is_null().to_numpy()
    result = Reading(values)
    can = "、".join(zh for zh, _ in field_.codes.entries.values())
    result.add(f"不在代码表中，可用：{can}", _without_nothing(texts, bad))
    return result


@cache
def _words(codes: CodeSet) -> dict[str, str]:
    """Every word accepted for a code, and the words as half-width text."""
    from unicodedata import normalize

    known = dict(codes.aliases) | {code: code for code in codes.codes}
    return {normalize("NFKC", word): code for word, code in known.items()} | known


_READERS: Mapping[str, Callable[[Field, pl.Series, Manner, Flags], Reading]] = {
    "name": _name, "date": _date, "month": _month, "number": _number, "count": _count,
    "code": _code, "money": _money, "flag": _flag, "text": _text, "phone": _phone, "identifier": _identifier,
}  # fmt: skip
