"""A document that is being composed, with all that its fields are written from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from doudi import procedure
from doudi.assessment.determination import Determination
from doudi.assessment.explanation import Explanation, explain
from doudi.assessment.frozen import restore
from doudi.procedure.model.papers import Document as Form
from doudi.procedure.model.stages import Step as ProcedureStep
from doudi.procedure.standing import Standing
from doudi.web.accounts.models import Region, User
from doudi.web.cases.models import Case, Frozen, Step
from doudi.web.cases.papers.once import once
from doudi.web.cases.services.cases import as_procedure
from doudi.web.registry.selectors.files import File

TO_OBJECTOR = "objector"


@dataclass(frozen=True)
class Draft:
    """A document that is being composed: its case as it stands, the step that asks for it, and its form.

    ``to``: for whom this copy is, where a document goes to two sides and each is told its own part.
    """

    case: Case
    step: Step | None
    form: Form
    known: procedure.Case
    standing: Standing
    to: str = ""

    @staticmethod
    def of(
        case: Case, step: Step | None, form: Form, to: str = "", known: procedure.Case | None = None
    ) -> Draft:  # fmt: skip
        """The draft of a document of a case as it stands now; ``known``: the case with its steps, read if it is not given."""
        known = known or as_procedure(case)
        return Draft(case, step, form, known, procedure.standing(procedure.procedure(), known), to)

    @property
    def facts(self) -> dict[str, Any]:
        """The latest of all that was filled in."""
        return self.standing.facts

    @cached_property
    def event(self) -> procedure.Event | None:
        """The step that asks for the document, as the procedure knows it."""
        return self.known.events[self.step.number - 1] if self.step else None

    @cached_property
    def at(self) -> datetime:
        """When the document is made, local and naive."""
        return self.event.at if self.event else timezone.make_naive(timezone.now())

    @property
    def day(self) -> date:
        """The day on which the document is made."""
        return self.at.date()

    def filled(self, name: str, default: Any = None) -> Any:
        """What was filled in for this step, else what was filled in last."""
        own = self.event.inputs if self.event else {}
        return own.get(name, self.facts.get(name, default))

    def last(self, *steps: str) -> procedure.Event | None:
        """The newest of some steps that counts."""
        found = [self.standing.counting[name] for name in steps if name in self.standing.counting]
        return max(found, key=lambda event: event.number, default=None)

    def reading(self, *clocks: str) -> procedure.Reading | None:
        """What the newest run of one of these clocks shows when the document is made."""
        shown = [each for each in self._readings if each.run.clock.name in clocks]
        return shown[-1] if shown else None

    @cached_property
    def _readings(self) -> list[procedure.Reading]:
        return procedure.readings(procedure.procedure(), self.known, self.at)

    @cached_property
    def rule(self) -> ProcedureStep | None:
        """The step of the procedure, as the law of the day has it."""
        return self.standing.machine.step(self.event.step, self.day) if self.event else None

    def started(self) -> list[procedure.Reading]:
        """The clocks that the step has set running."""
        names = self.rule.starts if self.rule else ()
        return [found for name in names if (found := self.reading(name)) is not None]

    @property
    def ground(self) -> procedure.Ground:
        """The limits and choices of the place on the day."""
        return procedure.ground(procedure.procedure(), self.case.county, self.day)

    @cached_property
    def file(self) -> File | None:
        """The file of the household; None where the case is nobody's."""
        return File(self.case.household) if self.case.household_id else None

    @property
    def applicant(self) -> str:
        """The head of the household, who applies for it."""
        head = self.case.household.head if self.case.household_id else None
        return head.name if head else ""

    @property
    def township(self) -> Region:
        """The township in which the case lies; the region of the case where that is larger."""
        region: Region = self.case.region
        return region.parent if region.level == "village" and region.parent else region

    @cached_property
    def county(self) -> Region:
        """The county of the case."""
        code = self.case.county.ljust(12, "0")
        return once(("county", code), lambda: Region.objects.filter(code=code).first()) or self.case.region

    @cached_property
    def frozen(self) -> Frozen | None:
        """The frozen calculation on which the case rests: the one that it names, else the newest."""
        named = self.filled("determination")
        made = self.case.determinations.all()
        return max(made, key=lambda each: (each.number == named, each.pk), default=None)

    @cached_property
    def determination(self) -> Determination | None:
        """The frozen calculation, else the law applied to the file; None where the law cannot be applied."""
        if self.frozen is not None:
            return restore(self.frozen.content())
        found = replace(self.file, day=None).determination if self.file else None
        return found if isinstance(found, Determination) else None

    @cached_property
    def explained(self) -> Explanation | None:
        """The calculation, explained; None where the law cannot be applied."""
        return explain(self.determination, "zh") if self.determination else None

    def names(self, accounts: Any) -> str:
        """The names of accounts of the staff; what is no account stands as it was written."""
        numbers = [each for each in accounts or () if str(each).isdigit()]
        named = dict(User.objects.filter(pk__in=numbers).values_list("pk", "name"))
        return "、".join(
            named.get(int(each), each) if str(each).isdigit() else str(each) for each in accounts or ()
        )
