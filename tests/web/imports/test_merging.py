"""What was agreed is merged once, by a second person, and can be reversed while nothing else has touched it."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from doudi.web.audit.models import Entry
from doudi.web.database.scope import acting_as, system
from doudi.web.imports import services
from doudi.web.imports.background import KEPT_DAYS
from doudi.web.imports.errors import ImportRefusedError
from doudi.web.imports.models import Batch, BatchState, Chunk, Home, HomeState, Member
from doudi.web.jobs.calendar import begin
from doudi.web.jobs.models import Job
from doudi.web.jobs.running import run
from doudi.web.registry.models import Household, Membership, Person, State
from doudi.web.registry.services.files import add_note
from tests.web.imports.conftest import Office, faults_of, homes_of, stored
from tests.web.imports.workbooks import home, somebody, workbook
from tests.web.jobs.conftest import job, until
from tests.web.jobs.worker import worker
from tests.web.people import HERE
from tests.web.registry.county import id_number

FAMILY = (("王一", "户主"), ("李二", "配偶"), ("王三", "子女"))


def family(number: str, place: int, **more: str) -> list[list[str]]:
    """The rows of three members."""
    return [
        somebody(number, name, place + step, relation, **more) for step, (name, relation) in enumerate(FAMILY)
    ]


def household(number: str) -> Household:
    with acting_as(system()), transaction.atomic():
        found: Household = Household.objects.select_related("head").get(county=HERE, number=number)
        return found


def members(number: str) -> dict[str, str]:
    """Names and relations of those who belong to a household now."""
    with acting_as(system()), transaction.atomic():
        rows = Membership.objects.filter(household__county=HERE, household__number=number, until__isnull=True)
        return dict(rows.values_list("person__name", "relation"))


def reversed_by_head(office: Office, batch: Batch) -> Batch:
    with acting_as(office.head.scope):
        asked = services.take_back(batch.pk, office.head, "弄错了")
    run(asked.job_id)
    return stored(batch)


def test_new_households_are_registered_with_their_members(office: Office):
    batch = office.checked(
        workbook([home("M1"), home("M2")], [*family("M1", 200, phone="13800000000"), *family("M2", 210)])
    )
    merged = office.merged(batch)
    assert merged.state == BatchState.MERGED
    assert (merged.job.counts, merged.job.left) == ({"merged": 2, "left": 0}, 0)
    found = household("M1")
    assert (found.size, found.head.name, found.address, found.area, found.village) == (
        3,
        "王一",
        "一组 1 号",
        "rural",
        f"村{HERE}",
    )
    assert members("M1") == {"王一": "head", "李二": "spouse", "王三": "child"}
    with acting_as(system("auditor")), transaction.atomic():
        person = Person.objects.get(household=found, name="王一")
        assert person.plain("id_number") == id_number(date(1980, 2, 3), 200)
        assert person.plain("phone") == "13800000000"
        assert (person.initials, person.born) == ("wy", date(1980, 2, 3))
        entry = Entry.objects.filter(action="household.import", target=str(found.pk)).get()
    assert entry.actor == str(office.head.pk)


def test_the_same_file_again_changes_nothing(office: Office):
    rows = workbook([home("M3")], family("M3", 220))
    office.merged(office.checked(rows))
    before = household("M3").version
    rows.seek(0)
    again = office.checked(rows)
    assert again.counts["states"] == {"same": 1}
    with pytest.raises(ImportRefusedError), acting_as(office.head.scope):
        services.agree(again.pk, office.head, "同意")
    assert household("M3").version == before


def test_what_is_wrong_stays_out_and_the_counts_add_up(office: Office):
    people = [*family("M4", 230), *family("M5", 240)[:1], somebody("M5", "错", 1, "配偶", id_number="12")]
    merged = office.merged(office.checked(workbook([home("M4"), home("M5")], people)))
    assert merged.job.counts == {"merged": 1, "left": 0}
    with acting_as(system()), transaction.atomic():
        assert not Household.objects.filter(number="M5").exists()
        assert Counter(Home.objects.filter(batch=merged).values_list("state", flat=True)) == {
            "merged": 1,
            "error": 1,
        }


def test_nobody_agrees_to_his_own_import_not_even_in_the_database(office: Office):
    batch = office.checked(workbook([home("M6")], family("M6", 250)))
    with pytest.raises(ImportRefusedError), acting_as(office.clerk.scope):
        services.agree(batch.pk, office.clerk, "同意")
    with pytest.raises(IntegrityError), acting_as(system()), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(reviewed_by=office.clerk)


def test_a_change_is_merged_and_an_empty_cell_leaves_what_is_there(office: Office):
    office.merged(office.checked(workbook([home("M7")], family("M7", 260, phone="13800000000"))))
    people = family("M7", 260)
    people[2][5], people[1][6] = "其他", "13911111111"
    newborn = somebody("M7", "王四", 264, "子女")
    batch = office.checked(workbook([home("M7", address="新址 2 号", area="")], [*people, newborn]))
    assert homes_of(batch)["M7"].state == HomeState.CHANGED
    office.merged(batch)
    found = household("M7")
    assert (found.address, found.area, found.size, found.version) == ("新址 2 号", "rural", 4, 2)
    assert members("M7")["王三"] == "other"
    with acting_as(system()), transaction.atomic():
        phones = {each.name: each.plain("phone") for each in Person.objects.filter(household=found)}
    assert phones == {"王一": "13800000000", "李二": "13911111111", "王三": "13800000000", "王四": ""}


def test_somebody_decided_to_be_the_same_joins_and_leaves_where_he_was(office: Office):
    office.merged(office.checked(workbook([home("M8")], family("M8", 270))))
    batch = office.checked(workbook([home("M9")], [somebody("M9", "王三", 272)]))
    found = homes_of(batch)["M9"]
    assert found.state == HomeState.DECIDE
    with acting_as(office.clerk.scope):
        with pytest.raises(ImportRefusedError):
            services.decide(batch.pk, found.pk, "other")
        services.decide(batch.pk, found.pk, "join")
    office.merged(batch)
    assert members("M9") == {"王三": "head"}
    assert members("M8") == {"王一": "head", "李二": "spouse"}
    assert (household("M8").size, household("M8").version) == (2, 2)
    assert homes_of(reversed_by_head(office, batch))["M9"].faults == ["有成员由别的家庭转入，请用变更办理"]


def test_what_nobody_decided_is_left_out_and_counted(office: Office):
    office.merged(office.checked(workbook([home("MA")], family("MA", 280))))
    people = [somebody("MB", "王三", 282), *family("MC", 285), somebody("MD", "李二", 281)]
    batch = office.checked(workbook([home("MB"), home("MC"), home("MD")], people))
    with acting_as(office.clerk.scope):
        assert services.decide(batch.pk, homes_of(batch)["MB"].pk, "leave") == 1
        assert services.decide(batch.pk, None, "leave") == 1
    merged = office.merged(batch)
    assert (merged.job.counts, merged.job.total) == ({"merged": 1, "left": 2}, 3)
    assert homes_of(merged)["MB"].state == HomeState.LEFT


def test_what_was_registered_meanwhile_is_left_out(office: Office):
    first = office.checked(workbook([home("ME"), home("MF")], [*family("ME", 290), *family("MF", 295)]))
    second = office.checked(workbook([home("ME")], [somebody("ME", "赵六", 299)]))
    office.merged(second)
    merged = office.merged(first)
    assert merged.job.counts == {"merged": 1, "left": 1}
    assert homes_of(merged)["ME"].faults == ["检查之后登记有变化，未并入"]
    assert members("ME") == {"赵六": "head"}


def test_twenty_who_agree_at_once_merge_it_once(office: Office):
    batch = office.checked(workbook([home("MG")], family("MG", 300)))
    ends: list[str] = []

    def one() -> None:
        try:
            with acting_as(office.head.scope):
                services.agree(batch.pk, office.head, "同意")
            ends.append("agreed")
        except ImportRefusedError:
            ends.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(ends) == {"agreed": 1, "told": 19}
    run(stored(batch).job_id)
    assert household("MG").size == 3


def test_a_worker_killed_in_mid_merge_leaves_every_household_merged_once(office: Office, own_database: str):
    numbers = [f"K{place:04}" for place in range(1500)]
    people = [somebody(number, "王一", 0, id_number="", born="1990-01-01", sex="男") for number in numbers]
    for place, row in enumerate(people):
        row[4] = (date(1950, 1, 1) + timedelta(days=place)).isoformat()
    batch = office.checked(workbook([home(number) for number in numbers], people))
    assert batch.counts["states"] == {"new": 1500}
    with acting_as(office.head.scope):
        asked = services.agree(batch.pk, office.head, "同意")
    with worker(own_database) as first:
        until(lambda: job(asked.job_id).done >= 500, "the first batch is merged")
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(own_database):
        until(lambda: not job(asked.job_id).open, "the second worker ends it")
    ended = job(asked.job_id)
    assert (ended.state, ended.counts, ended.left) == ("done", {"merged": 1500, "left": 0}, 0)
    with acting_as(system("auditor")), transaction.atomic():
        found = Household.objects.filter(county=HERE, number__startswith="K")
        assert found.count() == 1500
        assert set(found.values_list("size", flat=True)) == {1}
        assert Person.objects.filter(household__in=found).count() == 1500
        rows = Entry.objects.filter(action="household.import", target__in=[str(each.pk) for each in found])
        assert Counter(rows.values_list("target", flat=True).order_by()).most_common(1)[0][1] == 1


def test_a_new_household_is_reversed_by_ending_it_and_its_number_is_free_again(office: Office):
    file = workbook([home("MH")], family("MH", 310))
    batch = office.merged(office.checked(file))
    was = household("MH").pk
    undone = reversed_by_head(office, batch)
    assert (undone.state, undone.job.counts) == (BatchState.REVERSED, {"reversed": 1, "kept": 0})
    with acting_as(system()), transaction.atomic():
        ended = Household.objects.get(pk=was)
        assert (ended.ended_on, ended.size, ended.number) == (timezone.localdate(), 0, f"MH~{was}")
        people = Person.objects.filter(memberships__household=ended)
        assert {(each.state, each.household_id) for each in people} == {(State.UNPLACED, None)}
    file.seek(0)
    again = office.checked(file)
    assert again.counts["states"] == {"new": 1}, [faults_of(each) for each in homes_of(again).values()]
    office.merged(again)
    assert members("MH") == {"王一": "head", "李二": "spouse", "王三": "child"}


def test_a_change_is_reversed_to_what_was_before(office: Office):
    office.merged(office.checked(workbook([home("MI")], family("MI", 320, phone="13800000000"))))
    people = [*family("MI", 320, phone="13911111111"), somebody("MI", "王四", 324, "子女")]
    people[2][5] = "其他"
    batch = office.merged(office.checked(workbook([home("MI", address="新址")], people)))
    assert household("MI").size == 4
    reversed_by_head(office, batch)
    found = household("MI")
    assert (found.address, found.size, found.version) == ("一组 1 号", 3, 3)
    assert members("MI") == {"王一": "head", "李二": "spouse", "王三": "child"}
    with acting_as(system()), transaction.atomic():
        assert {each.plain("phone") for each in Person.objects.filter(household=found)} == {"13800000000"}


@pytest.mark.parametrize("use", ["note", "version"])
def test_what_something_else_has_touched_is_kept_and_told(office: Office, use: str):
    number = f"mj-{use}"
    batch = office.merged(
        office.checked(workbook([home(number)], family(number, 330 if use == "note" else 340)))
    )
    with acting_as(system()), transaction.atomic():
        if use == "note":
            add_note(household(number), "已入户走访", office.clerk)
        else:
            Household.objects.filter(number=number).update(version=7)
    undone = reversed_by_head(office, batch)
    kept = homes_of(undone)[number]
    assert kept.state == HomeState.KEPT
    assert kept.faults == [
        {"note": "已有其他记录引用这一户，未撤销", "version": "并入之后又有变更，未撤销"}[use]
    ]
    assert household(number).ended_on is None


def test_rows_and_files_are_erased_when_they_are_no_longer_needed(office: Office):
    batch = office.merged(office.checked(workbook([home("MK")], family("MK", 350))))
    with acting_as(system()), transaction.atomic():
        old = timezone.now() - timedelta(days=KEPT_DAYS + 1)
        Job.objects.filter(pk=batch.job_id).update(finished_at=old)
    with acting_as(system()):
        moment = timezone.now()
        begin("night.tidy", moment)
        with transaction.atomic():
            night = Job.objects.get(kind="night.tidy", due=moment).pk
    run(night)
    assert job(night).fault == ""
    with acting_as(system()), transaction.atomic():
        assert not any(model.objects.filter(batch=batch).exists() for model in (Chunk, Home, Member))
    assert stored(batch).erased_at is not None
    assert household("MK").size == 3
    with pytest.raises(ImportRefusedError), acting_as(office.head.scope):
        services.take_back(batch.pk, office.head, "弄错了")


def test_an_import_that_was_given_up_cannot_be_merged(office: Office):
    batch: Any = office.checked(workbook([home("ML")], family("ML", 360)))
    with acting_as(office.clerk.scope):
        services.discard(batch.pk, "填错了")
    with pytest.raises(ImportRefusedError), acting_as(office.head.scope):
        services.agree(batch.pk, office.head, "同意")
