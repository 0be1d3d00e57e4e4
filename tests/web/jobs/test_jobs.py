"""Jobs: asked for with the deed, done by another process, once, with the eyes of whoever asked."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit.models import Entry
from doudi.web.database.scope import Scope, acting_as, system
from doudi.web.jobs import calendar, services
from doudi.web.jobs.calendar import CALENDAR, begin, duties, duty
from doudi.web.jobs.errors import Busy, Interrupted, JobError
from doudi.web.jobs.models import Job, State
from doudi.web.jobs.running import MOST_ATTEMPTS, run
from tests.web.jobs.conftest import job, recorded, until
from tests.web.jobs.worker import worker


def ask(clerk: User, kind: str = "test.count", once: str = "", **params: Any) -> Job:
    with acting_as(clerk.scope), transaction.atomic():
        return services.start(kind, clerk, params, once)


def counted(asked: Job) -> list[tuple[str, str, str]]:
    """What a job recorded, in its order: actor, role and target. A worker does also what other tests left waiting."""
    with acting_as(system("auditor")), transaction.atomic():
        entries = Entry.objects.filter(action="test.counted", request=f"job-{asked.pk}").order_by("pk")
        return list(entries.values_list("actor", "role", "target"))


def test_a_job_is_done_by_a_worker_process_and_its_counts_add_up(clerk: User, own_database: str):
    asked = ask(clerk, to=3)
    with worker(own_database):
        until(lambda: not job(asked.pk).open, "the job ends")
    done = job(asked.pk)
    assert (done.state, done.total, done.done, done.left, done.percent) == (State.DONE, 3, 3, 0, 100)
    assert counted(asked) == [(str(clerk.pk), Role.COUNTY_CLERK, str(number)) for number in range(3)]


def test_a_worker_killed_in_mid_job_leaves_nothing_undone_and_nothing_done_twice(
    clerk: User, own_database: str
):
    asked = ask(clerk, to=30, slow=0.05)
    with worker(own_database) as first:
        until(lambda: job(asked.pk).done >= 3, "the first worker begins")
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert job(asked.pk).state == State.RUNNING
    with worker(own_database):
        until(lambda: not job(asked.pk).open, "the second worker ends it")
    assert [target for _, _, target in counted(asked)] == [str(number) for number in range(30)]
    assert job(asked.pk).attempts == 2


def test_a_worker_that_is_stopped_ends_its_step_and_the_next_goes_on(clerk: User, own_database: str):
    asked = ask(clerk, to=30, slow=0.05)
    with worker(own_database) as first:
        until(lambda: job(asked.pk).done >= 3, "the first worker begins")
        first.send_signal(signal.SIGTERM)
        assert first.wait(30) == 0
    stopped = job(asked.pk)
    assert (stopped.state, stopped.attempts) == (State.WAITING, 0)
    with worker(own_database):
        until(lambda: not job(asked.pk).open, "the second worker ends it")
    assert [target for _, _, target in counted(asked)] == [str(number) for number in range(30)]


def test_a_job_that_kills_its_workers_is_given_up(clerk: User):
    asked = ask(clerk, "test.kills")
    with acting_as(system()), transaction.atomic():
        Job.objects.filter(pk=asked.pk).update(attempts=MOST_ATTEMPTS)
    run(asked.pk)
    assert job(asked.pk).state == State.FAILED
    assert "多次中断" in job(asked.pk).fault


def test_two_workers_are_never_at_the_same_job(clerk: User):
    asked = ask(clerk, to=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('doudi job'), %s)", [asked.pk])
    ends: list[type] = []

    def other() -> None:
        try:
            run(asked.pk)
        except Busy:
            ends.append(Busy)
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")
    assert ends == [Busy]
    assert job(asked.pk).state == State.WAITING
    run(asked.pk)
    run(asked.pk)
    assert (job(asked.pk).done, job(asked.pk).attempts) == (2, 1)


def test_an_error_tells_its_kind_and_place_and_nothing_of_the_row(clerk: User):
    asked = ask(clerk, "test.fails")
    run(asked.pk)
    failed = job(asked.pk)
    assert failed.state == State.FAILED
    assert "ValueError" in failed.fault
    assert "张三" not in failed.fault + failed.fault_en


def test_a_known_fault_is_told_in_both_languages_recorded_and_can_be_tried_again(clerk: User):
    asked = ask(clerk, "test.fails", told=True)
    run(asked.pk)
    failed = job(asked.pk)
    assert (failed.fault, failed.fault_en) == ("缺少数据", "data are missing")
    assert str(asked.pk) in recorded("job.failed")
    with acting_as(system()):
        assert services.retry(asked.pk) is None
        assert services.retry(asked.pk) is not None
    assert job(asked.pk).state == State.WAITING
    assert job(asked.pk).queued != failed.queued


def test_a_job_that_waits_is_taken_back_at_once_and_one_that_runs_after_its_step(
    clerk: User, own_database: str
):
    waiting, running = ask(clerk, to=1), ask(clerk, to=400, slow=0.02)
    with acting_as(clerk.scope):
        assert services.cancel(waiting.pk) is None
    assert job(waiting.pk).state == State.CANCELLED
    run(waiting.pk)
    assert job(waiting.pk).state == State.CANCELLED
    with worker(own_database):
        until(lambda: job(running.pk).done >= 1, "it runs")
        with acting_as(clerk.scope):
            assert services.cancel(running.pk) is None
        until(lambda: not job(running.pk).open, "it stops")
    assert job(running.pk).state == State.CANCELLED
    assert 1 <= job(running.pk).done < 400
    with acting_as(clerk.scope):
        assert services.cancel(running.pk) is not None
        assert services.retry(waiting.pk) is None
    run(waiting.pk)
    assert job(waiting.pk).done == 1, "it goes on when asked"


def test_a_job_does_nothing_for_an_account_that_was_closed(clerk: User):
    asked = ask(clerk, to=1)
    with acting_as(system()), transaction.atomic():
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    run(asked.pk)
    with acting_as(system()), transaction.atomic():
        User.objects.filter(pk=clerk.pk).update(is_active=True)
    assert job(asked.pk).state == State.FAILED
    assert job(asked.pk).done == 0


def test_a_job_asked_for_in_a_transaction_that_is_rolled_back_was_never_asked_for(clerk: User):
    with acting_as(clerk.scope), transaction.atomic():
        asked = services.start("test.count", clerk, {"to": 1})
        transaction.set_rollback(True)
    with acting_as(system()), transaction.atomic(), connection.cursor() as cursor:
        assert not Job.objects.filter(pk=asked.pk).exists()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE id = %s", [asked.queued])
        assert cursor.fetchone() == (0,)


def test_of_twenty_who_ask_at_once_under_one_key_there_is_one_job(clerk: User):
    found: list[int] = []

    def one() -> None:
        try:
            found.append(ask(clerk, once="the same", to=1).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    run(found[0])
    assert ask(clerk, once="the same", to=1).pk != found[0], "the first is over"


def test_an_interrupted_job_waits_for_the_next_worker(clerk: User):
    asked = ask(clerk, to=5)
    with pytest.raises(Interrupted):
        run(asked.pk, lambda: True)
    assert (job(asked.pk).state, job(asked.pk).done) == (State.WAITING, 1)


def test_jobs_of_another_county_cannot_be_seen_even_without_the_filter(clerk: User):
    asked = ask(clerk, to=1)
    with acting_as(Scope("county_clerk", "999902", "0")), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs_job WHERE id = %s", [asked.pk])
        assert cursor.fetchone() == (0,)
    assert asked.pk


def test_the_calendar_begins_each_entry_once_for_a_moment_and_does_all_its_duties(
    own_database: str, all_seen: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(calendar._DUTIES, "morning.overdue", {})
    done: list[str] = []

    @duty("morning.overdue", "第一件")
    def first(work: Any) -> None:
        done.append("first")
        raise JobError("没有数据", "no data")

    @duty("morning.overdue", "第二件")
    def second(work: Any) -> None:
        done.append("second")

    moment = datetime(2026, 8, 1, 22, 30, tzinfo=UTC)
    for _ in range(3):
        begin("morning.overdue", moment)
    with transaction.atomic():
        (begun,) = Job.objects.filter(kind="morning.overdue", due=moment)
    run(begun.pk)
    ended = job(begun.pk)
    assert done == ["first", "second"]
    assert ended.state == State.FAILED
    assert ended.fault == "第一件：没有数据"
    assert (ended.counts, ended.left) == ({"failed": 1, "done": 1}, 0)
    services.retry(begun.pk)
    run(begun.pk)
    assert done == ["first", "second", "first"], "what was done is not done again"


def test_times_of_the_calendar_are_those_of_china():
    assert {entry.at: entry.cron for entry in CALENDAR}["01:30"] == "30 17 * * *"
    assert all(duties(entry.name) for entry in CALENDAR[:2])


def test_the_nights_own_duties_are_done(own_database: str, all_seen: None):
    moment = datetime(2026, 8, 1, tzinfo=UTC)
    for entry in ("night.tidy", "night.audit"):
        begin(entry, moment)
        with transaction.atomic():
            begun = Job.objects.get(kind=entry, due=moment)
        run(begun.pk)
        assert (job(begun.pk).state, job(begun.pk).fault) == (State.DONE, "")


def test_a_job_is_never_stored_twice_for_a_moment(own_database: str, all_seen: None):
    moment = datetime(2026, 9, 1, tzinfo=UTC)
    with transaction.atomic():
        begin("night.sweep", moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="night.sweep", region_id="000000000000", due=moment)
