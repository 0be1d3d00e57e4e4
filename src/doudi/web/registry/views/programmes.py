"""The tabs of a file about all programmes: what is due and held, and what more earnings leave."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from doudi.programmes.cliff import cliff as cliff_of
from doudi.programmes.page import cliff_curves
from doudi.programmes.words import fall_line, named
from doudi.rules.errors import DoudiError
from doudi.web.cases.errors import told
from doudi.web.registry.law import offer_for
from doudi.web.registry.selectors.entitled import Entitled
from doudi.web.registry.selectors.files import File
from doudi.web.registry.templatetags.registry import language


def entitled(file: File, asked: Mapping[str, Any]) -> dict[str, Any]:
    """应享已享: every programme on the day, and the statement of a year."""
    found = Entitled(file, language())
    year = asked.get("year", "")
    chosen = int(year) if year.isdecimal() and int(year) in found.years else found.years[0]
    rules = urlencode({"place": file.household.county, "on": file.law_day.isoformat()})
    try:
        made, payments = found.year(chosen)
        return {
            "groups": found.groups, "statement": made, "payments": payments, "years": found.years,
            "untold": found.untold(chosen), "rules": f"?{rules}", "at_day": f"?on={file.day.isoformat()}" if file.day else "",
        }  # fmt: skip
    except DoudiError as error:
        return {"reason": " ".join(told(error.problems, language()))}


def cliff(file: File, asked: Mapping[str, Any]) -> dict[str, Any]:
    """收入与净资源: computed for a member when asked for, since it looks at the household some two hundred times."""
    earner = asked.get("earner", "")
    if not earner.isdecimal() or not 1 <= int(earner) <= len(file.members):
        return {}
    try:
        found = cliff_of(file.facts, offer_for(file.household.county, file.law_day), int(earner) - 1)
    except DoudiError as error:
        return {"reason": " ".join(told(error.problems, language()))}
    return {
        "cliff": found, "earner": int(earner), "curves": json.dumps(cliff_curves(found, language()), ensure_ascii=False),
        "falls": [fall_line(one, language()) for one in found.falls],
        "missing": [named(name, language()) for name in found.missing],
    }  # fmt: skip
