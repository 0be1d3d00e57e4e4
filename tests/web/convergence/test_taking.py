"""What ``doudi converge`` wrote becomes placements, marks and the merged survey: once, whole, or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doudi.web.accounts.roles import Role
from doudi.web.convergence.errors import TakingError
from doudi.web.convergence.models import Convergence, Placement
from doudi.web.convergence.reading import FILES
from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Mark
from doudi.web.warnings.models import SurveyHome
from tests.web.convergence.making import SINCE, STORY, UNTIL, WATCHED, lay_down, person, take, taken, visit
from tests.web.people import HERE, THERE, People


@pytest.fixture(autouse=True)
def regions(people: People) -> None:
    people.regions  # noqa: B018


def test_the_county_of_the_story_comes_to_its_shares(people: People, tmp_path: Path):
    places = [place for place, number in STORY.items() for _each in range(number)]
    rows = [person(line, place, person_id=None, household_id=None) for line, place in enumerate(places)]
    found = take(tmp_path, rows, [visit(1, household_id=None)])
    assert (found.persons, found.unknown) == (5_080, 5_080)
    page = people.signed_in(Role.COUNTY_HEAD).get(f"/convergence/{found.convergence.pk}/")
    figures = page.context["figures"]
    assert {name: getattr(figures.proposed, name) for name in STORY} == STORY
    assert (figures.decided.covered, figures.decided.open) == (4_072, 1_008)
    text = page.content.decode()
    assert '<strong id="before">80.16%</strong>' in text
    assert '<strong id="after">98.38%</strong>' in text
    assert '<strong id="after-decided">80.16%</strong>' in text
    assert sum(proposed.persons for _region, proposed, _decided in figures.places) == 5_080


def test_each_person_household_and_label_is_found_in_the_registry(people: People, tmp_path: Path):
    new, gone = taken(people, tmp_path, "new", "exit")
    with acting_as(system()):
        assert new.household.number == "h1"
        assert new.person.number == "h1.王小明"
        assert new.region_id == gone.region_id == people.regions[f"{HERE}101201"].code
        assert new.content()["articles"].startswith("《中华人民共和国社会救助法》")
        marks = Mark.objects.order_by("pk").values_list(
            "person__number", "label", "labelled_on", "kind", "until"
        )
        assert list(marks) == [
            ("h1.王小明", "edge", date(2023, 5, 1), "mark", None), ("h2.王小明", "edge", date(2023, 5, 1), "mark", None),
        ]  # fmt: skip
        assert new.convergence.watch_until == WATCHED
        homes = SurveyHome.objects.filter(survey=new.convergence.survey).order_by("pk")
        assert [(one.household.number, one.in_list, one.in_base) for one in homes] == [
            ("h1", True, False), ("h2", True, False),
        ]  # fmt: skip


def test_the_same_again_changes_nothing_and_an_older_one_is_refused(people: People, tmp_path: Path):
    first = take(tmp_path, [person(1)], [visit(1)])
    assert take(tmp_path, [person(1)], [visit(1)]).again
    assert Convergence.objects.count() == 1
    with pytest.raises(TakingError, match="2026-08-01"):
        take(tmp_path, [person(1)], [visit(1)], day=date(2026, 7, 1))
    assert not take(tmp_path, [person(1)], [visit(1)], day=date(2026, 8, 2)).again
    with acting_as(system()):
        assert Placement.objects.filter(convergence=first.convergence).count() == 1


def test_files_that_are_not_ours_are_refused_and_nothing_is_stored(people: People, tmp_path: Path):
    folder = lay_down(tmp_path, [person(1, reason="because"), person(2, state="decided")], [visit(1)])
    with pytest.raises(TakingError) as failed:
        take_from(folder)
    assert [each.code for each in failed.value.problems] == ["converge.syntax", "converge.reviewed"]
    (folder / "persons.parquet").write_bytes(b"PAR1")
    with pytest.raises(TakingError):
        take_from(folder)
    (folder / "persons.parquet").unlink()
    (folder / "tasks.parquet").unlink()
    with pytest.raises(TakingError) as failed:
        take_from(folder)
    assert len(failed.value.problems) == 2
    assert not Convergence.objects.exists()


def take_from(folder: Path) -> None:
    from doudi.web.convergence.services.taking import take_in

    take_in(folder, SINCE, UNTIL)


def test_a_clerk_takes_in_that_of_his_county_alone(people: People, tmp_path: Path):
    lay_down(tmp_path, [person(1)], [visit(1)], county=THERE)
    client = people.signed_in(Role.COUNTY_CLERK)
    data = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}

    def sent() -> dict[str, object]:
        return {**data, "files": [SimpleUploadedFile(name, (tmp_path / name).read_bytes()) for name in FILES]}

    assert "不是本县的结果" in client.post("/convergence/take-in/", sent()).content.decode()
    lay_down(tmp_path, [person(1)], [visit(1)])
    answer = client.post("/convergence/take-in/", sent())
    assert answer.status_code == 302
    with acting_as(system()):
        assert Convergence.objects.get().by == people.user(Role.COUNTY_CLERK)
    answer = client.post("/convergence/take-in/", data)
    assert "persons.parquet" in answer.context["form"].errors["files"][0]
