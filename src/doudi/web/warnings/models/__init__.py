"""What is stored of warnings and visits."""

from doudi.web.warnings.models.duty import Duty
from doudi.web.warnings.models.hold import Hold
from doudi.web.warnings.models.lead import Lead
from doudi.web.warnings.models.meeting import Decision, Meeting
from doudi.web.warnings.models.night import Night
from doudi.web.warnings.models.photo import Photo
from doudi.web.warnings.models.proof import Proof
from doudi.web.warnings.models.remark import Remark
from doudi.web.warnings.models.round import Round
from doudi.web.warnings.models.sending import Sending
from doudi.web.warnings.models.survey import Survey, SurveyHome
from doudi.web.warnings.models.visit import Visit
from doudi.web.warnings.models.warning import State, Warning

__all__ = [
    "Decision",
    "Duty",
    "Hold",
    "Lead",
    "Meeting",
    "Night",
    "Photo",
    "Proof",
    "Remark",
    "Round",
    "Sending",
    "State",
    "Survey",
    "SurveyHome",
    "Visit",
    "Warning",
]
