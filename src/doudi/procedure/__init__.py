"""The procedure as law: what a case may do, when, by whom, until when, and why.

possible(case, actor, at)        every step from here, with the reasons against those that are not allowed
apply(case, step, actor, at, …)  take a step: a longer case, the documents to issue, the cases to open
standing(procedure(), case)      stage, facts, steps that count
readings(procedure(), case, at)  every clock: due day, days left, late, at rest, provisional
"""

from doudi.procedure.case import Actor, Case, Event
from doudi.procedure.errors import CalendarError, MoveError
from doudi.procedure.ground import Ground, ground
from doudi.procedure.moves import Move, Taken, apply, possible
from doudi.procedure.overdue import Overdue, overdue
from doudi.procedure.procedure import Procedure, procedure
from doudi.procedure.running import Reading
from doudi.procedure.standing import Standing, readings, standing
from doudi.procedure.turning import TurningDecision, decisions_turning_on

__all__ = [
    "Actor",
    "CalendarError",
    "Case",
    "Event",
    "Ground",
    "Move",
    "MoveError",
    "Overdue",
    "Procedure",
    "Reading",
    "Standing",
    "Taken",
    "TurningDecision",
    "apply",
    "decisions_turning_on",
    "ground",
    "overdue",
    "possible",
    "procedure",
    "readings",
    "standing",
]
