"""What is stored of cases."""

from doudi.web.cases.models.case import Case
from doudi.web.cases.models.frozen import Frozen
from doudi.web.cases.models.kinship import Kinship
from doudi.web.cases.models.paper import Paper
from doudi.web.cases.models.series import Series
from doudi.web.cases.models.step import Step

__all__ = ["Case", "Frozen", "Kinship", "Paper", "Series", "Step"]
