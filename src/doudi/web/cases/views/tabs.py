"""The tabs of a case, and what fills each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.web.accounts.roles import Role
from doudi.web.cases.prefilling import meeting_on
from doudi.web.cases.selectors.folders import Folder

Context = dict[str, Any]
VISITS = ("visit", "interview", "county_visit", "rehear")
CHECKS = ("request_check", "start_check", "report_check", "tell_mismatch", "object_to_check", "recheck")
NOTICES = (
    "appraise", "post_notice", "object", "rehear", "appraise_objection", "answer_objection", "propose_anew", "resume_notice",
    "publish", "announce_ending",
)  # fmt: skip
HEARINGS = ("invite_to_speak", "hear", "hear_first")
OPINIONS = (
    "calculate", "overrule", "propose", "sign_opinion", "return_opinion", "county_review", "conclude", "send_back",
    "propose_raise", "propose_raise_here", "confirm_raise", "confirm_raise_delegated", "drop_raise",
    "confirm", "recognise", "refuse", "confirm_delegated", "recognise_delegated", "refuse_delegated", "intend",
    "propose_cut", "decide_cut", "decide_cut_delegated", "net_off", "order_return", "record_return",
    "plan_steps", "decide_steps", "grade_commitment",
)  # fmt: skip
_COMPARED = ("calculate", "propose", "county_review", "conclude", "confirm", "confirm_delegated", "recognise")


def _papers(folder: Folder) -> Context:
    return {"papers": folder.case.papers.order_by("-pk")}


def _means(folder: Folder) -> Context:
    return {"checked": folder.taken(*CHECKS)}


def _visits(folder: Folder) -> Context:
    return {"visits": folder.taken(*VISITS), "papers": _of_kind(folder, "visit_form")}


def _calculation(folder: Folder) -> Context:
    return {"determinations": folder.case.determinations.select_related("by").order_by("-pk")}


def _discretion(folder: Folder) -> Context:
    rows = folder.taken(
        "call_conference", "hold_conference", "apply_reading", "draft_reading", "record_reading"
    )
    return {"meeting": meeting_on(folder), "meetings": rows, "papers": _of_kind(folder, "conference_minutes")}


def _notice(folder: Folder) -> Context:
    return {"notices": folder.taken(*NOTICES)}


def _hearing(folder: Folder) -> Context:
    return {"notices": folder.taken(*HEARINGS)}


def _opinion(folder: Folder) -> Context:
    latest = {name: next(iter(folder.taken(name)), None) for name in _COMPARED}
    columns = [
        (row, row.inputs)
        for name in _COMPARED
        if (row := latest[name]) is not None and folder.standing.has(name)
    ]
    return {"opinions": folder.taken(*OPINIONS), "columns": columns, "outcome": folder.standing.facts}


def _history(folder: Folder) -> Context:
    return {}


def _of_kind(folder: Folder, kind: str) -> Any:
    return folder.case.papers.filter(kind=kind).order_by("-pk")


TABS: dict[str, tuple[Any, tuple[str, ...], Callable[[Folder], Context]]] = {
    "papers": (_("材料"), (), _papers),
    "means": (_("核对"), ("report_check",), _means),
    "visit": (_("入户"), ("visit", "county_visit"), _visits),
    "calculation": (_("测算"), ("calculate",), _calculation),
    "discretion": (_("一事一议"), ("hold_conference",), _discretion),
    "notice": (_("评议公示"), ("post_notice", "appraise", "announce_ending"), _notice),
    "hearing": (_("听取意见"), ("hear",), _hearing),
    "opinion": (_("意见"), OPINIONS, _opinion),
    "history": (_("经过"), (), _history),
}
"""The tabs in their order: title, the steps of which the kind of case must have one (none: always), what fills it."""
OF_RESIDENTS = ("papers", "history")
"""What the household itself sees: its documents and what was done, not who said what of whom."""


def tabs_of(folder: Folder) -> list[tuple[str, Any]]:
    """The tabs that a case has for whoever looks at it."""
    steps = folder.standing.machine.steps
    return [
        (name, title)
        for name, (title, needed, _fill) in TABS.items()
        if (not needed or any(step in steps for step in needed)) and _may_see(folder, name)
    ]


def _may_see(folder: Folder, name: str) -> bool:
    return folder.user.role != Role.RESIDENT or name in OF_RESIDENTS


def usual_tab(folder: Folder) -> str:
    """The tab of the phase that a case is in; else what happened."""
    here = next((each.phase.name for each in folder.bar if each.here), "history")
    if here == "notice" and not folder.standing.has("post_notice"):
        here = "opinion"
    return here if here in dict(tabs_of(folder)) else "history"
