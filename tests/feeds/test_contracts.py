"""The contracts that ship: complete, lawful, and told apart by their headings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from doudi.feeds import Contract, FeedError, contract, contracts
from doudi.feeds.contract_reading import read_contracts
from doudi.feeds.recognising import recognise

ALL = sorted(contracts().values(), key=lambda made: made.name)
WANTED = {
    "births", "deaths", "moves", "cremation", "marriages", "medical_settlement", "disability", "vehicles", "real_estate",
    "housing_fund", "market_entities", "social_insurance", "employment", "tax", "bank_balances", "enrolment", "custody",
    "disaster", "monitoring_list", "aid_roll",
}  # fmt: skip


def test_every_department_has_its_contract():
    assert set(contracts()) >= WANTED


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_a_contract_rests_on_law_in_force_and_says_what_it_is_for(made: Contract):
    assert made.basis_on(date(2026, 8, 1))
    assert made.zh
    assert made.purpose_zh
    assert made.department_zh
    assert made.correction_zh


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_what_identifies_a_person_is_never_ordinary(made: Contract):
    for field in made.fields.values():
        if field.type in ("id_number", "name", "phone"):
            assert field.sensitivity != "ordinary"


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_elements_of_the_standard_are_not_claimed_unverified(made: Contract):
    assert all(field.element is None or field.verified for field in made.fields.values())


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_a_contract_is_recognised_by_its_own_headings(made: Contract):
    head = [[field.zh for field in made.fields.values()]]
    assert recognise(head, contracts().values()).matches[0].contract.name == made.name


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_the_required_columns_alone_tell_a_contract(made: Contract):
    matches = recognise([[field.zh for field in made.required]], contracts().values()).matches
    assert made.name in [
        match.contract.name for match in matches if len(match.places) == len(matches[0].places)
    ]


def test_bank_balances_are_for_means_checks_only():
    assert [made.name for made in ALL if made.check_only] == ["bank_balances"]


def test_an_unknown_contract_is_told_with_the_nearest():
    with pytest.raises(FeedError, match="deaths"):
        contract("death")


def test_every_fault_of_a_contract_is_told_at_once(tmp_path: Path):
    text = Path(contract("deaths").file)
    source = (Path(__file__).parents[2] / "src/doudi/feeds/contracts" / text).read_text("utf-8")
    broken = tmp_path / "deaths.yaml"
    broken.write_text(
        source.replace("law-2026:41", "law-2026:99").replace("kind: events", "kind: sometimes").replace("key: [id_number]", "key: [nobody]"),
        "utf-8",
    )  # fmt: skip
    with pytest.raises(FeedError) as error:
        read_contracts([broken])
    assert {problem.code for problem in error.value.problems} >= {
        "reference.unknown_article",
        "feed.choice",
        "feed.key",
    }
    assert all(problem.line for problem in error.value.problems)
