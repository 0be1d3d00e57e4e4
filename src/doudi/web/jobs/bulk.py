"""One deed done to many things (批量办理): each once, and counted.

    @deed("cases.approve", _("批量同意建议"), page="cases:case")
    def approve(item: str, actor: User, opinion: str) -> str | None:
        …                                  # None: done; a sentence: refused, and why

    job = start("cases.approve", numbers, actor=request.user, params={"opinion": "同意"})

What becomes of an item is stored in the transaction of its deed. So a job whose worker was killed goes on with the items
that are left, and no item is done twice, however many workers are at it.

A deed may do a whole chunk in one transaction (``together``). What it leaves out is done one by one after it; so is the whole
chunk when one of its items breaks it, since then nothing of the chunk was stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.models import User
from doudi.web.jobs import services
from doudi.web.jobs.errors import JobError
from doudi.web.jobs.kinds import kind
from doudi.web.jobs.models import Item, ItemState, Job
from doudi.web.jobs.work import Work

Deed = Callable[..., str | None]
Together = Callable[..., Mapping[str, str | None]]
CHUNK = 100
"""After so many items it is stored how far the job has come; so many are done together."""
MOST_FAULTS = 100
"""After so many errors in one chunk the job stops: something is wrong with all."""
COUNTS = {
    str(ItemState.DONE): _("已办"), str(ItemState.REFUSED): _("未办成"), str(ItemState.FAILED): _("出错"),
}  # fmt: skip
_log = logging.getLogger("doudi.web.jobs")


@dataclass(frozen=True, slots=True)
class DeedKind:
    """A deed, the page on which one of its items can be seen, and how it is done to many at once, where it can be."""

    do: Deed
    page: str = ""
    together: Together | None = None


_DEEDS: dict[str, DeedKind] = {}


def deed(name: str, title: Any, page: str = "", together: Together | None = None) -> Callable[[Deed], Deed]:
    """Make a function known that does something to one item: ``do(item, actor, **params)``.

    It returns None when it was done, else the reason for which it was refused; what it wrote is then undone. It must
    refuse what has been done already. ``page`` is the name of the page of an item, with its number in the address.
    ``together(items, actor, **params)`` does the same to many in one transaction, and says of each what ``do`` would
    return; it stores nothing of those that it refuses, and may leave some out.
    """

    def told(do: Deed) -> Deed:
        _DEEDS[name] = DeedKind(do, page, together)
        kind(name, title, COUNTS)(_work_off)
        return do

    return told


def page_of(name: str) -> str:
    """The page of an item of a deed; empty if it has none."""
    found = _DEEDS.get(name)
    return found.page if found else ""


@transaction.atomic
def start(
    name: str, items: Iterable[object], actor: User, params: Mapping[str, Any] | None = None, once: str = ""
) -> Job:
    """Let a deed be done to all items, in the name of ``actor``; an item that is named twice counts once.

    ``once``: if a job of this deed is open under this key, it is that one.

    Raises:
        JobError: there is no such deed, or nothing to do it to.
    """
    keys = list(dict.fromkeys(str(item) for item in items))
    if name not in _DEEDS or not keys:
        raise JobError("没有要办理的事项", "there is nothing to be done")
    job = services.start(name, actor, params, once, len(keys))
    if not job.items.exists():
        _store(job, keys)
    return job


def _store(job: Job, keys: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs_item (job_id, region_id, key, state, reason)"
            " SELECT %s, %s, key, %s, '' FROM unnest(%s::text[]) WITH ORDINALITY AS k (key, place) ORDER BY place",
            [job.pk, job.region_id, ItemState.WAITING, keys],
        )


def _work_off(work: Work) -> None:
    """Do what is left, in the order in which it was given."""
    found, last = _DEEDS[work.job.kind], 0
    while True:
        with transaction.atomic():
            left = Item.objects.filter(job=work.job, state=ItemState.WAITING, pk__gt=last).order_by("pk")
            numbers = list(left.values_list("pk", flat=True)[:CHUNK])
        if not numbers:
            return
        done = do_together(numbers, found.together, work.actor, work.params) if found.together else set()
        alone = [number for number in numbers if number not in done]
        ends = [do_once(number, found.do, work.actor, work.params) for number in alone]
        last = numbers[-1]
        with work.batch():
            work.counts = counted(work.job)
        if ends.count(ItemState.FAILED) >= MOST_FAULTS:
            raise JobError(
                "连续出错，已停止；已办的不受影响", "one error after the other; what was done stays done"
            )


_TAKE_ALL = """
UPDATE jobs_item SET state = 'done' WHERE state = 'waiting' AND id IN (
    SELECT id FROM jobs_item WHERE id = ANY (%s) AND state = 'waiting' ORDER BY id FOR UPDATE SKIP LOCKED)
RETURNING key, id, set_config('synchronous_commit', 'off', true)"""


def do_together(
    numbers: list[int], together: Together, actor: User | None, params: Mapping[str, Any]
) -> set[int]:
    """Do the deed to many items in one transaction; the numbers of those that are over, none if one of them broke it.

    The commit does not wait for the disk; see :func:`do_once`.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE_ALL, [numbers])
            taken = {key: number for key, number, _ in cursor.fetchall()}
            ends = together(list(taken), actor, **params) if taken else {}
            left = [number for key, number in taken.items() if key not in ends]
            Item.objects.filter(pk__in=left).update(state=ItemState.WAITING)
            for key, reason in ends.items():
                if reason is not None:
                    Item.objects.filter(pk=taken[key]).update(state=ItemState.REFUSED, reason=reason[:300])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _log.warning("a deed to many failed (%s): they are done one by one", type(error).__name__)
        return set()
    return {taken[key] for key in ends}


_TAKE = """
UPDATE jobs_item SET state = 'done' WHERE id = %s AND state = 'waiting'
RETURNING key, set_config('synchronous_commit', 'off', true)"""


def do_once(number: int, do: Deed, actor: User | None, params: Mapping[str, Any]) -> str | None:
    """Do the deed to one item, unless it was done; how it ended, None if somebody else has done it.

    The commit does not wait for the disk: a crash takes back the last deeds whole, with what is stored of their items, and
    they are done again. The batch that follows waits.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [number])
        taken = cursor.fetchone()
        if taken is None:
            return None
        state, reason = _done(do, taken[0], actor, params)
        if state != ItemState.DONE:
            Item.objects.filter(pk=number).update(state=state, reason=reason)
        return state


def _done(do: Deed, key: str, actor: User | None, params: Mapping[str, Any]) -> tuple[str, str]:
    try:
        with transaction.atomic():
            refused = do(key, actor, **params)
            if refused is not None:
                raise _Refused(str(refused))
    except _Refused as reason:
        return ItemState.REFUSED, str(reason)[:300]
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _log.exception("a deed failed")
        return ItemState.FAILED, type(error).__name__
    return ItemState.DONE, ""


def counted(job: Job) -> dict[str, int]:
    """How many items ended in each way."""
    rows = Item.objects.filter(job=job).exclude(state=ItemState.WAITING).order_by()
    return dict(rows.values_list("state").annotate(number=Count("pk")))


class _Refused(Exception):  # noqa: N818
    """The deed was refused; what it wrote is undone."""
