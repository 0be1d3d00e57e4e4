"""Conditions on discretion (自由裁量): what turns on a reading goes to collective review, or follows one on record."""

from __future__ import annotations

from doudi.procedure.conditions.registry import Conditions, View

conditions = Conditions()
WHOLE = 10_000


@conditions.add(
    "弹性理解已有结论", "discretion is settled",
    "结论取决于弹性区间内的理解，尚未集体研究，也没有适用统一口径",
    "the outcome turns on a reading inside an elastic range, and neither a review nor a standing reading settles it",
    "提请一事一议，或者适用已记录的统一口径", "call a collective review, or apply the standing reading",
)  # fmt: skip
def discretion_is_settled(view: View) -> bool:
    """Every test that turns on a reading was settled since the calculation (T5)."""
    calculated = view.last("calculate")
    turning = calculated.inputs.get("turns_on") if calculated else None
    if calculated is None or not isinstance(turning, tuple):
        return True
    settled = {
        word
        for step in ("hold_conference", "apply_reading")
        for word in _settled(view, step, calculated.number)
    }
    return {str(word) for word in turning} <= settled


def _settled(view: View, step: str, since: int) -> tuple[str, ...]:
    events = [event for event in view.standing.ever.get(step, ()) if event.number > since]
    if step not in view.standing.counting:
        return ()
    lists = (event.inputs.get("settles", ()) for event in events)
    return tuple(str(word) for settled in lists if isinstance(settled, tuple) for word in settled)


@conditions.add(
    "成员足额，无近亲属", "members enough, no kin",
    "参会成员少于规定人数", "fewer members than the rule asks for",
    "按规定人数确定成员", "name as many members as the rule asks for", asks_inputs=True,
)  # fmt: skip
def members_are_enough(view: View) -> bool:
    """The review has the number of members that the place asks for, none of them kin or of the household."""
    members, least = set(view.words("members")), view.ground.value("choice.conference_members") or 1
    return len(members) >= least and not members & (view.case.kin | view.case.household)


@conditions.add(
    "到会足额", "a quorum is present",
    "到会成员不足法定人数", "there is no quorum",
    "改期，待足额成员到会", "meet again with enough members", asks_inputs=True,
)  # fmt: skip
def quorum_is_present(view: View) -> bool:
    """The members present are a quorum of those called."""
    called = view.last("call_conference")
    members = called.inputs.get("members", ()) if called else ()
    if not isinstance(members, tuple) or not members:
        return False
    present = {word for word in view.words("present") if word in members}
    quorum = view.ground.value("choice.conference_quorum")
    return len(present) * WHOLE >= len(members) * (WHOLE if quorum is None else quorum)


@conditions.add(
    "纪要全体签字", "minutes signed by all",
    "会议纪要没有到会成员全部签字", "the minutes are not signed by all who were present",
    "到会成员逐一签字", "have everybody who was present sign", asks_inputs=True,
)  # fmt: skip
def minutes_are_signed(view: View) -> bool:
    """Everybody present signs the minutes."""
    return bool(view.inputs.get("minutes")) and set(view.words("present")) <= set(view.words("signed_by"))


@conditions.add(
    "先议最有利的理解", "the favourable reading first",
    "没有先讨论最有利于家庭的理解，或者未采用而没有说明理由",
    "the most favourable reading was not considered first, or was passed over without a reason",
    "先讨论最有利的理解；不采用的写明理由", "consider it first; write the reason where it is not followed", asks_inputs=True,
)  # fmt: skip
def favourable_reading_came_first(view: View) -> bool:
    """The reading most favourable to the household stands first; another needs a reason."""
    readings, chosen = view.words("readings"), view.inputs.get("chosen")
    if not readings or readings[0] != view.inputs.get("most_favourable") or chosen not in readings:
        return False
    return chosen == readings[0] or bool(view.inputs.get("reason"))


@conditions.add(
    "口径有记录编号", "the reading is on record",
    "统一口径不是县级记录的", "the reading is not one that the county has recorded",
    "先由县级记录口径", "have the county record its reading first", asks_inputs=True,
)  # fmt: skip
def reading_is_on_record(view: View) -> bool:
    """The clerk names the record of the county's reading."""
    return bool(view.inputs.get("reading_record"))
