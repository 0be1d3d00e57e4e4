"""Residents' accounts connected to the persons that they belong to, and taken off again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.web.accounts.models import User
from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.registry.errors import ChangeError
from doudi.web.registry.models import Household, Person, State


@transaction.atomic
def connect(household: Household, person: Person, username: str, reason: str) -> None:
    """Let the account see the file of the person's household.

    Raises:
        ChangeError: it is no open account of a resident, it or the person is connected already, or the person does not live here.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    account = (
        User.objects.select_for_update(of=("self",))
        .filter(username=username, role=Role.RESIDENT, is_active=True)
        .first()
    )
    if account is None:
        raise ChangeError(_("没有这个启用的居民账号。"))
    if person.state != State.PRESENT or person.household_id != household.pk:
        raise ChangeError(_("这个人现在不在这一户。"))
    if person.login_id is not None:
        raise ChangeError(_("这个人已关联账号，先取消原来的关联。"))
    if _taken(account):
        raise ChangeError(_("这个账号已关联另一个人。"))
    person.login = account
    person.save(update_fields=["login"])
    _record("household.account_linked", household, person, account, reason)


@transaction.atomic
def disconnect(household: Household, person: Person, reason: str) -> None:
    """Take the account off the person; from now on it sees nothing of the household.

    Raises:
        ChangeError: there is none.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("login").get(pk=person.pk)
    account = person.login
    if account is None:
        raise ChangeError(_("这个人没有关联账号。"))
    person.login = None
    person.save(update_fields=["login"])
    _record("household.account_unlinked", household, person, account, reason)


def _taken(account: User) -> bool:
    """Whether somebody, be it in another county, has the account."""
    from doudi.web.database.scope import acting_as, system

    with acting_as(system()):
        return Person.objects.filter(login=account).exists()


def _record(action: str, household: Household, person: Person, account: User, reason: str) -> None:
    record(action, household, subject=person.pk, reason=reason, details={"account": account.pk})
