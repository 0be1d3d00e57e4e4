"""What is asked, of whom, and how an answer is read."""

from __future__ import annotations

import pytest

from doudi.selfcheck.answers import Answers
from doudi.selfcheck.questions import AnswerFault, screens
from tests.selfcheck.told import answers, income, old_couple

QUESTIONS = {name: each for screen in screens().values() for name, each in screen.questions.items()}


def test_nobody_is_asked_who_they_are():
    kinds = {each.fact.kind for each in QUESTIONS.values() if each.fact is not None}
    assert kinds == {"code", "count", "flag", "money"}
    assert not {"name", "phone", "id_number", "address", "account"} & QUESTIONS.keys()


def test_one_person_has_at_most_twelve_steps():
    able = {"person-0": {"age": 40}, "condition-0": {}, "income-0": income()}
    assert len(answers(able).steps()) <= 12


def test_every_choice_has_answers_in_both_languages():
    for each in QUESTIONS.values():
        assert each.zh, each.name
        assert each.en, each.name
        if each.kind in ("choice", "several", "flag"):
            assert len(each.options) >= 2, each.name
            assert all(zh and en for zh, en in each.options.values())


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("1200", 120_000), ("1,200.5", 120_050), ("１２００元", 120_000), (" 0.01 ", 1)],
)
def test_amounts_are_read_as_people_write_them(text: str, fen: int):
    assert QUESTIONS["wage"].read([text]) == fen


@pytest.mark.parametrize("text", ["很多", "-5", "1.234", "1e3", "9999999999", "999999999", "3500块"])
def test_what_is_no_amount_is_said_to_be_none(text: str):
    with pytest.raises(AnswerFault, match="yuan"):
        QUESTIONS["wage"].read([text])


def test_an_amount_fits_into_its_fact_for_its_period():
    assert QUESTIONS["wage"].read(["8333333"]) == 833_333_300
    with pytest.raises(AnswerFault, match="8,333,333"):
        QUESTIONS["wage"].read(["8333334"])


def test_two_pensions_fit_into_one_fact():
    asked = screens()["income"].questions
    pension = asked["pension"].fact
    assert pension is not None
    assert (asked["pension"].most + asked["resident_pension"].most) * 12 <= pension.high


def test_nobody_else_is_the_head():
    assert "head" not in screens()["person"].questions["relation"].options


def test_what_is_left_open_is_not_known_and_never_zero():
    assert QUESTIONS["wage"].read([""]) is None
    assert QUESTIONS["disability"].read(["unknown"]) is None
    assert QUESTIONS["illness"].read([]) is None


def test_what_must_be_answered_must():
    with pytest.raises(AnswerFault):
        screens()["person"].questions["age"].read([""])


@pytest.mark.parametrize("text", ["0", "11", "2.5", "两个", "²"])
def test_a_count_lies_within_its_bounds(text: str):
    with pytest.raises(AnswerFault, match="from 1 to 10"):
        QUESTIONS["size"].read([text])


def test_a_code_that_is_not_offered_is_no_answer():
    for name, text in (("area", "moon"), ("disability", "-1"), ("held", "everything")):
        with pytest.raises(AnswerFault):
            QUESTIONS[name].read([text])


def test_none_stands_alone():
    with pytest.raises(AnswerFault):
        QUESTIONS["held"].read(["none", "dibao"])


def test_of_each_only_what_concerns_their_age_is_asked():
    told = Answers(
        {"family": {"size": 3}, "person-0": {"age": 76}, "person-1": {"age": 30}, "person-2": {"age": 8}}
    )
    asked = {step.key: {each.name for each in told.asked(step)} for step in told.steps()}
    assert "cannot" in asked["condition-0"]
    assert "can_work" not in asked["condition-0"]
    assert "can_work" in asked["condition-1"]
    assert "cannot" not in asked["condition-1"]
    assert asked["condition-2"] == {"study", "disability", "disability_grade", "illness"}
    assert "income-2" not in asked, "a child of 8 is not asked what it earns"
    assert "relation" not in asked["person-0"]


def test_kin_elsewhere_are_asked_of_those_whom_they_may_owe_support():
    able = {"person-0": {"age": 40}, "condition-0": {}, "income-0": income()}
    assert answers(able).step("elsewhere") is None
    assert old_couple().step("elsewhere") is not None
    assert old_couple().step("support-0") is not None
    assert old_couple(elsewhere={"children_away": 0}).step("support-0") is None


def test_who_has_left_takes_their_answers_along():
    told = old_couple().with_step("family", {"size": 1})
    assert not {"person-1", "condition-1", "income-1"} & told.told.keys()
    assert "income-0" in told.told


def test_answers_come_back_as_they_were_kept():
    assert Answers.from_data(old_couple().as_data()) == old_couple()


def test_the_first_open_step_comes_next():
    told = old_couple().told
    rest = {key: each for key, each in told.items() if key not in ("income-1", "held")}
    following = Answers(rest).next_open()
    assert following is not None
    assert following.key == "income-1"
    assert old_couple().next_open() is None
