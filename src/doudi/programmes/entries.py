"""An entry of the catalogue of programmes, and what it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from doudi.rules.documents import Reference

Period = Literal["month", "year", "once", "event", "cost"]
Unit = Literal["person", "household"]
Form = Literal["cash", "reimbursement", "relief", "insurance", "service", "loan"]
Access = Literal["application", "automatic"]

PERIODS = {
    "month": ("每月", "a month"),
    "year": ("每年", "a year"),
    "once": ("一次性", "once"),
    "event": ("每次", "each event"),
    "cost": ("按费用", "by cost in the year"),
}
UNITS = {"person": ("个人", "person"), "household": ("家庭", "household")}
FORMS = {
    "cash": ("现金", "cash"),
    "reimbursement": ("费用报销", "reimbursement"),
    "relief": ("费用减免", "relief of a charge"),
    "insurance": ("保险支付", "paid by insurance"),
    "service": ("服务", "service"),
    "loan": ("贷款", "loan"),
}
ACCESS = {"application": ("依申请", "on application"), "automatic": ("主动实施", "without application")}
DECIDERS = {
    "township": ("乡镇、街道", "township or street office"),
    "county": ("县级主管部门", "county department"),
    "prefecture": ("市级主管部门", "prefecture department"),
    "insurer": ("医保经办机构", "insurance office"),
    "hospital": ("医疗机构", "hospital"),
    "school": ("就读学校", "school"),
    "court": ("司法机关", "judicial organ"),
    "company": ("供应企业", "supplier"),
    "bank": ("经办银行", "bank"),
    "organisation": ("实施组织", "organisation"),
}
STAGES = {
    "basic": ("基本医保", "basic insurance"),
    "major": ("大病保险", "major-illness insurance"),
    "aid": ("医疗救助", "medical aid"),
    "tilted": ("倾斜救助", "tilted aid"),
    "temporary": ("临时救助", "temporary aid"),
    "charity": ("慈善救助", "charity"),
}
"""What pays of the cost of illness, in this order."""
DAY_KINDS = {"working": ("个工作日", "working days"), "calendar": ("天", "days"), "hours": ("小时", "hours")}
APPLICANT = "applicant"
"""Who holds a document that must be asked for."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department or organisation that answers for programmes."""

    id: str
    zh: str
    en: str
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that the decision needs; one that a department holds is never asked of anybody (law art. 62)."""

    zh: str
    en: str
    held_by: str

    @property
    def asked(self) -> bool:
        """Whether the applicant has to bring it."""
        return self.held_by == APPLICANT


@dataclass(frozen=True, slots=True)
class Funding:
    """Who pays from a day on, in ten-thousandths: the levels of government and the organisation's own means."""

    since: int
    central: int
    province: int
    prefecture: int
    county: int
    own: int
    reference: Reference
    verified: bool


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The time in which a decision must be made, counted from the application."""

    count: int
    kind: str

    def text(self, lang: str = "zh") -> str:
        """``30 个工作日``, ``30 working days``."""
        zh, en = DAY_KINDS[self.kind]
        return f"{self.count}{zh}" if lang == "zh" else f"{self.count} {en}"


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: what it is called, who answers for it, how often it is paid, and which rules decide it.

    ``due`` is the test that decides; ``amount`` the variable in fen for each period, empty for a service that has none.
    ``region`` is where it exists, ``000000`` everywhere. ``held_as`` is the code under which a household's file lists it
    among ``programme`` of its holdings, empty when it is listed as ``item``. ``stage`` is where it pays of the cost of illness,
    empty when it does not. ``held_with`` is the programme whose holding includes it unless it is listed apart.
    """

    id: str
    zh: str
    en: str
    group: str
    organisation: str
    decides: str
    access: Access
    period: Period
    unit: Unit
    form: Form
    due: str
    amount: str
    documents: tuple[Document, ...]
    funding: tuple[Funding, ...]
    references: tuple[Reference, ...]
    region: str
    time_limit: TimeLimit | None
    held_as: str
    stage: str
    held_with: str
    file: str
    line: int

    def name(self, lang: str = "zh") -> str:
        """The name in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en

    @property
    def gains(self) -> bool:
        """Whether its amount leaves the household better off: not of a loan, nor of a service."""
        return self.form not in ("loan", "service") and bool(self.amount)

    @property
    def counts(self) -> bool:
        """Whether its amount is added up as aid: a gain that insurance does not pay."""
        return self.gains and self.form != "insurance"

    @property
    def total(self) -> str:
        """The variable that holds its amount for the whole household; empty for a service."""
        return f"{self.id}_of_household" if self.unit == "person" and self.amount else self.amount

    @property
    def due_in_household(self) -> str:
        """The variable that says whether it is due to the household or to one of its members."""
        return f"{self.id}_due_in_household" if self.unit == "person" else self.due

    def in_year(self, amount: int) -> int:
        """What an amount of one period comes to in a year, in fen."""
        return amount * 12 if self.period == "month" else amount
