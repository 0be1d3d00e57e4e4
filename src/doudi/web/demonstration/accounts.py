"""The demonstration: made-up divisions under a code that GB/T 2260 does not contain, and one account for each role.

The divisions bear names that villages of a synthetic county have (``doudi demo``), so that its people are found in them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import transaction
from django.utils import timezone

from doudi.web.accounts.models import Region, User
from doudi.web.accounts.passwords import random_password
from doudi.web.accounts.roles import Role
from doudi.web.accounts.services.regions import store
from doudi.web.audit import record
from doudi.web.database.scope import acting_as, system

SOURCE = "演示数据"
COUNTY, TOWNSHIP, VILLAGE = "999901000000", "999901101000", "999901101201"
REGIONS = {
    "990000000000": "演示省",
    "999900000000": "演示市",
    COUNTY: "演示县",
    "999901001000": "城关镇",
    TOWNSHIP: "清泉镇",
    "999901102000": "白塬镇",
    "999901103000": "安乐镇",
    "999901104000": "柳林镇",
    "999901001001": "柳河社区",
    VILLAGE: "柳沟村",
    "999901102201": "清沟村",
    "999901103201": "石沟村",
    "999901104001": "清河社区",
}
ACCOUNTS = (
    ("resident", "田小禾", Role.RESIDENT, None, ""),
    ("village", "赵春生", Role.VILLAGE_ASSISTANT, VILLAGE, "柳沟村村民委员会"),
    ("township", "钱佳", Role.TOWNSHIP_CLERK, TOWNSHIP, "清泉镇人民政府"),
    ("township.head", "孙立民", Role.TOWNSHIP_HEAD, TOWNSHIP, "清泉镇人民政府"),
    ("county", "李文静", Role.COUNTY_CLERK, COUNTY, "演示县民政局"),
    ("county.head", "周志远", Role.COUNTY_HEAD, COUNTY, "演示县民政局"),
    ("department", "吴敏", Role.DEPARTMENT, COUNTY, "演示县医疗保障局"),
    ("organisation", "郑海燕", Role.ORGANISATION, COUNTY, "演示县社会工作服务中心"),
    ("analyst", "王思源", Role.ANALYST, "990000000000", "演示省民政厅"),
    ("system", "冯工", Role.SYSTEM_ADMINISTRATOR, COUNTY, "演示县民政局"),
    ("security", "陈安", Role.SECURITY_ADMINISTRATOR, COUNTY, "演示县民政局"),
    ("auditor", "褚明", Role.AUDITOR, COUNTY, "演示县民政局"),
)


OFFICES = {"department": "medical_insurance", "organisation": "charity"}
"""The office of those accounts that have one."""


class _Drawn(Argon2PasswordHasher):
    """For passwords of 93 random bits, which nobody finds by trying: the least that OWASP asks for. At its first log-in Django hashes
    such a password anew, as it does every other."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


class Credentials(NamedTuple):
    """An account and its password, which is told once and stored only as a hash."""

    username: str
    role: Role
    password: str


@transaction.atomic
def load(new_passwords: bool = False) -> list[Credentials]:
    """Make what is missing of divisions and accounts; the passwords of accounts made now, or of all when asked for."""
    with acting_as(system()):
        store(
            Region(code=code, name=name, valid_from=date(2020, 1, 1), source=SOURCE)
            for code, name in REGIONS.items()
        )
        known = {
            user.username: user for user in User.objects.filter(username__in=[line[0] for line in ACCOUNTS])
        }
        return [
            _account(known.get(username), username, name, role, region, organisation)
            for username, name, role, region, organisation in ACCOUNTS
            if new_passwords or username not in known
        ]


def _account(
    user: User | None, username: str, name: str, role: Role, region: str | None, organisation: str
) -> Credentials:
    password = random_password()
    if user is None:
        office = OFFICES.get(username, "")
        user = User(
            username=username, name=name, role=role, region_id=region, organisation=organisation, office=office
        )  # fmt: skip
    user.password = make_password(password, hasher=_Drawn())
    user.password_changed_at = timezone.now()
    user.save()
    record("account.demonstration", user)
    return Credentials(username, role, password)
