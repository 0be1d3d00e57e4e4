"""Counties that the divisions have."""

from __future__ import annotations

from doudi.rules.errors import Problem
from doudi.web.accounts.models import Region
from doudi.web.accounts.models.region import prefix_of
from doudi.web.registry.errors import LoadError

COUNTY = 6


def known_county(code: str) -> Region:
    """The county of a code of 6 or 12 digits.

    Raises:
        LoadError: the divisions have no such county.
    """
    found = Region.objects.filter(code=code.ljust(12, "0")).first()
    if found is None or len(prefix_of(found.code)) != COUNTY:
        raise LoadError([Problem("load.no_county", "区划表中没有这个县", "the divisions do not have this county",
                                 "核对代码；没有导入区划的，先 doudi web regions",
                                 "check the code; import divisions with doudi web regions if they are missing", value=code)])  # fmt: skip
    return found
