"""Reports as they may be shown: identity numbers, accounts, plates and units without the signs that identify."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doudi.verification.report import Report

_HIDDEN = "*"


def masked(report: Report) -> dict[str, Any]:
    """The content of a report with all numbers masked. Its hash is that of the content as it was frozen, unmasked."""
    data: dict[str, Any] = dict(report.data)
    data["members"] = [{**each, "id_number": masked_id(each["id_number"])} for each in data["members"]]
    data["results"] = [masked_result(each) for each in data["results"]]
    return {**data, "masked": True, "sha256": report.sha256}


def masked_result(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result with the number of its thing masked."""
    return {**result, "number": masked_number(result["number"])}


def masked_id(number: str) -> str:
    """An identity number: region and last two signs stay. ``999901**********12``."""
    if len(number) < 10:
        return _HIDDEN * len(number)
    return number[:6] + _HIDDEN * (len(number) - 8) + number[-2:]


def masked_number(number: str | None) -> str | None:
    """A plate, unit or account: its last three signs, at most half of it. How long it is stays hidden too."""
    if number is None:
        return None
    body = number.partition("/")[0]
    return _HIDDEN * 4 + body[len(body) - min(3, len(body) // 2) :]
