"""Public notice: three things, masked, for its time."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime

import pytest

from doudi.procedure import ground, procedure
from doudi.procedure.public_notice import (
    Line,
    Manner,
    Notice,
    Subject,
    line_of,
    manner_of,
    masked_name,
    surname,
    visible_lines,
)

MASKED = Manner("masked", True)
FULL = Manner("full", True)


def test_a_line_holds_name_members_and_sum_and_nothing_else():
    assert [field.name for field in fields(Line)] == ["name", "members", "monthly"]
    assert line_of(Subject("王小明", 3, 126_000), MASKED) == Line("王某明", 3, 126_000)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王明", "王某"),
        ("王小明", "王某明"),
        ("欧阳小明", "欧阳某明"),
        ("欧阳明", "欧阳某"),
        ("阿依古丽·买买提", "阿依古丽·某"),
        ("王", "王某"),
    ],
)
def test_names_are_masked(name: str, shown: str):
    assert masked_name(name) == shown


def test_two_characters_that_look_like_a_compound_surname_are_surname_and_name():
    assert surname("欧阳") == "欧"


@pytest.mark.parametrize(
    "subject", [Subject("王小明", 1, 0, is_minor=True), Subject("王小明", 1, 0, has_illness=True)]
)
def test_minors_and_families_with_illness_show_the_surname_alone_even_where_names_stand_in_full(
    subject: Subject,
):
    assert line_of(subject, FULL).name == "王某某"
    assert line_of(subject, Manner("full", False)).name == "王小明"


def test_the_place_decides_how_names_stand():
    assert manner_of(ground(procedure(), "999901", date(2026, 9, 1))) == MASKED


def test_a_notice_is_seen_for_its_period_and_gone_afterwards_or_once_it_is_stopped():
    line = Line("王某", 1, 40_000)
    notice = Notice(line, datetime(2026, 9, 14, 9), date(2026, 9, 21))
    stopped = Notice(line, datetime(2026, 9, 14, 9), date(2026, 9, 21), datetime(2026, 9, 17, 15))
    shown = [
        notice.is_visible(at)
        for at in (
            datetime(2026, 9, 14, 8),
            datetime(2026, 9, 14, 9),
            datetime(2026, 9, 21, 23),
            datetime(2026, 9, 22),
        )
    ]
    assert shown == [False, True, True, False]
    assert visible_lines([notice, stopped], datetime(2026, 9, 17, 14)) == [line, line]
    assert visible_lines([notice, stopped], datetime(2026, 9, 17, 15)) == [line]


@pytest.mark.parametrize("subject", [Subject("王明", 0, 0), Subject("王明", 1, -1)])
def test_a_line_needs_a_member_and_no_negative_sum(subject: Subject):
    with pytest.raises(ValueError, match="needs a member"):
        line_of(subject, MASKED)
