"""Two registers uploaded by an officer of the county: kept, checked, and made one when asked."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from django.db import transaction

from doudi.feeds import FeedError
from doudi.feeds.sniffing import form_of
from doudi.rules.errors import Problem, Problems
from doudi.web.accounts.models import User
from doudi.web.audit import record
from doudi.web.convergence import files
from doudi.web.convergence.errors import PairError
from doudi.web.convergence.models import Pair, PairState
from doudi.web.imports.files import pieces_of
from doudi.web.jobs.services import start

CHECK, MAKE = "convergence.check", "convergence.make"
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an officer sent: both files, the day of the convergence, their month where they do not say it, the period of the survey."""

    listed: Any
    base: Any
    day: date
    period: str
    since: date
    until: date


@transaction.atomic
def take(told: Uploaded, by: User) -> Pair:
    """Keep both files, and have them checked.

    Raises:
        PairError: one of them is no file of a kind that is read; what is wrong with both is told at once.
    """
    problems = Problems()
    for file in (told.listed, told.base):
        problems.extend(_unreadable(file))
    problems.raise_as(PairError)
    pair: Pair = Pair.objects.create(
        region_id=by.region_id, listed_name=_name(told.listed), base_name=_name(told.base), day=told.day, period=told.period,
        since=told.since, until=told.until, by=by,
    )  # fmt: skip
    for name, file in (("listed", told.listed), ("base", told.base)):
        file.seek(0)
        files.keep(pair, name, pieces_of(file))
    pair.job = start(CHECK, by, {"number": pair.pk})
    pair.save(update_fields=["job"])
    record("convergence.upload", pair, details={"sizes": [told.listed.size, told.base.size]})
    return pair


@transaction.atomic
def make(number: int, by: User) -> Pair:
    """Have a pair that was checked, or whose making failed, made one.

    Raises:
        PairError: it is not at this point.
    """
    pair: Pair = Pair.objects.select_for_update(of=("self",)).select_related("job").get(pk=number)
    if not pair.makeable:
        raise PairError([Problem(
            "pair.state", "现在不能并轨", "it cannot be made one now", "等检查完成，或者重新上传", "wait for the check, or upload again",
        )])  # fmt: skip
    pair.state, pair.faults, pair.job = PairState.MAKING, [], start(MAKE, by, {"number": pair.pk})
    pair.save(update_fields=["state", "faults", "job"])
    record("convergence.make", pair)
    return pair


def _name(file: Any) -> str:
    """The name of a file without folders; its end is kept where it is too long."""
    return PurePath(file.name).name[-_LONGEST:]


def _unreadable(file: Any) -> list[Problem]:
    """Why a file cannot be read; nothing if it can."""
    with tempfile.TemporaryDirectory(prefix="doudi-pair-") as folder:
        path = Path(folder) / _name(file)
        with path.open("wb") as out:
            for piece in pieces_of(file):
                out.write(piece)
        try:
            form_of(path)
        except FeedError as error:
            return list(error.problems)
    return []
