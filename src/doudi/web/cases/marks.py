"""What a decision has to look at (风险标记), computed from the steps of a case."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.procedure.standing import Standing

KIN, COMPLAINT, SAMPLED = "kin", "complaint", "sampled"
MARKS: dict[str, str | Promise] = {
    KIN: _("近亲属备案"),
    COMPLAINT: _("有投诉举报"),
    SAMPLED: _("被抽中"),
    "objected": _("公示有异议"),
    "overruled": _("未采用机器建议"),
    "discretion": _("自由裁量"),
    "mismatch": _("核对不符"),
    "sent_back": _("退回过"),
}
"""The marks and what they are called, the gravest first."""
HIGH = frozenset({KIN, COMPLAINT, SAMPLED})
"""High risk: the county itself visits the home (民发〔2021〕57号 art. 20; sampling where confirmation is delegated)."""


def marks_of(standing: Standing, known: procedure.Case) -> list[str]:
    """The marks of a case, the gravest first."""
    facts, ever = standing.facts, standing.ever
    holds = {
        KIN: bool(facts.get("kin_of_staff") or known.kin or "declare_kin" in ever),
        COMPLAINT: bool(facts.get("complaint_received")),
        SAMPLED: bool(facts.get("sampled")),
        "objected": "object" in ever,
        "overruled": _overruled(standing),
        "discretion": bool(_calculated(standing, "turns_on")),
        "mismatch": facts.get("check_result") == "does_not_fit",
        "sent_back": "send_back" in ever or "return_to_clerk" in ever,
    }
    return [name for name in MARKS if holds[name]]


def _overruled(standing: Standing) -> bool:
    calculated, overruled = standing.counting.get("calculate"), standing.counting.get("overrule")
    return bool(calculated and overruled and overruled.number > calculated.number)


def _calculated(standing: Standing, name: str) -> object:
    calculated = standing.counting.get("calculate")
    return calculated.inputs.get(name) if calculated else None
