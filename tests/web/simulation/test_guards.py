"""Who may simulate, what is told of a form that is at fault, and that nothing is doubled, kept too long or seen by others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import Scope, acting_as, system
from doudi.web.jobs.calendar import begin
from doudi.web.jobs.errors import Interrupted
from doudi.web.jobs.models import Job
from doudi.web.jobs.models import State as JobState
from doudi.web.jobs.running import run
from doudi.web.jobs.services import cancel
from doudi.web.simulation.models import Move, Simulation, State
from doudi.web.simulation.services import reading, running
from tests.web.people import HERE, THERE, People, opened
from tests.web.simulation.making import asked, form, newest, stock

ROLES = (
    Role.COUNTY_CLERK,
    Role.COUNTY_HEAD,
    Role.ANALYST,
    Role.TOWNSHIP_CLERK,
    Role.VILLAGE_ASSISTANT,
    Role.RESIDENT,
)


@pytest.fixture(scope="module")
def people(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> People:
    """The people of both counties, and their households."""
    found = People()
    stock(found, tmp_path_factory.mktemp("county"), 40)
    with acting_as(system()), transaction.atomic():
        for role in ROLES:
            found.user(role)
        found.user(Role.COUNTY_CLERK, THERE)
    return found


@pytest.fixture(scope="module")
def browser(people: People) -> Callable[..., Client]:
    """Somebody signed in."""

    def come(role: str, county: str = HERE) -> Client:
        with acting_as(system()), transaction.atomic():
            return people.signed_in(role, county)

    return come


@pytest.fixture(scope="module")
def clerk(browser: Callable[..., Client]) -> Client:
    """An officer of the county."""
    return browser(Role.COUNTY_CLERK)


@pytest.fixture(scope="module")
def done(clerk: Client) -> Simulation:
    """One that was worked out."""
    run(asked(clerk).job_id)
    return newest()


def recorded(action: str) -> int:
    """How many entries of the trail tell of an action."""
    with acting_as(system("auditor")), transaction.atomic():
        return Entry.objects.filter(action=action).count()


def rows_of(found: Simulation) -> int:
    with acting_as(system()), transaction.atomic():
        return Move.objects.filter(simulation=found).count()


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_ASSISTANT, Role.RESIDENT])
def test_who_does_not_see_a_whole_county_is_refused(
    browser: Callable[..., Client], done: Simulation, role: str
):
    client = browser(role)
    for path in ("", "add/", f"{done.pk}/", f"{done.pk}/households/"):
        assert client.get(f"/simulation/{path}").status_code == 403, path


def test_another_county_sees_nothing_of_it(browser: Callable[..., Client], done: Simulation):
    other = browser(Role.COUNTY_CLERK, THERE)
    assert done.title not in opened(other, "/simulation/")
    for path in ("", "households/"):
        assert other.get(f"/simulation/{done.pk}/{path}").status_code == 404
    assert other.post(f"/simulation/{done.pk}/withdraw/").status_code == 404
    answer = other.post("/simulation/add/", form(county=HERE))
    with acting_as(system()), transaction.atomic():
        mine = Simulation.objects.order_by("-pk").first()
    assert answer.status_code == 302
    assert mine.county == THERE, "the county of the account, whatever the browser says"


@pytest.mark.parametrize("table", ["simulation_simulation", "simulation_move"])
def test_the_database_shows_rows_within_the_scope_alone(done: Simulation, table: str):
    def seen(prefix: str | None, role: str = "county_clerk") -> int:
        with acting_as(Scope(role, prefix)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE region_id LIKE '{HERE}%'")
            return int(cursor.fetchone()[0])

    assert seen(HERE) > 0
    assert seen(THERE) == seen(None) == 0
    assert seen("", "department") == 0
    assert (seen(f"{HERE}101") == 0) is (table == "simulation_simulation")


def test_every_fault_of_the_form_is_told_at_once_and_nothing_is_stored(clerk: Client):
    run(asked(clerk).job_id)
    before = newest().pk
    told = clerk.post("/simulation/add/", form(
        **{"value-dibao.standard.rural": "5", "wanted": "ten", "vary": "low_margin.multiple", "line": "-1", "day": "2126-01-01"}
    )).content.decode()  # fmt: skip
    for words in ("应在 100.00–5000.00 之间", "应写成百分数", "贫困线应写成元", "只能看一年以内的日期"):
        assert words in told, words
    same = clerk.post("/simulation/add/", form(**{"value-dibao.standard.rural": "560"})).content.decode()
    assert "没有写要改什么" in same
    clerk.cookies["doudi_language"] = "en"
    english = clerk.post("/simulation/add/", form(**{"value-dibao.standard.rural": "x"})).content.decode()
    clerk.cookies["doudi_language"] = "zh-hans"
    assert "not a number" in english
    assert newest().pk == before


def test_a_value_below_a_floor_of_the_law_is_told(clerk: Client):
    run(asked(clerk, **{"value-dibao.standard.rural": "500"}).job_id)
    found = newest()
    assert found.result["zh"]["floors"]
    page = opened(clerk, f"/simulation/{found.pk}/")
    assert "低于法定下限，按下限计算：最低生活保障标准（农村） 500.00 元/人·月 低于 540.00 元/人·月" in page


def test_a_share_is_reached_and_one_out_of_reach_says_so(clerk: Client):
    vary = {"chosen": [], "vary": "low_margin.multiple", "covered": "any"}
    run(asked(clerk, **vary, wanted="25%").job_id)
    found = newest()
    assert found.stands == "done", found.faults
    assert found.result["reached"]["share"] >= 0.25
    page = opened(clerk, f"/simulation/{found.pk}/")
    assert "离现在最近的界线覆盖" in page
    run(asked(clerk, **vary, wanted="99.9%").job_id)
    failed = newest()
    assert failed.stands == "failed"
    assert "没有找到能覆盖 99.90% 的值" in opened(clerk, f"/simulation/{failed.pk}/")


def test_a_job_done_twice_or_broken_off_doubles_nothing(
    clerk: Client, done: Simulation, monkeypatch: pytest.MonkeyPatch
):
    found = asked(clerk)
    monkeypatch.setattr(reading, "BLOCK", 10)
    steps = iter([False, True])
    with pytest.raises(Interrupted):
        run(found.job_id, lambda: next(steps))
    run(found.job_id)
    once = rows_of(found)
    assert once == rows_of(done) > 0
    with acting_as(system()), transaction.atomic():
        Job.objects.filter(pk=found.job_id).update(state=JobState.RUNNING, finished_at=None)
    run(found.job_id)
    again = newest()
    assert rows_of(again) == once
    assert (again.read, again.aside) == (40, 1)
    with acting_as(system()), transaction.atomic():
        assert Job.objects.get(pk=found.job_id).counts == {"read": 40, "aside": 1}


def test_one_at_a_time_for_an_account(clerk: Client):
    found = asked(clerk)
    assert "您有一项仿真正在计算" in clerk.post("/simulation/add/", form()).content.decode()
    with acting_as(system()), transaction.atomic():
        cancel(found.job_id)
    assert newest().stands == "cancelled"
    assert "已取消" in opened(clerk, f"/simulation/{found.pk}/")


def test_who_asked_may_take_it_back_and_nobody_else(browser: Callable[..., Client], clerk: Client):
    def is_there() -> bool:
        with acting_as(system()), transaction.atomic():
            return bool(Simulation.objects.filter(pk=found.pk).exists())

    found = asked(clerk)
    head = browser(Role.COUNTY_HEAD)
    head.post(f"/simulation/{found.pk}/withdraw/")
    assert is_there()
    before = recorded("simulation.withdraw")
    clerk.post(f"/simulation/{found.pk}/withdraw/")
    assert not is_there()
    assert recorded("simulation.withdraw") == before + 1
    with acting_as(system()), transaction.atomic():
        assert Job.objects.get(pk=found.job_id).state == JobState.CANCELLED


def test_looking_at_households_is_recorded_and_names_are_masked(clerk: Client, done: Simulation):
    before = recorded("simulation.households")
    page = opened(clerk, f"/simulation/{done.pk}/households/")
    assert "王**" in page
    assert "王小明" not in page
    assert "/households/" in page
    assert recorded("simulation.households") == before + 1
    assert recorded("simulation.ask") > 0


def test_an_analyst_sees_no_household_and_no_small_count(browser: Callable[..., Client], done: Simulation):
    analyst = browser(Role.ANALYST)
    page = opened(analyst, f"/simulation/{done.pk}/")
    assert analyst.get(f"/simulation/{done.pk}/households/").status_code == 403
    assert "少于 5 户的不显示" in page
    assert "&lt;5" in page
    assert f"/simulation/{done.pk}/households/" not in page


def test_rows_of_households_are_erased_after_thirty_days_and_figures_stay(clerk: Client):
    run(asked(clerk).job_id)
    old, now = newest(), timezone.now()
    assert rows_of(old) > 0
    with acting_as(system()), transaction.atomic():
        Simulation.objects.filter(pk=old.pk).update(done_at=now - timedelta(days=31))
    begin("night.tidy", now)
    with acting_as(system()), transaction.atomic():
        job = Job.objects.filter(kind="night.tidy").latest("pk")
    run(job.pk)
    assert rows_of(old) == 0
    page = opened(clerk, f"/simulation/{old.pk}/")
    assert "家庭名单保留 30 天，已清除" in page
    assert "谁进谁出" in page
    assert recorded("simulation.erased") == 1


def test_a_county_without_households_says_so(
    browser: Callable[..., Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "facts_of", lambda file, day: None)
    client = browser(Role.COUNTY_HEAD)
    run(asked(client).job_id)
    found = newest()
    assert (found.state, found.stands) == (State.FAILED, "failed")
    assert "没有可以计算的家庭（41 户无法读取）" in opened(client, f"/simulation/{found.pk}/")


def test_an_analyst_of_a_prefecture_chooses_the_county(people: People, browser: Callable[..., Client]):
    with acting_as(system()), transaction.atomic():
        analyst = people.user(Role.ANALYST, THERE)
        analyst.region = people.regions["9999"]
        analyst.save()
    client = browser(Role.ANALYST, THERE)
    assert f'<option value="{HERE}"' in opened(client, "/simulation/add/")
    run(asked(client, county=HERE).job_id)
    found = newest()
    assert (found.county, found.stands, found.read) == (HERE, "done", 40)
    assert client.post("/simulation/add/", form(county="110101")).status_code == 200


def test_that_the_program_broke_is_seen_also_by_those_who_do_not_see_the_job(
    people: People, browser: Callable[..., Client], clerk: Client, monkeypatch: pytest.MonkeyPatch
):
    with acting_as(system()), transaction.atomic():
        analyst = people.user(Role.ANALYST, THERE)
        analyst.region = people.regions["9999"]
        analyst.save()

    def broken(*_about: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(running, "read_county", broken)
    run(asked(browser(Role.ANALYST, THERE), county=HERE).job_id)
    page = opened(clerk, f"/simulation/{newest().pk}/")
    assert "没有算完，可以重新申请" in page
    assert "计算中" not in page
