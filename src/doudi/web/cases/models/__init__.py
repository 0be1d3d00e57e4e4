"""What is stored of cases."""

from doudi.web.cases.models.case import Case
from doudi.web.cases.models.entitlement import Entitlement
from doudi.web.cases.models.escalation import Escalation
from doudi.web.cases.models.frozen import Frozen
from doudi.web.cases.models.kinship import Kinship
from doudi.web.cases.models.overpayment import Overpayment, Way
from doudi.web.cases.models.paper import Paper
from doudi.web.cases.models.reading import StandingReading
from doudi.web.cases.models.saved_view import SavedView
from doudi.web.cases.models.series import Series
from doudi.web.cases.models.step import Step

__all__ = [
    "Case",
    "Entitlement",
    "Escalation",
    "Frozen",
    "Kinship",
    "Overpayment",
    "Paper",
    "SavedView",
    "Series",
    "StandingReading",
    "Step",
    "Way",
]
