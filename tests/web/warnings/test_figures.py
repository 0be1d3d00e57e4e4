"""The dashboard counts rounds, tells precision with its range, and hides small cells from analysts."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from doudi.monitoring.trying import read_answers
from doudi.web.accounts.roles import Role
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from doudi.web.warnings.drawing import HEATS, TREE_HEIGHT, WIDTH, funnel, tree
from doudi.web.warnings.models import Round
from doudi.web.warnings.selectors.figures import Line, Tally, figures, to_hide
from doudi.web.warnings.services.accepting import accept
from doudi.web.warnings.services.telling import write_answers
from doudi.web.warnings.services.visiting import Answer, Sheet, receive
from tests.web.people import HERE, People
from tests.web.warnings.making import RED, YELLOW, sent


def closed_pair(people: People, folder: Path) -> None:
    """Two warnings of a household, one right and one a false alarm, both closed."""
    first, second = sent(people, folder, RED, YELLOW)
    assistant, head = people.user(Role.VILLAGE_ASSISTANT), people.user(Role.TOWNSHIP_HEAD)
    answers = (
        Answer(first.pk, "urgent", ("home",), "属实"),
        Answer(second.pk, "false_alarm", ("home",), "已有"),
    )
    with acting_as(assistant.scope):
        receive(
            Household.objects.get(), Sheet(uuid.uuid4(), 0, timezone.now(), True, answers=answers), assistant
        )
    with acting_as(head.scope):
        for one, step in ((first, "close_and_help"), (second, "close_warning")):
            one.case.refresh_from_db()
            accept(one, step, head)


def test_the_funnel_goes_from_raised_to_a_changed_benefit(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    head = people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        found = figures(head)
        assert {name: count.shown for name, count in found.funnel} == {
            "raised": 2, "dispatched": 2, "visited": 2, "closed": 2, "changed": 0,
        }  # fmt: skip
    with acting_as(system()):
        Case.objects.filter(kind="temporary_urgent").update(stage="closed")
    with acting_as(head.scope):
        assert dict(figures(head).funnel)["changed"].shown == 1


def test_each_indicator_has_its_precision_with_a_range(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    head = people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope):
        lines = {line.key: line for line in figures(head).indicators}
    right, wrong = lines[RED].precision, lines[YELLOW].precision
    assert right is not None
    assert wrong is not None
    assert (right.share, wrong.share) == (1.0, 0.0)
    assert right.interval == pytest.approx((0.2065, 1.0), abs=0.0001)


def test_the_villages_of_one_township_come_with_its_total(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    client = people.signed_in(Role.COUNTY_HEAD)
    context = client.get("/c/", {"town": "nowhere"}).context
    (village,) = context["villages"]
    assert context["town"].key == f"{HERE}101000"
    assert village.key == f"{HERE}101201"
    assert village.raised == context["town"].raised == Tally(2)


def test_an_analyst_sees_no_count_below_five(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    analyst = people.user(Role.ANALYST)
    with acting_as(analyst.scope):
        found = figures(analyst)
    assert {str(count) for _name, count in found.funnel} == {"<5", "0"}
    assert {(str(line.raised), line.precision) for line in found.indicators} == {("<5", None)}
    page = people.signed_in(Role.ANALYST).get("/c/").content.decode()
    assert "小于 5 的数不显示" in page
    table = (
        people.signed_in(Role.ANALYST)
        .get("/figures/export/", {"table": "villages"})
        .content.decode("utf-8-sig")
    )
    assert "<5" in table
    assert "测试员" in table.splitlines()[0]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [([9, 8], set()), ([0, 9], set()), ([3, 2, 9], {0, 1}), ([3, 9, 7], {0, 2}), ([3], {0})],
)
def test_a_small_count_alone_hides_the_next_smallest_too(counts: list[int], hidden: set[int]):
    assert to_hide(counts) == hidden


def test_the_figures_cost_four_queries(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    head = people.user(Role.COUNTY_HEAD)
    with acting_as(head.scope), CaptureQueriesContext(connection) as seen:
        figures(head)
    assert len(seen) == 5


def test_what_visits_found_goes_back_to_monitoring(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    file = tmp_path / "answers.csv"
    assert write_answers(file, HERE) == 2
    told = {row["indicator"]: (row["subject_id"], row["useful"]) for row in read_answers(file).to_dicts()}
    assert told == {RED: ("h1", True), YELLOW: ("h1", False)}
    assert write_answers(file, "999902") == 0


def line(key: str, raised: int, still: int) -> Line:
    zero = Tally(0)
    return Line(key, f"镇{key}", Tally(raised), Tally(still), zero, zero, zero, None)


def test_the_treemap_fills_its_space_in_proportion():
    boxes = tree([line("a", 60, 0), line("b", 30, 30), line("c", 10, 2), line("d", 0, 0)])
    areas = {box.key: box.width * box.height / (WIDTH * TREE_HEIGHT) for box in boxes}
    assert areas == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1}, abs=0.001)
    assert {box.key: box.heat for box in boxes} == {"a": 0, "b": len(HEATS), "c": 1}


def test_the_funnel_is_drawn_as_long_as_its_counts():
    first, second = funnel([("预警", Tally(10)), ("办结", Tally(5))])
    assert second.width == pytest.approx(first.width / 2)
    assert funnel([("预警", Tally(None))])[0].width == 2


def test_rounds_of_another_county_do_not_count(people: People, tmp_path: Path):
    closed_pair(people, tmp_path)
    other = people.user(Role.COUNTY_HEAD, "999902")
    with acting_as(other.scope):
        assert figures(other).funnel[0][1].shown == 0
        assert not Round.objects.exists()
