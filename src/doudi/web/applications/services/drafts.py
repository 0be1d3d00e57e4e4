"""Writing an application: beginning, saving each part, giving it up, and letting the forgotten ones lapse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.accounts.roles import Role
from doudi.web.applications.errors import ApplyError
from doudi.web.applications.models import Answer, Attachment, Draft, DraftState
from doudi.web.audit import record
from doudi.web.registry.models import Household

KINDS = ("application", "tekun", "temporary_spending", "temporary_urgent")
SOURCES = ("on_behalf", "referred", "found")
KEPT_DAYS = 60
SITTING = timedelta(minutes=15)
"""Within it what the same person saves by itself replaces the version before."""


@transaction.atomic
def begin(household: Household, kind: str, source: str, by: Any) -> Draft:
    """Begin to write an application, or go on with the one that is being written.

    Raises:
        ApplyError: there is no such application, or the household has ended.
    """
    own = by.role == Role.RESIDENT
    if kind not in KINDS or (source != "self" if own else source not in SOURCES):
        raise ApplyError(_("没有这种申请。"))
    if household.ended_on is not None:
        raise ApplyError(_("这一户已经销户。"))
    written = {"household": household, "kind": kind, "state": DraftState.WRITING}
    found = Draft.objects.filter(**written).first()
    if found is not None:
        return found
    # Two who begin at once get the same draft: the constraint lets one of them in.
    made = Draft(region_id=household.region_id, source=source, by=by, **written)
    Draft.objects.bulk_create([made], ignore_conflicts=True)
    found = Draft.objects.get(**written)
    record("draft.begin", household, details={"draft": found.pk, "kind": kind, "source": source})
    return found


@transaction.atomic
def save(
    draft: Draft, section: str, part: str, raw: Mapping[str, Any], complete: bool, by: Any, *,
    seen: int | None = None, alone: bool = False,
) -> Answer:  # fmt: skip
    """Save what was typed into a part as its next version.

    Args:
        seen: the version that the form showed; None does not ask.
        alone: the page saved by itself; then the version that the same person saved so a moment ago is replaced.

    Raises:
        ApplyError: the draft is no longer written, or somebody saved this part meanwhile.
    """
    locked = (
        Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, state=DraftState.WRITING).first()
    )
    if locked is None:
        raise ApplyError(_("这份申请已经提交或者放弃，不能再改。"))
    last = locked.answers.filter(section=section, part=part).order_by("-version").select_related("by").first()
    number = last.version if last else 0
    _refuse_if_changed(last, seen, by)
    now = timezone.now()
    if last and alone and last.by_id == by.pk and not last.complete and now - last.saved_at < SITTING:
        last.delete()
    answer = Answer(
        region_id=locked.region_id, draft=locked, section=section, part=part, version=number + 1, complete=complete,
        by=by, saved_at=now,
    )  # fmt: skip
    answer.put(dict(raw))
    answer.save()
    locked.saved_at = now
    locked.save(update_fields=["saved_at"])
    if not alone:
        record(
            "draft.save",
            locked.household,
            details={"draft": locked.pk, "section": section, "version": answer.version},
        )
    return answer


def _refuse_if_changed(last: Answer | None, seen: int | None, by: Any) -> None:
    if last and seen is not None and seen != last.version and last.by_id != by.pk:
        raise ApplyError(
            _("%(name)s 在 %(time)s 保存过这一部分。再按一次保存，就以您现在填的为准。")
            % {"name": last.by.name, "time": f"{timezone.localtime(last.saved_at):%H:%M}"}
        )


@transaction.atomic
def discard(draft: Draft) -> None:
    """Give a draft up: its answers and files are erased."""
    locked = (
        Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk, state=DraftState.WRITING).first()
    )
    if locked is not None:
        _erase(locked, DraftState.DISCARDED)


def expire(days: int = KEPT_DAYS) -> int:
    """Let drafts lapse that nobody has touched for so many days; how many. For a daily job, within the scope of the system."""
    before = timezone.now() - timedelta(days=days)
    numbers = Draft.objects.filter(state=DraftState.WRITING, saved_at__lt=before).values_list("pk", flat=True)
    done = 0
    for number in list(numbers):
        with transaction.atomic():
            stale = Draft.objects.select_for_update(of=("self",)).filter(
                pk=number, state=DraftState.WRITING, saved_at__lt=before
            )
            draft = stale.first()
            if draft is not None:
                _erase(draft, DraftState.EXPIRED)
                done += 1
    return done


def _erase(draft: Draft, state: str) -> None:
    draft.answers.all().delete()
    Attachment.objects.filter(draft=draft, removed_at__isnull=True, signs__isnull=True).update(
        removed_at=timezone.now(), sealed=None
    )
    draft.state = state
    draft.save(update_fields=["state"])
    record("draft.end", draft.household, details={"draft": draft.pk, "state": str(state)})
