"""Conditions on aid before papers: urgent temporary aid, and aid on a commitment (先承诺)."""

from __future__ import annotations

from doudi.procedure.conditions.registry import Conditions, View

conditions = Conditions()


@conditions.add(
    "不超过小额上限", "within the small-sum limit",
    "金额超过小额快救上限，或者本地没有规定上限", "the sum is above the small-sum limit, or no limit is set here",
    "降到上限以内，或者由县级先行救助", "keep within the limit, or let the county help first", asks_inputs=True,
)  # fmt: skip
def sum_is_small(view: View) -> bool:
    """The township itself helps first with small sums (LAW art. 50)."""
    return _within(view, "choice.small_aid_limit")


@conditions.add(
    "不超过先行救助上限", "within the limit for urgent aid",
    "金额超过先行救助上限，或者本地没有规定上限", "the sum is above the limit for aid before papers, or none is set here",
    "超出部分按一般程序办理", "what is above it follows the ordinary procedure", asks_inputs=True,
)  # fmt: skip
def sum_is_within_urgent_limit(view: View) -> bool:
    """The county helps first up to the limit of the place (TA18 2.2)."""
    return _within(view, "choice.urgent_aid_limit")


def _within(view: View, limit: str) -> bool:
    amount, most = view.inputs.get("amount"), view.ground.value(limit)
    return isinstance(amount, int) and most is not None and 0 < amount <= most


@conditions.add(
    "登记对象、事由、金额", "person, cause and sum are registered",
    "没有登记救助对象、事由或金额", "person, cause or sum is not registered",
    "登记对象、事由、金额", "register person, cause and sum", asks_inputs=True,
)  # fmt: skip
def cause_is_registered(view: View) -> bool:
    """Urgent aid registers whom, why and how much (TA18 2.2)."""
    return bool(view.fact("cause")) and isinstance(view.fact("amount"), int)


@conditions.add(
    "补齐期限已过", "the papers are late",
    "补齐手续的期限还没有过", "the papers are not late yet",
    "等期限届满", "wait until the limit is over",
)  # fmt: skip
def papers_are_late(view: View) -> bool:
    """The days for the papers of urgent aid are over."""
    reading = view.reading("urgent_papers")
    return reading is not None and reading.is_overdue


@conditions.add(
    "本地实行先承诺后核实", "commitments are practised here",
    "本地没有实行先承诺后核实", "aid on a commitment is not practised here",
    "按一般程序办理；急难的走先行救助", "follow the ordinary procedure, or urgent aid",
)  # fmt: skip
def commitment_is_allowed(view: View) -> bool:
    """The region has introduced it."""
    return view.ground.flag("choice.commitment_first")


@conditions.add(
    "没有严重失信记录", "no serious breach before",
    "此前有严重失信的承诺", "an earlier commitment was seriously broken",
    "按一般程序办理", "follow the ordinary procedure", asks_inputs=True,
)  # fmt: skip
def no_serious_breach_before(view: View) -> bool:
    """The graded record of the household bars a new commitment only after a serious breach."""
    return view.inputs.get("earlier_grade") != "broken_serious"


@conditions.add(
    "已核对并入户", "checked and visited",
    "承诺尚未核实", "the commitment has not been checked",
    "先核对并入户", "check the means and visit first",
)  # fmt: skip
def commitment_is_checked(view: View) -> bool:
    """Check report and visit are there."""
    return view.standing.has("report_check") and view.standing.has("visit")


@conditions.add(
    "承诺已违背", "the commitment was broken",
    "承诺没有违背，不能追回", "the commitment was kept: nothing is recovered",
    "按核实结果办结", "close with the result",
)  # fmt: skip
def commitment_was_broken(view: View) -> bool:
    """Recovery follows a broken commitment only."""
    return str(view.fact("grade") or "").startswith("broken")


@conditions.add(
    "承诺守信", "the commitment was kept",
    "承诺已违背，须先责令退回", "the commitment was broken: the aid is claimed back first",
    "责令退回", "claim it back",
)  # fmt: skip
def commitment_was_kept(view: View) -> bool:
    """A kept commitment closes the case."""
    return view.fact("grade") == "kept"
