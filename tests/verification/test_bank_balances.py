"""Bank balances: only for the request that asked, only of those who authorised it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from doudi.feeds import land
from tests.feeds.files import identity, write_csv
from tests.verification.conftest import Checked, result_of
from tests.verification.family import ACCOUNT, HOME, IDS, NAMES

HEADING = ("核对批次号", "公民身份号码", "姓名", "开户银行", "账号", "账户类型", "余额日期", "余额")
DEPOSIT = "{kind: deposit, person: p1, value: 12000}"


def row(person: str = "p1", **changed: str) -> list[str]:
    """An answer of a bank."""
    usual = {
        "request": "SQ-2026-0017", "id": IDS[person], "name": NAMES[person], "bank": "演示银行", "account": ACCOUNT,
        "kind": "活期", "on": "2026-07-30", "balance": "12000.00",
    }  # fmt: skip
    return list((usual | changed).values())


@pytest.fixture
def answered(tmp_path: Path):
    """Lands what banks answered; the folder of feeds."""

    def answer(*rows: list[str]) -> Path:
        path = write_csv(tmp_path / "银行存款核对.csv", rows, HEADING)
        land(path, tmp_path / "store", "officer1", received_at=datetime(2026, 7, 31, 9))
        return tmp_path / "store"

    return answer


def test_a_balance_is_compared_and_its_account_stays_hidden(checked: Checked, answered):
    report = checked(store=answered(row()))
    result = result_of(report, "p1/deposit")
    assert (result.outcome, result.found, result.sources) == ("match", 1_200_000, ("bank_balances",))
    assert {each["feed"]: each["state"] for each in report.data["sources"]}["bank_balances"] == "answered"


def test_accounts_are_matched_one_by_one_where_both_sides_number_them(checked: Checked, answered):
    store = answered(row(balance="15000"), row(account="6222999901000099999", balance="800.50"))
    numbered = (DEPOSIT, f"{{kind: deposit, person: p1, value: 12000, 账号: {ACCOUNT[:10]} {ACCOUNT[10:]}}}")
    report = checked(numbered, store=store)
    assert (result_of(report, "p1/deposit/1").outcome, result_of(report, "p1/deposit/1").difference) == (
        "differs",
        300_000,
    )
    assert (result_of(report, "p1/deposit").outcome, result_of(report, "p1/deposit").found) == (
        "found_only",
        80_050,
    )


def test_accounts_without_numbers_are_compared_in_one_sum(checked: Checked, answered):
    store = answered(row(balance="7000"), row(account="6222999901000099999", balance="5000"))
    assert result_of(checked(store=store), "p1/deposit").outcome == "match"


def test_a_deposit_of_the_whole_household_is_compared_with_all_accounts_together(checked: Checked, answered):
    store = answered(
        row(balance="7000"),
        row("p2", account="6222999901000099999", balance="5000"),
        row("p3", account="7", balance="0"),
    )
    report = checked((DEPOSIT, "{kind: deposit, value: 12000}"), store=store)
    assert result_of(report, "household/deposit").outcome == "match"


def test_of_whom_no_bank_has_answered_nothing_was_found(checked: Checked, answered):
    report = checked(store=answered(row()))
    assert (result_of(report, "p2/deposit").outcome, result_of(report, "p2/deposit").reason) == (
        "no_answer",
        "not_asked",
    )


def test_answers_to_another_request_are_not_looked_at(checked: Checked, answered):
    report = checked(store=answered(row(request="SQ-2026-0001", balance="99999")))
    assert result_of(report, "p1/deposit").reason == "not_asked"
    assert "99999" not in report.text()


def test_the_request_may_name_its_own_number(checked: Checked, answered):
    numbered = ("date: 2026-08-01", "date: 2026-08-01\nrequest_number: HD-7")
    assert result_of(checked(numbered, store=answered(row(request="HD-7"))), "p1/deposit").outcome == "match"


def test_nothing_is_asked_of_banks_without_authority(checked: Checked, answered):
    report = checked(("sources: all", "sources: [tax]"), store=answered(row()))
    assert result_of(report, "p1/deposit").reason == "out_of_scope"
    assert ACCOUNT not in report.text()


@pytest.mark.parametrize(
    "changed",
    [{"name": "王建果"}, {"id": IDS["p1"][:17] + ("0" if IDS["p1"][17] != "0" else "1")}],
    ids=["name", "id"],
)
def test_an_account_under_another_name_or_a_wrong_id_is_nobodys_until_someone_has_looked(
    checked: Checked, answered, changed
):
    result = result_of(checked(store=answered(row(**changed))), "p1/deposit")
    assert result.outcome == "no_answer"
    assert result.found is None


def test_of_several_balances_the_newest_before_the_check_counts(checked: Checked, answered):
    store = answered(row(balance="1", on="2026-06-30"), row(balance="12000", on="2026-07-30"))
    assert result_of(checked(store=store), "p1/deposit").found == 1_200_000


def test_balances_in_the_evidence_do_not_count_without_an_answer_to_the_request(checked: Checked):
    account = {"kind": "deposit", "person_id": "p1", "source": "bank_balances", "number": ACCOUNT, "value": 5}
    assert result_of(checked(things=[HOME, account]), "p1/deposit").reason == "not_asked"


def test_people_outside_the_request_are_not_looked_up(checked: Checked, answered):
    report = checked(store=answered(row(), row("s1", account="6222999901000077777", balance="77777")))
    assert "7777700" not in report.text()
    assert identity(44, "19700101") not in report.text()
