"""The demonstration shows cases in every stage that they can be in, and a night that a village has begun to answer, by lawful steps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from doudi.procedure.procedure import procedure
from doudi.web.audit.models import Entry
from doudi.web.cases.models import Case, Step
from doudi.web.database.scope import acting_as, system
from doudi.web.demonstration import background, cases, nights
from doudi.web.demonstration.accounts import load
from doudi.web.demonstration.histories import History, histories
from doudi.web.jobs.errors import Interrupted, JobError
from doudi.web.jobs.running import run
from doudi.web.registry.models import Household
from doudi.web.warnings.models import Round, Warning
from tests.web.registry.making import member_of
from tests.web.warnings.making import ORANGE, RED, YELLOW, lay_down, row

NOW = datetime(2026, 11, 25, 12)
UNREACHED = {"deciding_here"}
"""The demonstration county confirms by itself."""


def test_every_kind_of_case_has_a_history():
    found = {history.kind for history in histories(NOW)}
    assert found == set(procedure().machines)


def test_nearly_every_stage_of_an_application_has_a_history():
    machine = procedure().machine("application")
    found = {history.stage for history in histories(NOW) if history.kind == "application"}
    missing = set(machine.stages) - found - UNREACHED - {machine.begins}
    assert missing <= {"not_accepted"}


@pytest.mark.parametrize("now", [NOW, datetime(2027, 3, 3), datetime(2026, 10, 9)])
def test_no_history_ends_after_now_unless_the_law_is_younger(now: datetime):
    late = [history for history in histories(now) if history.steps[-1].at > now]
    assert [history for history in late if history.steps[-1].at < datetime(2026, 10, 1)] == []


def _length(history: History) -> int:
    return len(history.steps)


def _some_of_each_kind() -> list[History]:
    every = histories(NOW)
    return [max((one for one in every if one.kind == kind), key=_length) for kind in procedure().machines]


def test_cases_are_played_by_those_who_take_the_steps_and_a_job_broken_off_goes_on_where_it_stood(
    rows: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    load()
    few = _some_of_each_kind()
    monkeypatch.setattr(cases, "histories", lambda now: few)
    with acting_as(system()):
        from doudi.web.accounts.models import Region

        village = Region.objects.get(code="999901101201")
        for number in range(40):
            member_of(village, f"h{number}")
        Household.objects.update(tier="dibao", held=["dibao"])
    job = background.begin(tmp_path)
    assert job is not None
    assert background.begin(tmp_path) == job
    with pytest.raises(Interrupted):
        run(job.pk, lambda: True)
    assert f"1/{len(few)}" in background.how_far()
    background.do(job)
    assert background.how_far() == ""
    with acting_as(system()):
        job.refresh_from_db()
        assert job.counts["cases"] == job.total == len(few)
        assert Case.objects.count() >= len(few)
        assert {history.stage for history in few} <= set(Case.objects.values_list("stage", flat=True))
        assert Step.objects.filter(role="township_clerk", by__username="township").exists()
    assert background.begin(tmp_path) is None
    with acting_as(system("auditor")):
        assert Entry.objects.filter(action="case.step").exists()


def test_a_demonstration_that_cannot_be_entered_says_so_and_can_be_tried_again(rows: None, tmp_path: Path):
    load()
    job = background.begin(tmp_path)
    assert job is not None
    with pytest.raises(JobError):
        background.do(job)
    assert "没有录完" in background.how_far()
    assert background.begin(tmp_path) == job
    assert "还在录入" in background.how_far()


def test_a_night_is_taken_in_once_and_partly_visited_and_closed(rows: None, tmp_path: Path):
    load()
    indicators = (RED, ORANGE, YELLOW, "turns_seventy")
    found = [row(f"h{number}", name) for number in range(20) for name in indicators]
    lay_down(tmp_path / "watched", found)
    with acting_as(system()):
        from doudi.web.accounts.models import Region

        village = Region.objects.get(code="999901101201")
        for number in range(20):
            member_of(village, f"h{number}")
        assert nights.play(tmp_path) == 80
        assert nights.play(tmp_path) == 0
        closed = Round.objects.filter(closed_at__isnull=False)
        assert closed.values("warning__household").distinct().count() == nights.CLOSED
        assert set(closed.values_list("useful", flat=True)) == {True, False}
        assert Round.objects.filter(answered_at__isnull=False, closed_at__isnull=True).exists()
        assert Warning.objects.filter(case__stage="dispatched").exists()
        assert Warning.objects.filter(case__stage="raised").exists()
        assert {"application", "temporary_urgent"} <= set(Case.objects.values_list("kind", flat=True))
