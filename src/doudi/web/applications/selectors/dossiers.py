"""One draft and all that its pages show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from doudi import procedure
from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Answer, Attachment, Authorisation, Draft, DraftState
from doudi.web.applications.questions import age_on, is_of_age
from doudi.web.applications.sections import Part, sections_of
from doudi.web.applications.sections.table import LATER
from doudi.web.cases.models import Case
from doudi.web.registry.models import Household, Person
from doudi.web.registry.selectors.files import File, Member

CHECKED = ("application", "tekun", "temporary_spending", "review")
TODO, DOING, DONE = "todo", "doing", "done"
STATES = {TODO: _("未开始"), DOING: _("未完成"), DONE: _("已完成")}


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list: the section, its state, how many of its parts are complete."""

    section: Any
    state: str
    done: int
    of: int

    @property
    def word(self) -> Any:
        """The state in words."""
        return STATES[self.state]

    @property
    def must(self) -> bool:
        """Whether nothing can be submitted without it."""
        return self.section.name not in LATER


@dataclass
class Dossier:
    """A draft as whoever writes it sees it."""

    draft: Draft
    user: Any

    @property
    def household(self) -> Household:
        """Whose application it is."""
        found: Household = self.draft.household
        return found

    @cached_property
    def file(self) -> File:
        """What is known of the household."""
        return File(self.household)

    @property
    def members(self) -> list[Member]:
        """Who lives there."""
        return self.file.members

    @cached_property
    def adults(self) -> list[Member]:
        """Those of age, or of unknown age."""
        today = timezone.localdate()
        return [each for each in self.members if is_of_age(each.person.born, today)]

    @property
    def people_choices(self) -> list[tuple[str, str]]:
        """The members, to choose from."""
        return [(str(each.person.pk), self.name_of(each)) for each in self.members]

    def name_of(self, member: Member) -> str:
        """A name as it is shown: to the household in full, to others masked."""
        return member.person.name if self.user.role == Role.RESIDENT else member.person.masked_name

    @cached_property
    def plain_phone(self) -> str:
        """The phone number of the head; empty if none is registered."""
        head = self.household.head
        return head.plain("phone") if head else ""

    def age(self, member: Member) -> int | None:
        """Full years today; None where the birth is not known."""
        return age_on(member.person.born, timezone.localdate())

    def member(self, key: str) -> Member:
        """A member by the number of the row.

        Raises:
            Http404: nobody of this household.
        """
        found = next((each for each in self.members if str(each.person.pk) == key), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def answers(self) -> dict[tuple[str, str], Answer]:
        """The newest answer of each part."""
        rows = self.draft.answers.select_related("by").order_by("version")
        return {(row.section, row.part): row for row in rows}

    @cached_property
    def files(self) -> list[Attachment]:
        """The files of the draft."""
        rows = Attachment.objects.filter(draft=self.draft, removed_at__isnull=True)
        return list(rows.defer("sealed").order_by("pk"))

    def files_of(self, kind: str) -> list[Attachment]:
        """The files of one kind of paper."""
        return [each for each in self.files if each.kind == kind]

    @property
    def papers(self) -> list[Attachment]:
        """The files that are papers."""
        return [each for each in self.files if each.kind != "signature"]

    @cached_property
    def signed(self) -> dict[int, Authorisation]:
        """The authorisation that counts of each member who signed."""
        return signed(self.household, [each.person.pk for each in self.members])

    @property
    def unsigned(self) -> list[Member]:
        """The members for whom nobody has signed yet."""
        return [each for each in self.members if each.person.pk not in self.signed]

    @property
    def needs_power(self) -> bool:
        """Whether a paper must show that the household asked for this."""
        return bool(self.draft.source != "self")

    @property
    def sections(self) -> tuple[Any, ...]:
        """The sections of this kind of application."""
        return sections_of(self.draft.kind)

    @property
    def tasks(self) -> list[Task]:
        """The lines of the task list."""
        return [self._task(each) for each in self.sections]

    @property
    def lacking(self) -> list[Task]:
        """The sections without which nothing can be submitted."""
        return [task for task in self.tasks if task.must and task.state != DONE]

    @property
    def later(self) -> list[Task]:
        """The sections that are not finished and may follow."""
        return [task for task in self.tasks if not task.must and task.state != DONE]

    def state(self, section: Any, part: Part) -> str:
        """How far a part has come."""
        if section.name == "authorisation":
            return DONE if int(part.key) in self.signed else TODO
        answer = self.answers.get((section.name, part.key))
        if answer is None:
            return DONE if part.optional else TODO
        return DONE if answer.complete else DOING

    def data(self, section: str, part: str) -> dict[str, Any] | None:
        """What was typed into a part; None if nothing yet."""
        answer = self.answers.get((section, part))
        return answer.raw() if answer else None

    def section(self, name: str) -> Any:
        """A section of this kind of application; None if it has none of that name."""
        return next((each for each in self.sections if each.name == name), None)

    def is_done(self, section: str, part: str) -> bool:
        """Whether a part was answered completely."""
        answer = self.answers.get((section, part))
        return answer is not None and answer.complete

    def answered(self, section: str, part: str = "") -> Any:
        """What was filled into a part, checked: the data of its form, or the values of its rows; empty where it is not complete."""
        known = self.section(section)
        data = self.data(section, part)
        if known is None or data is None:
            return {}
        form = known.form(self, part, data)
        if not form.is_valid():
            return {}
        return form.values if hasattr(form, "values") else form.cleaned_data

    def _task(self, section: Any) -> Task:
        parts = section.parts(self)
        states = [self.state(section, part) for part in parts]
        done = states.count(DONE)
        begun = any(state != TODO and not part.optional for state, part in zip(states, parts, strict=True))
        return Task(section, DONE if done == len(parts) else DOING if begun else TODO, done, len(parts))


def signed(household: Household, people: list[int]) -> dict[int, Authorisation]:
    """The newest authorisation of each person that counts today."""
    rows = Authorisation.objects.filter(
        household=household,
        person__in=people,
        withdrawn_at__isnull=True,
        valid_until__gte=timezone.localdate(),
    )
    return {row.person_id: row for row in rows.select_related("person", "signer").order_by("pk")}


def unsigned(case: Case) -> list[Person]:
    """The members for whom nobody has signed the authorisation of an open case that asks departments."""
    if case.closed_at is not None or case.kind not in CHECKED:
        return []
    rows = case.household.memberships.filter(until__isnull=True).select_related("person").order_by("pk")
    people = [row.person for row in rows]
    there = signed(case.household, [each.pk for each in people])
    return [each for each in people if each.pk not in there]


def dossier(number: int, user: Any) -> Dossier:
    """A draft in scope that is still being written.

    Raises:
        Http404: there is none, or none that may be seen.
    """
    rows = Draft.objects.select_related("household__head", "household__region__parent", "by")
    found = rows.filter(pk=number, state=DraftState.WRITING).first()
    if found is None:
        raise Http404
    return Dossier(found, user)


def held_papers() -> list[Any]:
    """The papers that departments show today, so that nobody brings them."""
    day = timezone.localdate()
    return [each for each in procedure.procedure().papers.values() if not each.may_be_asked(day)]


def bringable_papers() -> list[Any]:
    """The papers that a household may bring; those that are made here are left out."""
    day = timezone.localdate()
    made = ("application_form", "check_authorisation", "truth_promise", "income_statement", "bank_account")
    return [
        each
        for each in procedure.procedure().papers.values()
        if each.may_be_asked(day) and each.name not in made
    ]
