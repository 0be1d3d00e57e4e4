"""What is done with imports: taken, decided, agreed to, given up, reversed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.feeds.sniffing import form_of
from doudi.web.accounts.models import User
from doudi.web.audit import record
from doudi.web.imports import files
from doudi.web.imports.errors import ImportRefusedError
from doudi.web.imports.models import Batch, BatchState, Decision, FileKind, Home, HomeState, Member
from doudi.web.jobs.services import start

COUNTY = 6


@transaction.atomic
def take(file: BinaryIO, name: str, size: int, by: User) -> Batch:
    """Keep an uploaded file, and have it checked.

    Raises:
        FeedError: it is no file of a kind that is read, or unpacks to an absurd size.
        ImportRefusedError: the account has no county.
    """
    if by.region is None or len(by.region.prefix) < COUNTY:
        raise ImportRefusedError(_("请由县级或者乡镇的账号导入。"))
    with tempfile.TemporaryDirectory(prefix="doudi-upload-") as folder:
        path = Path(folder) / ("file" + Path(name).suffix.lower())
        digest = _written(file, path)
        form_of(path)
        batch = Batch.objects.create(
            region_id=by.region_id, county=by.region.prefix[:COUNTY], name=name[-120:], size=size, content=digest, by=by
        )  # fmt: skip
        with path.open("rb") as kept:
            files.keep(batch, FileKind.UPLOADED, files.pieces_of(kept))
    batch.job = start("imports.check", by, {"number": batch.pk})
    batch.save(update_fields=["job"])
    record("import.upload", batch, details={"size": size, "sha256": digest})
    return batch


def _written(file: BinaryIO, path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("wb") as out:
        for piece in files.pieces_of(file):
            whole.update(piece)
            out.write(piece)
    return whole.hexdigest()


@transaction.atomic
def decide(number: int, home: int | None, decision: str) -> int:
    """Decide of one household whose members may be registered, or of all that nobody decided; how many.

    Raises:
        ImportRefusedError: it is not to be decided any more, or not in this way.
    """
    batch = _locked(number, BatchState.CHECKED)
    rows = Home.objects.filter(batch=batch, state=HomeState.DECIDE)
    rows = rows.filter(decision="") if home is None else rows.filter(pk=home)
    if home is not None and decision == Decision.OTHER and _by_id(home):
        raise ImportRefusedError(_("身份证号相同的是同一人，只能归入本户或者不导入。"))
    if home is None and decision != Decision.LEAVE:
        raise ImportRefusedError(_("只能一并决定不导入。"))
    done = rows.update(decision=decision)
    if home is not None and not done:
        raise ImportRefusedError(_("这一户不需要决定。"))
    record(
        "import.decide", batch, details={"household": home or "", "decision": decision, "households": done}
    )
    return int(done)


def _by_id(home: int) -> bool:
    """Whether a member of the household is known by his id number as somebody of another one."""
    members = Member.objects.filter(home_id=home, person__isnull=False).select_related("person", "home")
    return any(member.doubtful is not None for member in members)


@transaction.atomic
def agree(number: int, by: User, opinion: str) -> Batch:
    """Agree to an import as another person than the one who brought it, and have it merged.

    Raises:
        ImportRefusedError: it is one's own, it is not waiting for that, or nothing is to be merged.
    """
    batch = _locked(number, BatchState.CHECKED)
    if batch.by_id == by.pk:
        raise ImportRefusedError(_("不能复核自己导入的文件。"))
    states = (HomeState.NEW, HomeState.CHANGED, HomeState.DECIDE)
    if not Home.objects.filter(batch=batch, state__in=states).exists():
        raise ImportRefusedError(_("没有可以并入的家庭。"))
    batch.state, batch.reviewed_by, batch.reviewed_at, batch.opinion = (
        BatchState.MERGING,
        by,
        timezone.now(),
        opinion,
    )
    _begin(batch, "imports.merge", by)
    record("import.agree", batch, reason=opinion)
    return batch


@transaction.atomic
def discard(number: int, why: str) -> None:
    """Give an import up before it is merged.

    Raises:
        ImportRefusedError: it is merged already, or being checked.
    """
    batch = _locked(number, BatchState.CHECKED)
    batch.state, batch.opinion = BatchState.DISCARDED, why
    batch.save(update_fields=["state", "opinion"])
    record("import.discard", batch, reason=why)


@transaction.atomic
def take_back(number: int, by: User, why: str) -> Batch:
    """Have a merged import reversed, by another person than the one who brought it.

    Raises:
        ImportRefusedError: it is one's own, it is not merged, or its rows were erased.
    """
    batch = _locked(number, BatchState.MERGED)
    if batch.by_id == by.pk:
        raise ImportRefusedError(_("不能撤销自己导入的文件，请由复核人撤销。"))
    if batch.erased_at is not None:
        raise ImportRefusedError(_("导入的数据已经按期清除，不能再撤销。"))
    batch.state, batch.reversed_by, batch.reversed_why = BatchState.REVERSING, by, why
    _begin(batch, "imports.reverse", by)
    record("import.reverse", batch, reason=why)
    return batch


def _begin(batch: Batch, kind: str, by: User) -> None:
    batch.job = start(kind, by, {"number": batch.pk}, once=str(batch.pk))
    batch.save()


def _locked(number: int, state: BatchState) -> Any:
    batch = Batch.objects.select_for_update().get(pk=number)
    if batch.state != state:
        raise ImportRefusedError(
            _("这次导入现在是“%(state)s”，不能这样办理。") % {"state": batch.get_state_display()}
        )
    return batch
