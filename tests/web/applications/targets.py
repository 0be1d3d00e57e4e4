"""What the pages of applying show in the walks over all pages."""

from __future__ import annotations

from typing import Any

from doudi.web.accounts.access import Access
from doudi.web.accounts.roles import Role
from doudi.web.applications.models import Draft, DraftState, Lead
from doudi.web.applications.pictures import clean
from doudi.web.applications.services import cards, files, leads
from doudi.web.applications.services.drafts import begin
from doudi.web.cases.models import Case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Household
from tests.web.applications.making import family, members
from tests.web.cases.making import SUBMISSION, moved
from tests.web.people import HERE, People

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"
WORDS = {"section": "difficulty", "form": "json"}
SAID = leads.Said("张大爷", "东头第三家", "三天没有吃的", "13900000009")


def part(name: str, access: Access, county: str, role: str, people: People) -> Any:
    """One part of the address of a page."""
    household = family(people, county, resident=role == Role.RESIDENT and county == HERE)
    if name == "form":
        return WORDS[name]
    if name == "section":
        return "members" if access.view == "applications:part" else WORDS[name]
    if name in ("person", "part"):
        return members(household)[0].pk
    if name == "code":
        return (
            people.regions[county].code
            if access.view == "applications:office"
            else _card(household, people, county)
        )
    return _number(access.view.partition(":")[2], household, county, people)


def _number(view: str, household: Household, county: str, people: People) -> int:
    if view == "card_make":
        return household.pk
    if view == "lead":
        return _lead(county, people).pk
    if view in ("file", "file_remove"):
        return _file(household, county, people)
    if view in ("submitted", "declared", "my_case", "withdraw", "bring", "sign_later"):
        return _case(household, county, people, "papers" if view == "bring" else "submitted").pk
    return _draft(household, county, people).pk


def _draft(household: Household, county: str, people: People) -> Draft:
    clerk = people.user(Role.TOWNSHIP_CLERK, county)
    with acting_as(system()):
        found = Draft.objects.filter(household=household, state=DraftState.WRITING).first()
        return found or begin(household, "application", "on_behalf", clerk)


def _file(household: Household, county: str, people: People) -> int:
    draft = _draft(household, county, people)
    with acting_as(system()):
        made = files.keep(
            household,
            "medical_receipts",
            clean(PDF, len(PDF)),
            people.user(Role.TOWNSHIP_CLERK, county),
            draft,
        )
    return made.pk


def _case(household: Household, county: str, people: People, stage: str) -> Case:
    clerk = people.user(Role.TOWNSHIP_CLERK, county)
    with acting_as(clerk.scope):
        found = Case.objects.filter(household=household, kind="application", stage=stage).first()
        if found is not None:
            return found
        from doudi.web.cases.services.moving import take
        from doudi.web.cases.services.opening import open_case

        case = take(
            open_case("application", household, clerk), "submit", clerk, {**SUBMISSION, "source": "on_behalf"}
        ).case
    if stage == "papers":
        case = moved(case, "return_papers", clerk, papers=("medical_receipts",)).case
    return case


def _lead(county: str, people: People) -> Lead:
    region = people.regions[f"{county}101"]
    with acting_as(system()):
        found = Lead.objects.filter(region=region).first()
        return found or leads.call(region, "food", SAID)


def _card(household: Household, people: People, county: str) -> str:
    with acting_as(system()):
        kept = household.cards.filter(revoked_at__isnull=True).first()
        return (kept or cards.make(household, people.user(Role.TOWNSHIP_CLERK, county))).code
