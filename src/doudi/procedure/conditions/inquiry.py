"""Conditions on the inquiry: two investigators, signatures, a fresh report, the visit of the county."""

from __future__ import annotations

from doudi.procedure.calendar import add_months
from doudi.procedure.conditions.registry import Conditions, View

conditions = Conditions()
FEWEST_INVESTIGATORS = 2


@conditions.add(
    "两人以上调查，无近亲属", "two investigators, no kin",
    "调查人员少于两人，或者有近亲属", "fewer than two investigators, or a near relative among them",
    "由两名以上无近亲属关系的人员调查", "send two or more who are no relatives", asks_inputs=True,
)  # fmt: skip
def two_investigators(view: View) -> bool:
    """Each group has two investigators or more (M57 art. 16), none of them kin."""
    investigators = set(view.words("investigators"))
    return len(investigators) >= FEWEST_INVESTIGATORS and not investigators & view.case.kin


@conditions.add(
    "双方签字", "signed by both sides",
    "入户调查表没有双方签字", "the visit form is not signed by both sides",
    "调查人员和在场家庭成员分别签字", "investigators and a member who was there sign", asks_inputs=True,
)  # fmt: skip
def visit_is_signed(view: View) -> bool:
    """Both sides sign the form (M57 art. 16); a visit by telephone or video is recorded instead."""
    return view.inputs.get("signed_by_both") is True or view.inputs.get("manner") != "on_site"


@conditions.add(
    "入户，重大突发事件除外", "at the home, but in a major emergency",
    "没有重大突发事件，不能以电话、视频代替入户", "without a major emergency a call cannot replace the visit",
    "到户调查，或者先记录重大突发事件", "visit the home, or record the major emergency", asks_inputs=True,
)  # fmt: skip
def visit_is_on_site(view: View) -> bool:
    """Telephone and video only in a major emergency (M57 art. 16)."""
    return view.inputs.get("manner") == "on_site" or view.fact("major_emergency") is True


@conditions.add(
    "核对报告在有效期内", "the check report is fresh",
    "没有核对报告，或者报告已过期", "there is no check report, or it is too old",
    "重新提请核对", "ask for a new check",
)  # fmt: skip
def report_is_fresh(view: View) -> bool:
    """A report decides only within its life, which the region sets."""
    event, months = view.last("report_check"), view.ground.value("choice.check_report_months")
    if event is None:
        return False
    return months is None or view.day <= add_months(event.at.date(), months)


@conditions.add(
    "应当县级入户的已入户", "the county visited where it must",
    "近亲属备案、有举报或被抽中的申请，县级尚未入户", "kin of staff, a complaint or the sample: the county has not visited",
    "县级两人以上入户调查", "two or more of the county visit the home",
)  # fmt: skip
def county_visited_where_due(view: View) -> bool:
    """The county visits where staff are kin or somebody complained (M57 art. 20), and where the sample falls (M43 art. 16)."""
    facts = view.standing.facts
    due = any(facts.get(name) is True for name in ("kin_of_staff", "complaint_received", "sampled"))
    return not due or view.standing.has("county_visit")


@conditions.add(
    "抽查比例达到规定", "the share drawn is kept",
    "抽查比例低于规定", "the share drawn is below the rule",
    "按规定比例重新抽取", "draw again with the share of the rule", asks_inputs=True,
)  # fmt: skip
def sample_share_is_kept(view: View) -> bool:
    """The share in use is at least that of the place (M43 art. 16: 30 per cent)."""
    share, least = view.inputs.get("sample_percent"), view.ground.value("choice.sample_share")
    return isinstance(share, int) and least is not None and share * 100 >= least


@conditions.add(
    "下放后抽查比例达到本地规定", "the share drawn on delegated decisions is kept",
    "下放后的抽查比例低于本地规定", "the share drawn is below the local rule on delegated decisions",
    "按规定比例重新抽取", "draw again with the share of the rule", asks_inputs=True,
)  # fmt: skip
def delegated_sample_is_kept(view: View) -> bool:
    """Where townships confirm the county draws a sample; the share is the region's, any share where it set none."""
    share, least = view.inputs.get("sample_percent"), view.ground.value("choice.sample_share_delegated")
    return isinstance(share, int) and (least is None or share * 100 >= least)


@conditions.add(
    "核对不符已告知", "a mismatch was told",
    "核对不符尚未告知申请人", "the applicant has not been told that the check does not fit",
    "先告知，听取异议", "tell the applicant first and hear the objection",
)  # fmt: skip
def mismatch_was_told(view: View) -> bool:
    """A result that speaks against the household is told before it decides (M57 art. 18)."""
    return view.fact("check_result") != "does_not_fit" or view.standing.has("tell_mismatch")


@conditions.add(
    "核对异议已复查", "an objection to the check was looked at",
    "申请人对核对结果有异议，尚未复查", "the applicant objected to the check, and it was not looked at again",
    "组织复查", "look at it again",
)  # fmt: skip
def check_objection_was_answered(view: View) -> bool:
    """An objection with papers is looked at again (M57 art. 18)."""
    objected, again = view.last("object_to_check"), view.last("recheck")
    return objected is None or (again is not None and again.number > objected.number)


@conditions.add(
    "结果有依据", "the result has evidence",
    "处置结果没有依据", "the result has no evidence",
    "填写走访、电话或材料依据", "write what was seen, heard or shown", asks_inputs=True,
)  # fmt: skip
def result_has_evidence(view: View) -> bool:
    """A warning closes with a result and evidence."""
    return bool(view.words("evidence"))
