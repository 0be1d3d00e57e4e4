"""Named conditions of the procedure: what must hold before a step, and the remedy where it does not.

Each is a function over a :class:`View` with a sentence in both languages. A condition that ``asks_inputs`` can only be judged
when the step is taken, because it looks at what is filled in.
"""

from doudi.procedure.conditions import decision, discretion, exits, inquiry, papers, urgency
from doudi.procedure.conditions.registry import Condition, View

_MODULES = (papers, inquiry, discretion, decision, urgency, exits)

CONDITIONS: dict[str, Condition] = {
    name: condition for module in _MODULES for name, condition in module.conditions.found.items()
}
"""All conditions by name."""

__all__ = ["CONDITIONS", "Condition", "View"]
