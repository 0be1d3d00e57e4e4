"""One deed done to many: each once, counted, and going on after a kill."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connections, transaction

from doudi.web.accounts.models import User
from doudi.web.database.scope import acting_as
from doudi.web.jobs import bulk, services
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.models import Item, Job, State
from doudi.web.jobs.running import run
from tests.web.jobs.conftest import job, recorded, until
from tests.web.jobs.deeds import do
from tests.web.jobs.worker import worker


def begin(clerk: User, items: Any, kind: str = "test.deed", **params: Any) -> Job:
    with acting_as(clerk.scope), transaction.atomic():
        return bulk.start(kind, items, clerk, params)


def states(number: int, clerk: User) -> Counter:
    with acting_as(clerk.scope), transaction.atomic():
        return Counter(Item.objects.filter(job_id=number).values_list("state", flat=True))


def test_done_refused_and_broken_are_counted_and_add_up(clerk: User):
    begun = begin(clerk, [*range(1, 21), 5, 5])
    assert begun.total == 20
    run(begun.pk)
    done = job(begun.pk)
    assert done.state == State.DONE
    assert done.counts == {"done": 17, "refused": 2, "failed": 1}
    assert done.left == 0
    with acting_as(clerk.scope), transaction.atomic():
        refused = Item.objects.filter(job=begun, state="refused").values_list("key", "reason")
        assert dict(refused) == {"7": "是七的倍数", "14": "是七的倍数"}


def test_what_a_refused_deed_wrote_is_undone(clerk: User):
    begin_with = len(recorded("test.deed"))
    begun = begin(clerk, ["700", "701"])
    run(begun.pk)
    assert recorded("test.deed")[begin_with:] == ["701"]


def test_many_are_done_together_and_those_left_out_alone(clerk: User):
    begun = begin(clerk, range(1, 21), "test.many")
    run(begun.pk)
    assert job(begun.pk).counts == {"done": 19, "refused": 1}
    assert recorded("test.together")[-9:] == [str(item) for item in range(2, 21, 2) if item != 14]
    assert recorded("test.alone")[-10:] == [str(item) for item in range(1, 21, 2)]


def test_when_one_breaks_all_that_are_done_together_they_are_done_one_by_one(clerk: User):
    begun, together = begin(clerk, range(1298, 1304), "test.many"), len(recorded("test.together"))
    run(begun.pk)
    assert job(begun.pk).counts == {"done": 5, "failed": 1}
    assert len(recorded("test.together")) == together
    assert recorded("test.alone")[-5:] == ["1298", "1299", "1301", "1302", "1303"]


def test_a_killed_worker_leaves_no_item_undone_and_none_done_twice(clerk: User, own_database: str):
    begun = begin(clerk, range(1000, 1150), slow=0.01)
    with worker(own_database) as first:
        until(lambda: states(begun.pk, clerk)["done"] >= 20, "the first worker begins")
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(own_database):
        until(lambda: not job(begun.pk).open, "the second ends it")
    deeds = Counter(target for target in recorded("test.deed") if 1000 <= int(target) < 1150)
    wanted = [str(item) for item in range(1000, 1150) if item % 7]
    assert deeds == Counter(wanted)
    assert job(begun.pk).counts == {"done": len(wanted), "refused": 150 - len(wanted)}


def test_twenty_at_the_same_items_do_each_once(clerk: User):
    begun = begin(clerk, range(2000, 2030))
    with acting_as(clerk.scope), transaction.atomic():
        numbers = list(Item.objects.filter(job=begun).values_list("pk", flat=True))

    def one() -> None:
        try:
            with acting_as(clerk.scope):
                for number in numbers:
                    bulk.do_once(number, do, clerk, {})
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deeds = Counter(target for target in recorded("test.deed") if 2000 <= int(target) < 2030)
    assert set(deeds.values()) == {1}
    assert states(begun.pk, clerk) == {"done": len(deeds), "refused": 30 - len(deeds)}


def test_items_that_broke_are_tried_again_when_asked(clerk: User):
    begun = begin(clerk, ["13", "15"])
    run(begun.pk)
    with acting_as(clerk.scope), transaction.atomic():
        Job.objects.filter(pk=begun.pk).update(state=State.FAILED)
    with acting_as(clerk.scope):
        services.retry(begun.pk)
    assert states(begun.pk, clerk) == {"waiting": 1, "done": 1}
    run(begun.pk)
    assert job(begun.pk).counts == {"done": 1, "failed": 1}


def test_there_must_be_a_deed_and_something_to_do_it_to(clerk: User):
    for name, items in (("test.nothing", ["1"]), ("test.deed", [])):
        with pytest.raises(JobError), acting_as(clerk.scope), transaction.atomic():
            bulk.start(name, items, clerk)
