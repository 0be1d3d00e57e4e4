"""The pages of jobs: the administrator's list, and the progress that whoever asked for a job sees."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from doudi.web.accounts.roles import Role
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs import services
from doudi.web.jobs.models import Item, ItemState, Job, State
from tests.web.people import HERE, THERE, People, opened


def asked(people: People, role: str = Role.COUNTY_CLERK, county: str = HERE, **values: object) -> Job:
    with acting_as(system()):
        made = services.start("night.sweep", people.user(role, county))
        Job.objects.filter(pk=made.pk).update(**values)
        found: Job = Job.objects.get(pk=made.pk)
        return found


def test_the_administrator_sees_what_failed_and_why_and_lets_it_go_on(people: People):
    failed = asked(
        people, state=State.FAILED, fault="缺少数据", fault_en="data are missing", finished_at=timezone.now()
    )
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    assert "7 天内未完成的后台任务" in opened(client, "/")
    assert f"/jobs/{failed.pk}/" in opened(client, "/admin/jobs/", state="failed")
    assert "缺少数据" in opened(client, f"/jobs/{failed.pk}/")
    client.post(f"/jobs/{failed.pk}/retry/")
    assert "等待" in opened(client, f"/jobs/{failed.pk}/")


def test_nobody_alive_to_do_the_work_is_told_loudly(people: People):
    client = people.signed_in(Role.SYSTEM_ADMINISTRATOR)
    assert "没有工作进程在运行" in opened(client, "/admin/jobs/")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        )
    page = opened(client, "/admin/jobs/")
    assert "1 个工作进程在运行" in page
    assert "1 个工作进程没有响应" in page


def test_the_counts_on_the_page_add_up(people: People):
    running = asked(people, state=State.RUNNING, total=10, counts={"done": 6, "refused": 1})
    client = people.signed_in(Role.COUNTY_CLERK)
    page = opened(client, f"/jobs/{running.pk}/")
    assert "7 / 10" in page
    assert 'value="70"' in page
    assert 'hx-trigger="every 2s"' in page
    part = client.get(f"/jobs/{running.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part


def test_a_part_of_the_page_stops_asking_when_the_job_is_over(people: People):
    done = asked(people, state=State.DONE)
    part = people.signed_in(Role.COUNTY_CLERK).get(f"/jobs/{done.pk}/", headers={"HX-Request": "true"})
    assert "hx-trigger" not in part.content.decode()
    assert part["HX-Refresh"] == "true"


def test_refused_items_are_listed_with_their_reasons(people: People):
    done = asked(people, state=State.DONE, total=2, counts={"done": 1, "refused": 1})
    with acting_as(system()):
        Item.objects.create(
            job=done, region_id=done.region_id, key="77", state=ItemState.REFUSED, reason="<b>已经办结</b>"
        )
    page = opened(people.signed_in(Role.COUNTY_CLERK), f"/jobs/{done.pk}/")
    assert "&lt;b&gt;已经办结" in page
    assert ">77<" in page


@pytest.mark.parametrize("role", [Role.COUNTY_HEAD, Role.TOWNSHIP_CLERK])
def test_a_colleagues_job_is_not_ones_own(people: People, role: str):
    other = asked(people)
    client = people.signed_in(role)
    assert client.get(f"/jobs/{other.pk}/").status_code == 404
    assert client.post(f"/jobs/{other.pk}/cancel/").status_code == 404
    assert f"/jobs/{other.pk}/" not in opened(client, "/jobs/")


def test_whoever_asked_takes_it_back(people: People):
    own = asked(people)
    client = people.signed_in(Role.COUNTY_CLERK)
    client.post(f"/jobs/{own.pk}/cancel/")
    assert "已取消" in opened(client, "/jobs/")


def test_lists_ask_the_database_as_often_for_many_jobs_as_for_few(people: People):
    client, own = people.signed_in(Role.SYSTEM_ADMINISTRATOR), people.signed_in(Role.COUNTY_CLERK)
    counts = []
    for number in (1, 20):
        for _ in range(number):
            asked(people, Role.COUNTY_CLERK)
            asked(people, Role.COUNTY_CLERK, THERE)
        found = []
        for browser, address in ((client, "/admin/jobs/"), (own, "/jobs/")):
            with CaptureQueriesContext(connection) as said:
                assert browser.get(address).status_code == 200
            found.append(len(said))
        counts.append(found)
    assert counts[0] == counts[1]
