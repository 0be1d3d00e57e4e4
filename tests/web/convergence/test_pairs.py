"""An officer uploads two registers, sees what was recognised and what is wrong, and has them made one; the review waits then."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings

from doudi.convergence.synthetic import Pair as Registers
from doudi.convergence.synthetic import Plan, write_pair
from doudi.web.accounts.roles import Role
from doudi.web.convergence.models import Convergence, Pair, PairState, Placement
from doudi.web.database.scope import acting_as, system
from doudi.web.jobs.running import run
from tests.web.people import People

PLAN = Plan(
    covered=8, new={"tekun": 1, "dibao": 1}, exit=1, missing=1, in_review=0, died=1, left=0, unknown=1, unplaced=0, others=5, only_base=2,
)  # fmt: skip


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    return write_pair(tmp_path_factory.mktemp("pair"), PLAN)


@pytest.fixture(scope="module")
def clerk(own_database: str) -> Client:
    with acting_as(system()), transaction.atomic():
        people = People()
        people.user(Role.COUNTY_CLERK)
        return people.signed_in(Role.COUNTY_CLERK)


def sent(clerk: Client, listed: bytes, base: bytes) -> tuple[str, Pair | None]:
    """The page that answers an upload, and the pair that was stored."""
    answer = clerk.post(
        "/convergence/pairs/add/",
        {
            "listed": SimpleUploadedFile("监测对象202607.csv", listed),
            "base": SimpleUploadedFile("在保名册202607.xlsx", base),
            "day": "2026-08-01",
            "period": "2026-07",
            "since": "2026-09-01",
            "until": "2026-09-30",
        },
        follow=True,
    )
    return answer.content.decode(), stored()


def with_a_fault(file: Path) -> bytes:
    """The list with one row more, in which nothing but the number of the household stands."""
    text = file.read_bytes().decode("gb18030")
    cells = text.splitlines()[-1].count(",")
    return f"{text}JC9{',' * cells}\r\n".encode("gb18030")


def stored() -> Pair | None:
    """The newest pair, as it is now."""
    with acting_as(system()), transaction.atomic():
        return Pair.objects.select_related("convergence").order_by("-pk").first()


def test_both_registers_are_checked_and_then_made_one(clerk: Client, registers: Registers):
    _page, pair = sent(clerk, with_a_fault(registers.listed), registers.base.read_bytes())
    assert pair is not None
    run(pair.job_id)
    page = clerk.get(f"/convergence/pairs/{pair.pk}/").content.decode()
    assert "防返贫监测名单" in page
    assert "退回和重复 1" in page
    aside = clerk.get(f"/convergence/pairs/{pair.pk}/aside/").content
    assert "JC9" in aside.decode("gb18030")
    assert "开始并轨" not in page
    with override_settings(EVIDENCE=registers.evidence):
        assert "开始并轨" in clerk.get(f"/convergence/pairs/{pair.pk}/").content.decode()
        clerk.post(f"/convergence/pairs/{pair.pk}/make/")
        made = stored()
        assert made is not None
        run(made.job_id)
    made = stored()
    assert made is not None
    assert made.state == PairState.MADE
    with acting_as(system()), transaction.atomic():
        found = Convergence.objects.get()
        places = set(Placement.objects.filter(convergence=found).values_list("place", flat=True))
    assert made.convergence == found
    assert {"covered", "new", "exit", "open"} == places
    assert found.by.role == Role.COUNTY_CLERK


def test_what_cannot_be_read_is_refused_at_once(clerk: Client, registers: Registers):
    before = stored()
    page, pair = sent(clerk, b"%PDF-1.7 x", b" ")
    assert pair == before
    assert "PDF" in page
    assert "文件是空的" in page


def test_what_follows_no_contract_says_why_and_is_not_made_one(clerk: Client, registers: Registers):
    _page, pair = sent(clerk, "甲,乙\r\n1,2\r\n".encode(), registers.base.read_bytes())
    assert pair is not None
    run(pair.job_id)
    page = clerk.get(f"/convergence/pairs/{pair.pk}/").content.decode()
    assert "文件读不了" in page
    assert "为什么不成" in page
    clerk.post(f"/convergence/pairs/{pair.pk}/make/")
    again = stored()
    assert again is not None
    assert again.state == PairState.REFUSED
