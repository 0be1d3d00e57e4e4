"""Cells as departments write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.feeds import contract
from doudi.feeds.values import Manner, Reading, read_column
from tests.feeds.files import identity

MANNER = Manner(date(2026, 9, 1), marked=True)


def read(feed: str, column: str, *texts: str | None, manner: Manner = MANNER) -> Reading:
    """A column as read."""
    return read_column(contract(feed).fields[column], pl.Series(texts, dtype=pl.String), manner)


def remarks(reading: Reading) -> dict[str, list[int]]:
    """The remarks with their rows."""
    return {code: rows.nonzero()[0].tolist() for code, rows in reading.remarks}


@pytest.mark.parametrize(
    "text",
    ["2026-08-01", "2026/8/1", "2026.8.1", "20260801", "2026年8月1日", "46235", "2026-08-01 00:00:00",
     "２０２６－０８－０１", " 2026-8-1　", "46235.5", "2026/08/01 12:30"],
)  # fmt: skip
def test_a_date_is_read_in_every_shape(text: str):
    assert read("deaths", "died_on", text).values.to_list() == [date(2026, 8, 1)]


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "260801", "八月一日", "2026-08", "#VALUE!", "0"]
)
def test_what_is_no_date_is_told(text: str):
    reading = read("deaths", "died_on", text)
    assert reading.values.to_list() == [None]
    assert reading.faulty().all()


def test_days_counted_from_1904():
    assert read("deaths", "died_on", "44773", manner=Manner(date(2026, 9, 1), from_1904=True)).values[
        0
    ] == date(2026, 8, 1)


def test_no_date_lies_after_the_receipt():
    assert "晚于收到" in read("deaths", "died_on", "2026-09-02").faults[0][0]


def test_an_id_of_15_digits_is_upgraded():
    reading = read("deaths", "id_number", "999901500101001")
    assert reading.values.to_list() == [identity(1)]
    assert remarks(reading) == {"upgraded": [0]}


def test_an_id_in_full_width_with_spaces_is_read():
    wide = identity(1).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"})
    spaced = identity(1)[:6] + " " + identity(1)[6:]
    assert read("deaths", "id_number", wide, spaced, "'" + identity(1)).values.to_list() == [identity(1)] * 3


@pytest.mark.parametrize(
    "text", ["9.99901E+17", "9.99901195001010E+17", "\ufdd2999901195001010000", "999901195001010000"]
)
def test_lost_digits_of_an_id_are_told_not_guessed(text: str):
    reading = read("deaths", "id_number", text)
    assert reading.values.to_list() == [None]
    assert "丢失" in reading.faults[0][0]


def test_a_wrong_check_digit_is_kept_with_a_remark_for_linking():
    wrong = identity(1)[:17] + ("0" if identity(1)[17] != "0" else "1")
    reading = read("deaths", "id_number", wrong, identity(1), "999901195013010012")
    assert reading.values.to_list()[:2] == [wrong, identity(1)]
    assert 0 in remarks(reading)["check_digit"]
    assert remarks(reading)["birth_date"] == [2]
    assert not reading.faulty().any()


def test_money_is_exact():
    reading = read(
        "bank_balances", "balance", "1,234.50", "￥12", "１２.３", "12.10000", "0.07", "12.345", "1e3", "九元"
    )
    assert reading.values.to_list()[:5] == [
        Decimal(text) for text in ("1234.50", "12", "12.30", "12.10", "0.07")
    ]
    assert reading.faulty().tolist() == [False] * 5 + [True] * 3


def test_money_in_units_of_ten_thousand():
    manner = Manner(date(2026, 9, 1), ten_thousands=True)
    assert read("market_entities", "capital", "12.5", "0.000001", manner=manner).values.to_list() == [
        Decimal(125000), Decimal("0.01"),
    ]  # fmt: skip


def test_names_keep_what_identifies_them():
    reading = read("deaths", "name", "王 建国", "麦麦提•吐尔逊", " 李四　", "𠮷田", "王五3", "?田")
    assert reading.values.to_list() == ["王建国", "麦麦提·吐尔逊", "李四", "𠮷田", None, "?田"]
    assert remarks(reading) == {"unreadable_character": [5]}


def test_codes_are_read_by_code_label_and_alias():
    reading = read("disability", "grade", "一级", "1", "Ⅱ", "４级", "五级")
    assert reading.values.to_list() == ["1", "1", "2", "4", None]
    assert "一级、二级" in reading.faults[0][0]


def test_an_optional_phone_that_is_none_leaves_a_blank():
    reading = read("disability", "phone", "138 0013 8000", "+8613800138000", "家里")
    assert reading.values.to_list() == ["13800138000", "13800138000", None]
    assert remarks(reading) == {"blanked": [2]}
    assert not reading.faulty().any()


def test_formulas_and_error_values_are_told():
    reading = read("deaths", "died_on", "\ufdd046235", "\ufdd1#N/A", "2026-08-01")
    assert [text for text, _ in reading.faults] == [
        "是公式，请粘贴为数值后重新发送",
        "是错误值（如 #N/A），请更正",
    ]


def test_no_fault_repeats_the_value():
    secret = "99990119500101"
    for column in contract("bank_balances").fields:
        assert all(secret not in text for text, _ in read("bank_balances", column, secret + "乙").faults)


@given(st.lists(st.dates(date(1900, 1, 1), date(2026, 8, 31)), min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_dates_come_back_whatever_their_mixture(days: list[date]):
    shapes = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日")
    texts = [day.strftime(shapes[place % 4]) for place, day in enumerate(days)]
    assert read("deaths", "died_on", *texts).values.to_list() == days


@given(st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789"))
@settings(max_examples=100, deadline=None)
def test_any_single_wrong_digit_is_noticed(number: int, place: int, digit: str):
    true = identity(number)
    wrong = true[:place] + digit + true[place + 1 :]
    reading = read("deaths", "id_number", wrong)
    noticed = bool(reading.remarks) or reading.faulty().any()
    assert noticed == (wrong != true)
