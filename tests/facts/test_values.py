"""From the text of a value to the engine, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.facts.shown import shown
from doudi.facts.values import ValueFault, parse, show
from doudi.facts.vocabulary import Vocabulary

FACTS = Vocabulary.load().facts


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("wage", "1560.50", 156050), ("wage", "1560.500", 156050), ("wage", "0", 0), ("wage", " 3 ", 300),
        ("wage", "100000000", 10**10), ("wage", "不清楚", None), ("wage", "", None), ("wage", None, None),
        ("asset_area", "88.25", 8825), ("job_refusals", "3", 3), ("job_refusals", "3.0", 3),
        ("works", "true", 1), ("works", "否", 0), ("works", "Unknown", None),
        ("born", "1950-03-02", 19500302), ("born", "1950/3/2", 19500302), ("born", "19500302", 19500302),
        ("born", "1950-03-02 00:00:00", 19500302), ("started_work_on", "无", 0), ("expense_paid_on", "none", 0),
        ("relation", "head", 0), ("relation", "02", 0), ("relation", "配偶", 1), ("sex", "9", None), ("sex", "1", 1),
        ("disability", "7", 7), ("disability", "无", 0),
    ],
)  # fmt: skip
def test_a_value_as_written(name: str, text: str | None, value: int | None) -> None:
    assert parse(FACTS[name], text) == value


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("wage", "-1", "fact.negative"), ("wage", "1.005", "fact.decimals"), ("wage", "1,560", "fact.type"),
        ("wage", "1e3", "fact.type"), ("wage", "1.", "fact.type"), ("wage", "一千", "fact.type"),
        ("wage", "100000000.01", "fact.absurd"), ("job_refusals", "2.5", "fact.decimals"),
        ("disability_grade", "5", "fact.absurd"), ("supporter_family_size", "0", "fact.absurd"),
        ("born", "1950-02-30", "fact.type"), ("born", "无", "fact.type"), ("born", "1889-12-31", "fact.absurd"),
        ("born", "1950-03-02 12:30:00", "fact.type"), ("works", "maybe", "fact.type"), ("relation", "heda", "fact.code"),
    ],
)  # fmt: skip
def test_a_value_at_fault(name: str, text: str, code: str) -> None:
    with pytest.raises(ValueFault) as caught:
        parse(FACTS[name], text)
    assert caught.value.fault.code == code
    assert caught.value.fault.remedy_zh


def test_a_wrong_code_names_the_nearest() -> None:
    with pytest.raises(ValueFault) as caught:
        parse(FACTS["relation"], "spose")
    assert "spouse" in caught.value.fault.remedy_zh


def test_messages_hide_long_numbers() -> None:
    assert "3301" not in shown("330102199001011234")
    assert shown("1560.5") == "1560.5"
    assert len(shown("x" * 500)) < 60


@given(name=st.sampled_from(sorted(FACTS)), data=st.data())
def test_what_is_shown_is_read_back(name: str, data: st.DataObject) -> None:
    fact = FACTS[name]
    if fact.kind == "date":
        value = data.draw(st.dates().map(lambda day: day.year * 10_000 + day.month * 100 + day.day))
        value = value if fact.low <= value <= fact.high else fact.low
    else:
        value = data.draw(st.integers(fact.low, fact.high))
    expected = None if fact.codes and fact.codes.code(value) == "unknown" else value
    assert parse(fact, show(fact, value)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "330102199001011234", "33010219900101123X", "610124 19800101 0011", "６１０１２４１９８００１０１００１１",
        "138-0013-8000", "+86 138 0013 8000", "6222 0202 0000 1234 567", "610124800101001", "田顺成", "欧阳修", " 王 丽 ",
        "买买提·吐尔逊",
    ],
)  # fmt: skip
def test_what_may_point_at_a_person_is_not_shown(text: str) -> None:
    told = shown(text)
    assert "…" in told
    assert len(told) <= 2


@pytest.mark.parametrize(
    "text",
    ["3,000.00", "1982-06-08 12:30:00", "2026/8/1", "３０００", "三千", "老伴", "cousin", "-5", "1234567890"],
)
def test_what_points_at_nobody_is_shown(text: str) -> None:
    assert shown(text) == text
