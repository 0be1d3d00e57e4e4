"""Accounts for tests: one of each role in each of two counties, which do not exist."""

from __future__ import annotations

import time
from datetime import date
from functools import cached_property
from typing import Any

import pyotp
from django.test import Client
from django.utils import timezone

from doudi.web.accounts.models import Region, SecondFactor, SignIn, User
from doudi.web.accounts.roles import Role
from doudi.web.sealing import seal

PASSWORD = "a long sentence of a test"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE, THERE = "999901", "999902"
OFFICES = {"department": "medical_insurance", "organisation": "charity"}


class People:
    """Makes regions and accounts when they are asked for; ``signed_in`` gives a browser in which one is signed in."""

    def __init__(self) -> None:
        self._users: dict[tuple[str, str], User] = {}

    def copy(self) -> People:
        """The same people; accounts that the copy makes are its own, so they may be taken back with their transaction."""
        made = People()
        made.regions, made._users = self.regions, dict(self._users)
        return made

    @cached_property
    def regions(self) -> dict[str, Region]:
        """Province, prefecture, both counties, and a township and village in each."""
        names = {"99": "演示省", "9999": "演示市"}
        for county in (HERE, THERE):
            names |= {county: f"县{county}", f"{county}101": f"镇{county}", f"{county}101201": f"村{county}"}
        whole = {code: code.ljust(12, "0") for code in names}
        known = Region.objects.in_bulk(whole.values())
        missing = [
            Region(whole[code], name, valid_from=date(2020, 1, 1), source="test")
            for code, name in names.items()
            if whole[code] not in known
        ]
        for region in missing:
            region.derive()
        Region.objects.bulk_create(missing)
        stored = Region.objects.in_bulk(whole.values())
        return {code: stored[whole[code]] for code in names}

    def region_of(self, role: str, county: str) -> Region | None:
        """The region in which an account of this role works."""
        codes = {
            Role.VILLAGE_ASSISTANT: f"{county}101201",
            Role.TOWNSHIP_CLERK: f"{county}101",
            Role.TOWNSHIP_HEAD: f"{county}101",
        }
        return None if role == Role.RESIDENT else self.regions[codes.get(Role(role), county)]

    def user(self, role: str, county: str = HERE) -> User:
        """The account of a role in a county, with its second factor set up; ``department:red_cross`` is one of another office."""
        if (role, county) not in self._users:
            kind, _, office = role.partition(":")
            user = User(
                username=f"{role.replace(':', '.')}.{county}", name="测试员", role=kind,
                region=self.region_of(kind, county), office=office or OFFICES.get(kind, ""),
            )  # fmt: skip
            user.set_password(PASSWORD)
            user.password_changed_at = timezone.now()
            user.save()
            sealed = seal(SECRET.encode(), "second factor", str(user.pk))
            SecondFactor.objects.create(user=user, sealed_secret=sealed, confirmed_at=timezone.now())
            self._users[role, county] = user
        return self._users[role, county]

    def signed_in(self, role: str, county: str = HERE) -> Client:
        """A browser in which the account is signed in, without the pages of the door (``come_in`` goes through them)."""
        user, client = self.user(role, county), Client()
        client.force_login(user)
        now = timezone.now()
        SignIn.objects.create(
            user=user, session_key=client.session.session_key, seen_at=now,
            second_factor_at=now if user.is_staff else None,
        )  # fmt: skip
        return client

    def come_in(self, role: str, county: str = HERE) -> Client:
        """A browser in which the account has come through password and second factor."""
        user = self.user(role, county)
        client = Client()
        entered = client.post("/login/", {"username": user.username, "password": PASSWORD})
        assert entered.status_code == 302, "the password was taken"
        if user.is_staff:
            SecondFactor.objects.filter(user=user).update(last_step=0)
            entered = client.post("/login/code/", {"code": code_now()})
            assert entered.status_code == 302, "the code was taken"
        return client


def code_now(steps: int = 0) -> str:
    """The code that an authenticator of the test accounts shows now, or some steps later."""
    return pyotp.TOTP(SECRET).generate_otp(int(time.time()) // 30 + steps)


def opened(client: Client, path: str, **data: Any) -> str:
    """The page that a browser gets, as text."""
    return client.get(path, data).content.decode()
