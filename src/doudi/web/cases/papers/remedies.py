"""What anybody can do against a decision: reconsideration, litigation, an appeal here; to whom, where, until when."""

from __future__ import annotations

from doudi.documents import Points
from doudi.web.cases.papers.contacts import COURT, OFFICE, RECONSIDERATION, contact_of
from doudi.web.cases.papers.draft import Draft
from doudi.web.cases.papers.writing import Line, Part, writes


def _reconsideration(draft: Draft) -> str:
    body = contact_of(draft.county, RECONSIDERATION).sentence
    days = draft.ground.value("limit.reconsideration")
    return f"申请行政复议：自收到本文书之日起 {days} 日内，向{body}申请，可以书面申请，书写有困难的可以口头申请，不收费。"


def _litigation(draft: Draft) -> str:
    body = contact_of(draft.county, COURT).sentence
    return f"提起行政诉讼：自收到本文书之日起 {draft.ground.value('limit.litigation')} 个月内，向{body}起诉。"


@writes("remedies")
def remedies(draft: Draft) -> Part:
    """Both ways, and that the office itself looks at it again, without waiting for either."""
    here = contact_of(draft.township, OFFICE).sentence
    own = f"要求复核：随时可以向{here}提出，由没有参与过本件的人复核并书面答复；不影响复议和诉讼。"
    return Part("不服怎么办", (Points((_reconsideration(draft), _litigation(draft), own), ordered=True),))


@writes("remedies", "appeal_decision")
def remedies_after_appeal(draft: Draft) -> Part:
    """After an appeal the two ways outside stay open."""
    return Part("不服怎么办", (Points((_reconsideration(draft), _litigation(draft)), ordered=True),))


@writes("reconsideration")
def reconsideration(draft: Draft) -> Line:
    """Reconsideration by the government."""
    return Line("行政复议", _reconsideration(draft))


@writes("litigation")
def litigation(draft: Draft) -> Line:
    """The court."""
    return Line("行政诉讼", _litigation(draft))
