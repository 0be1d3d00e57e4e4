"""Imported people name their file and row, and are known again by their id number when a build tells of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from doudi.web.cases.services.opening import open_case
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Household, Membership, Person
from doudi.web.registry.selectors.files import File
from tests.web.imports.conftest import Office
from tests.web.imports.workbooks import VILLAGE, home, somebody, workbook
from tests.web.people import HERE
from tests.web.registry.county import Home, Somebody, id_number, write

BORN = date(1980, 2, 3)


def test_what_is_known_of_imported_people_names_the_file_and_the_row(office: Office):
    office.merged(office.checked(workbook([home("R1")], [somebody("R1", "王一", 300)]), name="名册.xlsx"))
    with acting_as(system()), transaction.atomic():
        file = File(Household.objects.get(county=HERE, number="R1"))
        (member,) = file.members
        told = {each.fact.column: each for each in file.subject_of(member).tellings}
        assert (told["born"].value, told["sex"].value) == ("1980-02-03", "female")
        assert told["born"].rows == (told["sex"].rows[0],)
        assert "名册.xlsx" in told["born"].rows[0]
        assert told["born"].rows[0].endswith("行")


def test_somebody_imported_who_comes_by_a_build_under_another_number_stands_once(
    office: Office, tmp_path: Path
):
    people = [somebody("R2", "王一", 310, phone="13800000000"), somebody("R2", "李二", 312, "配偶")]
    office.merged(office.checked(workbook([home("R2")], people)))
    with acting_as(system()), transaction.atomic():
        before = Household.objects.get(county=HERE, number="R2")
        head = Person.objects.get(household=before, name="王一")
        case = open_case("application", before, office.clerk)
    told = [
        Somebody("p000900", "王一", sex="female", born=BORN, id_number=id_number(BORN, 310)),
        Somebody("p000901", "李二", "spouse", "female", BORN, id_number(BORN, 312)),
    ]
    day = timezone.localdate() + timedelta(days=1)
    load(write(tmp_path / "build", [Home("h000900", VILLAGE, told)], day), HERE, day)
    with acting_as(system()), transaction.atomic():
        index = bytes(head.id_index or b"")
        (person,) = Person.objects.filter(county=HERE, id_index=index)
        assert (person.pk, person.number, person.earlier_number) == (head.pk, "p000900", head.number)
        assert (person.plain("id_number"), person.plain("phone")) == (id_number(BORN, 310), "13800000000")
        household = Household.objects.get(county=HERE, number="h000900")
        assert household.pk == before.pk
        assert Membership.objects.filter(household=household, until__isnull=True).count() == 2
        case.refresh_from_db()
        assert case.household_id == household.pk
        assert not Household.objects.filter(county=HERE, number="R2").exists()
        assert File(household).known.people["p000900"].value("born") == BORN.isoformat()
