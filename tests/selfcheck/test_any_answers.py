"""Whatever is answered, as long as each answer is one, there is a household and a result."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.selfcheck.answers import Answers
from doudi.selfcheck.household import household_of
from doudi.selfcheck.law import Law
from doudi.selfcheck.outcome import outcome
from doudi.selfcheck.questions import NONE, Answer, Question

DAY = date(2026, 2, 28)


def texts(question: Question) -> st.SearchStrategy[list[str]]:
    """What somebody may fill in."""
    if question.kind == "several":
        rest = [code for code in question.options if code != NONE]
        some = st.lists(st.sampled_from(rest), min_size=1, unique=True)
        return some | st.just([NONE]) if question.must else some | st.just([NONE]) | st.just([])
    if question.kind == "count":
        found = st.integers(question.low, min(question.high, 4) if question.name == "size" else question.high)
        return _open(question, found.map(str))
    if question.kind == "amount":
        return _open(question, st.integers(0, question.most // 100).map(str))
    return _open(question, st.sampled_from(list(question.options)))


def _open(question: Question, found: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    each = found.map(lambda text: [text])
    return each if question.must else st.one_of(st.just([""]), each)


@st.composite
def gone_through(draw: st.DrawFn) -> Answers:
    """Answers to all steps, one after the other."""
    found = Answers()
    while (step := found.next_open()) is not None:
        told: dict[str, Answer] = {each.name: each.read(draw(texts(each))) for each in found.asked(step)}
        found = found.with_step(step.key, told)
    return found


@settings(deadline=None, max_examples=60)
@given(gone_through())
def test_any_answers_make_a_household_and_come_back_as_they_were(answers: Answers):
    household = household_of(answers, DAY)
    assert len(household.facts["person"]) == answers.size
    assert Answers.from_data(answers.as_data()) == answers


@cache
def law() -> Law:
    """The law of the demonstration county, ready for any answers."""
    found = Law.of("999901", DAY)
    found.make_ready()
    return found


@settings(deadline=None, max_examples=40)
@given(gone_through(), st.sampled_from(["zh", "en"]))
def test_any_answers_come_to_a_result_that_says_what_is_open(answers: Answers, language: str):
    found = outcome(answers, law(), language)
    for card in found.cards:
        assert card.name
        assert card.missing or card.chance not in ("open", "unset")
        assert all(share.fen > 0 for share in card.shares)
    found.left_open()
    found.found_later()
    assert found.monthly >= 0
