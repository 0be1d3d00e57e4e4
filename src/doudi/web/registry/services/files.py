"""Small deeds on a file: a note, a tag, a plain value shown."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from doudi.web.audit import record
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.models import Household, Note, Person, Tag
from doudi.web.registry.tagging import PEOPLE, tag_kinds


@transaction.atomic
def add_note(household: Household, text: str, by: Any) -> Note:
    """Write a note into the file."""
    note = Note.objects.create(region_id=household.region_id, household=household, text=text, by=by)
    record("household.note", household, details={"note": note.pk})
    return note


@transaction.atomic
def give_tag(household: Household, code: str, by: Any) -> None:
    """Give a tag.

    Raises:
        ChangeError: people do not give this tag, or the household has it already.
    """
    kind = tag_kinds().get(code)
    if kind is None or kind.by != PEOPLE:
        raise ChangeError(_("这个标签不由人工添加。"))
    Household.objects.select_for_update().get(pk=household.pk)
    if household.tags.filter(code=code, until__isnull=True).exists():
        raise ChangeError(_("已经有这个标签。"))
    Tag.objects.create(
        region_id=household.region_id, household=household, code=code, since=timezone.localdate(), by=by
    )
    record("household.tag", household, details={"tag": code})


@transaction.atomic
def take_tag(household: Household, code: str) -> None:
    """Take a tag off that somebody gave.

    Raises:
        ChangeError: the household does not have it, or it is not people who give it.
    """
    given = household.tags.filter(code=code, until__isnull=True, by__isnull=False)
    if not given.update(until=timezone.localdate()):
        raise ChangeError(_("没有这个标签，或者它由系统给出。"))
    record("household.untag", household, details={"tag": code})


@transaction.atomic
def reveal(household: Household, person: Person, field: str, reason: str) -> str:
    """The plain value of a sealed field, with the reason recorded before anybody sees it.

    Raises:
        VaultError: it cannot be opened.
    """
    record("household.reveal", household, subject=person.pk, reason=reason, details={"field": field})
    return person.plain(field) if field != NAME else person.name


NAME = "name"
