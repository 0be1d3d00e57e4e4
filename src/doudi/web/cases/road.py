"""The main road of each kind of case: in which order its steps usually come, and the phases that the stage bar shows.

The procedure says what may be done; the road only says what a page offers first. A phase is over when one of its steps has
been taken and still counts, so that a step that voids earlier ones takes the bar back as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from doudi.procedure.moves import Move
from doudi.procedure.standing import Standing


class Phase(NamedTuple):
    """One part of the stage bar: its name (that of the tab that shows it), its title, the steps that end it."""

    name: str
    title: str | Promise
    ends: tuple[str, ...]


_DECIDED = (
    "confirm", "recognise", "refuse", "confirm_delegated", "recognise_delegated", "refuse_delegated", "confirm_small",
)  # fmt: skip
_REPORTED = ("report", "report_refusal", "hand_to_head", "hand_refusal_to_head", *_DECIDED)
_APPLYING = (
    Phase("papers", _("受理"), ("accept",)),
    Phase("means", _("核对"), ("report_check",)),
    Phase("visit", _("入户"), ("visit",)),
    Phase("calculation", _("测算"), ("calculate",)),
    Phase("notice", _("审核公示"), _REPORTED),
    Phase("opinion", _("确认"), _DECIDED),
    Phase("history", _("送达和发放"), ("pay", "enter_in_register", "deliver_refusal")),
)
PHASES: dict[str, tuple[Phase, ...]] = {
    "application": _APPLYING,
    "tekun": _APPLYING,
    "temporary_spending": _APPLYING,
    "review": (
        Phase("papers", _("启动"), ("open_review",)),
        Phase("means", _("核对"), ("report_check",)),
        Phase("calculation", _("测算"), ("calculate",)),
        Phase("opinion", _("结论"), ("conclude",)),
        Phase("history", _("办结"), ("keep_as_is", "raise_sum", "turn_to_cut", "turn_to_steps")),
    ),
    "cut": (
        Phase("opinion", _("拟减发停发"), ("intend",)),
        Phase("hearing", _("听取意见"), ("hear", "propose_cut")),
        Phase("opinion", _("提出"), ("propose_cut",)),
        Phase("opinion", _("决定"), ("decide_cut", "decide_cut_delegated")),
        Phase("history", _("告知"), ("tell_cut",)),
        Phase("history", _("执行"), ("put_into_effect", "net_off", "record_return")),
    ),
    "grace": (
        Phase("opinion", _("拟定步骤"), ("plan_steps",)),
        Phase("hearing", _("听取意见"), ("hear", "decide_steps")),
        Phase("opinion", _("决定公布"), ("decide_steps",)),
        Phase("opinion", _("逐月执行"), ("finish_steps",)),
    ),
    "temporary_urgent": (
        Phase("history", _("报告急难"), ("report_need",)),
        Phase("history", _("先行救助"), ("aid_first", "county_aid_first")),
        Phase("papers", _("补齐手续"), ("complete_papers", "close_without_papers")),
    ),
    "commitment": (
        Phase("papers", _("承诺"), ("sign_commitment",)),
        Phase("history", _("先行救助"), ("aid_on_commitment",)),
        Phase("means", _("核对"), ("report_check",)),
        Phase("visit", _("入户"), ("visit",)),
        Phase("opinion", _("核实定级"), ("grade_commitment",)),
        Phase("history", _("办结"), ("close_kept", "close_with_warning", "order_recovery")),
    ),
    "adjustment": (
        Phase("opinion", _("提出增发"), ("propose_raise", "propose_raise_here")),
        Phase("opinion", _("确认"), ("confirm_raise", "confirm_raise_delegated")),
    ),
    "reading": (
        Phase("history", _("提出口径"), ("draft_reading",)),
        Phase("discretion", _("集体研究"), ("hold_conference",)),
        Phase("history", _("记录"), ("record_reading",)),
    ),
}  # fmt: skip
"""The phases of the kinds that have a stage bar."""

ROAD = (
    "submit", "report_need", "open_review", "intend", "plan_steps", "sign_commitment", "draft_reading",
    "accept", "request_check", "start_check", "report_check", "tell_mismatch", "visit", "calculate", "apply_reading",
    "call_conference", "hold_conference", "record_reading", "propose", "conclude", "grade_commitment", "sign_opinion",
    "post_notice", "report_refusal", "hand_refusal_to_head", "rehear", "answer_objection", "propose_anew", "resume_notice",
    "report", "hand_to_head", "county_visit", "county_review", "confirm", "recognise", "confirm_delegated",
    "recognise_delegated", "confirm_small", "confirm_raise",
    "confirm_raise_delegated", "refuse", "refuse_delegated", "keep_as_is", "raise_sum", "turn_to_cut",
    "turn_to_steps", "invite_to_speak", "hear", "propose_cut", "decide_cut", "decide_cut_delegated", "tell_cut",
    "put_into_effect", "net_off", "decide_steps", "carry_out_step", "finish_steps", "aid_first", "county_aid_first", "complete_papers",
    "aid_on_commitment", "close_kept", "close_with_warning", "order_recovery", "record_recovery", "record_return", "deliver",
    "publish", "pay", "enter_in_register", "deliver_refusal",
)  # fmt: skip
"""Steps in the order in which they usually come."""
AFTER = {
    "calculate": ("report_check", "visit"), "county_visit": ("receive_complaint", "draw_sample"),
    "call_conference": ("calculate", "draft_reading"), "publish": ("deliver",),
}  # fmt: skip
"""What is offered first only when one of these has been taken."""
AGAIN = frozenset({"carry_out_step"})
"""Steps that are offered again although they have been taken."""


def first(moves: Iterable[Move], standing: Standing) -> Move | None:
    """What to offer first of the steps that can be taken; None when none lies on the road."""
    offered = {move.step.name: move for move in moves if _comes_next(move.step.name, standing)}
    return next((offered[name] for name in ROAD if name in offered), None)


def _comes_next(step: str, standing: Standing) -> bool:
    if standing.has(step) and step not in AGAIN:
        return False
    before = AFTER.get(step)
    return before is None or any(standing.has(name) for name in before)


def on_road(moves: Iterable[Move]) -> list[Move]:
    """The steps that lie on the road, in its order."""
    places = {name: place for place, name in enumerate(ROAD)}
    return sorted(
        (move for move in moves if move.step.name in places), key=lambda move: places[move.step.name]
    )


def off_road(moves: Iterable[Move]) -> list[Move]:
    """The others."""
    return [move for move in moves if move.step.name not in ROAD]
