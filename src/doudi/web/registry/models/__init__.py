"""What is stored of households and persons."""

from doudi.web.registry.models.benefit import PAYMENT, Benefit
from doudi.web.registry.models.change import Change, ChangeKind, ChangeState
from doudi.web.registry.models.household import Area, Household
from doudi.web.registry.models.load import Load
from doudi.web.registry.models.mark import Mark, MarkKind
from doudi.web.registry.models.membership import Membership
from doudi.web.registry.models.note import Note
from doudi.web.registry.models.person import SEALED, Person, Sex, State
from doudi.web.registry.models.sheet import Sheet
from doudi.web.registry.models.tag import Tag

__all__ = [
    "PAYMENT",
    "SEALED",
    "Area",
    "Benefit",
    "Change",
    "ChangeKind",
    "ChangeState",
    "Household",
    "Load",
    "Mark",
    "MarkKind",
    "Membership",
    "Note",
    "Person",
    "Sex",
    "Sheet",
    "State",
    "Tag",
]
