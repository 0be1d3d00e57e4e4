"""The audit trail: nothing is left out, nothing can be changed, and what was changed is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from doudi.web.accounts.roles import Role
from doudi.web.audit import record, record_all, recording
from doudi.web.audit.context import Actor, deeds_of
from doudi.web.audit.models import Entry, Link
from doudi.web.audit.recording import Deed
from doudi.web.audit.verification import verify
from doudi.web.audit.words import WORDS
from doudi.web.database import PrivateServer
from doudi.web.database.scope import Scope, acting_as, system
from doudi.web.errors import WebError
from tests.web.conftest import copied
from tests.web.people import HERE, THERE, People

SOURCE = Path(__file__).parents[2] / "src" / "doudi" / "web"


def found(anchors: Path | None = None) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in verify(anchors).faults]


@pytest.fixture
def trail(server: PrivateServer, worker_database: str) -> Iterator[str]:
    """A database of this test with five sealed entries."""
    with copied(server, f"{worker_database}_trail") as name:
        for number in range(5):
            record("test.deed", ("thing", number), details={"说明": "第一行\n第二行", "n": number})
        yield name


@pytest.fixture
def tamper(server: PrivateServer, trail: str) -> Callable[..., None]:
    """Changes made by a superuser who switches the triggers off."""

    def change(*statements: str) -> None:
        with server.connect(trail) as superuser:
            superuser.execute("SET session_replication_role = replica")
            for statement in statements:
                superuser.execute(statement)

    return change


def test_a_whole_chain_is_found_whole(trail: str):
    assert found() == []
    assert verify().links == 5
    assert list(Link.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_many_deeds_at_once_are_entries_of_the_same_chain(trail: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recording, "_AT_ONCE", 2)
    with acting_as(Scope("auditor", "")), CaptureQueriesContext(connection) as queries, transaction.atomic():
        deeds = [Deed(("thing", number), subject=f"p{number}", details={"n": number}) for number in range(5)]
        assert record_all("test.many", deeds, reason="一次做了许多") == 5
    assert sum("INSERT INTO audit_entry" in query["sql"] for query in queries) == 3
    assert found() == []
    assert verify().links == 10
    with acting_as(Scope("auditor", "")), transaction.atomic():
        told = Entry.objects.filter(action="test.many").order_by("id")
        assert [(entry.target, entry.subject, entry.details) for entry in told] == [
            (str(number), f"p{number}", f'{{"n": {number}}}') for number in range(5)
        ]


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nobody_changes_or_deletes_an_entry(own_database: str, alias: str, table: str, statement: str):
    record("test.deed")
    column = "action" if table == "audit_entry" else "number"
    with (
        pytest.raises(DatabaseError, match=r"append-only|permission denied"),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column, column))
    assert found() == []


def test_the_application_cannot_forge_a_link(own_database: str):
    statement = "INSERT INTO audit_link (number, entry_id, previous, hash) VALUES (99, 1, 'x', 'x')"
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entry SET outcome = 'refused' WHERE target = '2'", ("audit.changed", 3)),
        (
            "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE target = '2'",
            ("audit.changed", 3),
        ),
        ("UPDATE audit_entry SET target = '', subject = target WHERE target = '2'", ("audit.changed", 3)),
        ("DELETE FROM audit_entry WHERE target = '2'", ("audit.deleted", 3)),
        ("DELETE FROM audit_link WHERE number = 3", ("audit.gap", 4)),
        ("UPDATE audit_link SET hash = sha256('x') WHERE number = 3", ("audit.changed", 3)),
        ("UPDATE audit_link SET previous = sha256('x') WHERE number = 3", ("audit.broken", 3)),
    ],
)
def test_what_a_superuser_changed_is_found_with_its_place(
    tamper: Callable[..., None], statement: str, fault: tuple
):
    tamper(statement)
    assert fault in found()


def test_an_entry_put_in_without_its_link_is_found(tamper: Callable[..., None], trail: str):
    columns = "at, action, outcome, actor, actor_name, role, region, target_kind, target, subject, reason, address, request, details"
    tamper(f"INSERT INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE target = '2'")
    assert ("audit.unsealed", 6) in found()


def test_an_end_that_was_cut_off_is_found_by_what_was_kept_outside(
    tamper: Callable[..., None], tmp_path: Path
):
    anchors = tmp_path / "anchors.jsonl"
    assert found(anchors) == []
    tamper("DELETE FROM audit_link WHERE number > 3", "DELETE FROM audit_entry WHERE target IN ('3', '4')")
    assert found() == []
    assert found(anchors) == [("audit.cut", 5)]


def test_a_chain_written_anew_is_found_by_what_was_kept_outside(
    tamper: Callable[..., None], tmp_path: Path, server: PrivateServer, trail: str
):
    anchors = tmp_path / "anchors.jsonl"
    assert found(anchors) == []
    tamper("DELETE FROM audit_link", "UPDATE audit_entry SET action = 'test.lie' WHERE target = '2'")
    with server.connect(trail) as superuser:
        superuser.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        superuser.execute("CREATE TEMP TABLE old AS SELECT * FROM audit_entry")
        superuser.execute("DELETE FROM audit_entry")
        superuser.execute("INSERT INTO audit_entry SELECT * FROM old ORDER BY id")
    assert found() == []
    assert found(anchors) == [("audit.rewritten", 5)]


def test_a_deed_that_was_rolled_back_is_not_recorded(own_database: str):
    before = verify().links
    with transaction.atomic():
        record("test.deed")
        transaction.set_rollback(True)
    assert verify().links == before


def test_each_entry_says_who_did_what_to_what_and_whence(rows: None):
    with deeds_of(Actor("7", "somebody", "county_clerk", "999901000000", "10.0.0.1", "abc")):
        record("household.view", ("household", 5), subject=9, reason="核对", details={"b": 1, "a": "字"})
    with acting_as(system("auditor")):
        entry = Entry.objects.get(request="abc")
    assert (entry.actor, entry.actor_name, entry.role, entry.region) == (
        "7",
        "somebody",
        "county_clerk",
        "999901000000",
    )
    assert (entry.target_kind, entry.target, entry.subject, entry.reason) == ("household", "5", "9", "核对")
    assert (entry.address, entry.request, entry.outcome) == ("10.0.0.1", "abc", "done")
    assert entry.details == '{"a": "字", "b": 1}'


def test_an_action_has_a_thing_and_a_verb(rows: None):
    with pytest.raises(WebError):
        record("view")


def test_entries_are_seen_by_the_auditor_of_their_region_and_by_whoever_did_the_deed(rows: None):
    with deeds_of(Actor("7", "a", "county_clerk", "999901101000")):
        record("test.deed")
    with deeds_of(Actor("8", "b", "county_clerk", "999902000000")):
        record("test.deed")
    seen = {}
    for who, scope in {
        "auditor here": Scope("auditor", HERE, "1"), "auditor there": Scope("auditor", THERE, "2"),
        "auditor above": Scope("auditor", "9999", "3"), "head": Scope("county_head", HERE, "4"),
        "doer": Scope("county_clerk", f"{HERE}101", "7"), "nobody": Scope("", None, ""),
    }.items():  # fmt: skip
        with acting_as(scope):
            seen[who] = sorted(Entry.objects.values_list("actor", flat=True))
    assert seen == {
        "auditor here": ["7"], "auditor there": ["8"], "auditor above": ["7", "8"], "head": [], "doer": ["7"],
        "nobody": [],
    }  # fmt: skip


def test_the_auditor_finds_entries_and_is_recorded_himself(people: People, sealed: Callable[[], None]):
    security = people.come_in(Role.SECURITY_ADMINISTRATOR)
    account = people.user(Role.TOWNSHIP_CLERK)
    security.get(f"/admin/users/{account.pk}/")
    assert security.get("/audit/").status_code == 403
    sealed()
    auditor = people.come_in(Role.AUDITOR)

    def shown(**asked: str) -> list[str]:
        return [entry.action for entry, _ in auditor.get("/audit/", asked).context["rows"]]

    assert shown(action="account.view") == ["account.view"]
    assert shown(outcome="refused") == ["page.refused"]
    assert shown(target=str(account.pk)) == ["account.view"]
    assert set(shown(actor="auditor.999901")) == {"account.log_in", "account.second_factor", "audit.search"}
    assert shown(begin="2000-01-01", end="2000-01-02") == []
    assert shown(begin="2000-13-01") == []
    assert shown(role="security_administrator", action="page") == ["page.refused"]
    entry = auditor.get("/audit/", {"action": "account.view"}).context["rows"][0][0]
    page = auditor.get(f"/audit/{entry.pk}/")
    assert page.context["link"].number
    assert page.context["seal"] in page.content.decode()
    assert shown()[0] == "audit.view"


def test_older_entries_come_page_by_page(people: People):
    auditor = people.come_in(Role.AUDITOR)
    with deeds_of(Actor("7", "a", "county_clerk", "999901000000")):
        for number in range(120):
            record("test.deed", ("thing", number))
    seen, before = [], None
    while True:
        asked = {"action": "test."} | ({"before": str(before)} if before else {})
        page = auditor.get("/audit/", asked)
        seen += [int(entry.target) for entry, _ in page.context["rows"]]
        before = page.context["older"]
        if before is None:
            break
    assert seen == list(range(119, -1, -1))


def test_refused_and_forged_addresses_are_recorded(people: People):
    client = people.come_in(Role.SECURITY_ADMINISTRATOR)
    there = people.user(Role.COUNTY_CLERK, THERE)
    assert client.get("/audit/").status_code == 403
    assert client.get(f"/admin/users/{there.pk}/").status_code == 404
    assert client.get("/no/such/page/").status_code == 404
    with acting_as(system("auditor")):
        tried = Entry.objects.filter(action__startswith="page.").order_by("id")
        assert [(each.action, each.target, each.outcome) for each in tried] == [
            ("page.refused", "audit:entries", "refused"), ("page.missing", "accounts:user", "refused"),
        ]  # fmt: skip


def test_every_action_that_is_recorded_has_its_words():
    import re

    text = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    recorded = set(re.findall(r'\brecord(?:_all)?\(\s*"([a-z_.]+)"', text)) | set(
        re.findall(r'_record\(request, "([a-z_.]+)"', text)
    )
    recorded.discard("thing.verb")
    recorded.discard("household.view")
    assert len(recorded) > 15
    assert recorded <= set(WORDS)
