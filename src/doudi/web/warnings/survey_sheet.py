"""The sheet of a household in the merged survey: one A4 page, filled in with what is known, names masked."""

from __future__ import annotations

from datetime import date
from typing import Any

from doudi.convergence.sheet import sheet_of
from doudi.documents import Document
from doudi.web.registry.marking import label_word
from doudi.web.registry.selectors.files import File
from doudi.web.registry.sensitive import masked_name
from doudi.web.warnings.models import SurveyHome


def sheet(home: SurveyHome, day: date) -> Document:
    """The document.

    Raises:
        VaultError: what is known of it cannot be opened.
    """
    shown, household = home.content(), home.household
    head = household.head.masked_name if household and household.head else masked_name(shown.get("head", ""))
    township = f"{home.region.parent.name} " if home.region.level == "village" else ""
    task = {
        "village": f"{township}{home.region.name}", "household_id": household.number if household else "", "task_id": home.key,
        "head": head, "labels_zh": shown.get("labels"), "tiers_zh": shown.get("tiers"), "places_zh": shown.get("places"),
        "asks_zh": shown.get("asks"), "bring_zh": shown.get("bring"),
    }  # fmt: skip
    return sheet_of(task, _members(home, head), home.survey.region.name, day)


def _members(home: SurveyHome, head: str) -> list[dict[str, Any]]:
    if home.household is None:
        return [_line(head, None, "", None, "")]
    file = File(home.household)
    labels = {mark.person_id: label_word(mark.label, "zh") for mark in reversed(file.marks)}
    return [
        _line(
            each.person.masked_name,
            each.relation,
            each.person.sex,
            each.person.born,
            labels.get(each.person.pk, ""),
        )
        for each in file.members
    ]


def _line(name: str, relation: str | None, sex: str, born: date | None, label: str) -> dict[str, Any]:
    return {"name": name, "relation": relation, "sex": sex, "born": born, "label_zh": label, "tier_zh": ""}
