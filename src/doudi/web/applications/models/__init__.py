"""What is stored of applying."""

from doudi.web.applications.models.attachment import Attachment
from doudi.web.applications.models.authorisation import Authorisation
from doudi.web.applications.models.card import Card
from doudi.web.applications.models.draft import Answer, Draft, DraftState
from doudi.web.applications.models.lead import Lead, LeadState
from doudi.web.applications.models.office import Office
from doudi.web.applications.models.report import Report

__all__ = [
    "Answer",
    "Attachment",
    "Authorisation",
    "Card",
    "Draft",
    "DraftState",
    "Lead",
    "LeadState",
    "Office",
    "Report",
]
