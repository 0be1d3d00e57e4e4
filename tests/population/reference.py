"""The register of a day from a world, row by row with plain Python: slow, short, and written apart from the fast one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from doudi.population import World

Row = dict[str, Any]
RECEIPTS = (
    "pension", "unemployment_benefit", "survivor_benefit", "compensation", "gifts", "alimony_received", "other_income",
    "property_gross", "property_cost", "transfers_paid", "entitled_compensation", "family_planning_award", "scholarship",
    "bravery_award", "disability_subsidy", "elder_allowance", "child_allowance", "conscript_family_payment",
)  # fmt: skip


def lasts(row: Row, day: date) -> bool:
    return (row["since"] is None or row["since"] <= day) and (row["until"] is None or row["until"] > day)


def rows_of(world: World, name: str) -> list[Row]:
    return world[name].to_dicts()


def months(day: date) -> list[date]:
    """The first days of the twelve whole months that have ended by ``day``."""
    after = day + timedelta(days=1)
    last = after.year * 12 + after.month - 2
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - 11, last + 1)]


def paid(row: Row, amount: str, day: date) -> int:
    return sum(row[amount] for first in months(day) if lasts(row, first))


def yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def year_before(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)


def incomes(world: World, day: date) -> dict[str, dict[str, int]]:
    """For each person the income facts in fen."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for job in rows_of(world, "jobs"):
        mine = found[job["person_id"]]
        if job["kind"] in ("formal", "informal"):
            mine["wage"] += paid(job, "monthly", day)
        else:
            mine["business_gross"] += paid(job, "monthly", day)
            mine["business_cost"] += paid(job, "cost", day)
    for receipt in rows_of(world, "receipts"):
        found[receipt["person_id"]][receipt["fact"]] += paid(receipt, "monthly", day)
        found[receipt["person_id"]]["basic_pension_central"] += paid(receipt, "central", day)
    for one in rows_of(world, "one_offs"):
        if date(one["day"].year, one["day"].month, 1) in months(day):
            found[one["person_id"]]["one_off_receipt"] += one["amount"]
    heads = {
        row["household_id"]: row["person_id"]
        for row in rows_of(world, "memberships")
        if lasts(row, day) and row["relation"] == "head"
    }
    for holding in rows_of(world, "holdings"):
        receiver = holding["person_id"] or heads.get(holding["household_id"])
        if receiver:
            found[receiver]["social_aid"] += paid(holding, "monthly", day)
    return found


def persons(world: World, day: date) -> dict[str, Row]:
    """Each person who lives in the county: household, relation, states and incomes."""
    people = {row["person_id"]: row for row in rows_of(world, "persons")}
    states: dict[str, Row] = defaultdict(dict)
    for table, column in (("marriages", "marital"), ("studies", "study"), ("illnesses", "illness"),
                          ("absences", "absence"), ("disabilities", "disability"), ("jobs", "kind")):  # fmt: skip
        for row in rows_of(world, table):
            if lasts(row, day):
                states[row["person_id"]][table] = row[column]
    income = incomes(world, day)
    found = {}
    for membership in rows_of(world, "memberships"):
        if not lasts(membership, day):
            continue
        key = membership["person_id"]
        state, mine = states[key], income[key]
        found[key] = {
            "household_id": membership["household_id"], "relation": membership["relation"], "born": people[key]["born"],
            "name": people[key]["name"], "marital": state["marriages"], "study": state.get("studies", "none"),
            "illness": state.get("illnesses", "none"), "absence": state.get("absences", "none"),
            "disability": state.get("disabilities", "none"), "works": "jobs" in state,
            **{name: yuan(mine[name]) for name in ("wage", "business_gross", "business_cost", "basic_pension_central",
                                                   "one_off_receipt", "social_aid", *RECEIPTS)},
        }  # fmt: skip
    return found


def assets(world: World, day: date, people: dict[str, Row]) -> list[tuple[Any, ...]]:
    return sorted(
        (row["household_id"], row["person_id"], row["kind"], yuan(row["value"]), row["purpose"])
        for row in rows_of(world, "owned")
        if lasts(row, day) and people.get(row["person_id"], {}).get("household_id") == row["household_id"]
    )


def expenses(world: World, day: date, people: dict[str, Row]) -> list[tuple[Any, ...]]:
    died = {row["person_id"] for row in rows_of(world, "persons") if row["died_on"] and row["died_on"] <= day}
    home = {row["person_id"]: row["household_id"] for row in rows_of(world, "memberships")}
    homes = {row["household_id"] for row in people.values()}
    term = date(day.year if (day.month, day.day) >= (9, 1) else day.year - 1, 9, 1)
    spent = [
        (row["household_id"], row["person_id"], row["kind"], row["amount"], row["paid_on"])
        for row in rows_of(world, "expenses")
    ]
    spent += [
        (home[row["person_id"]], row["person_id"], "medical", row["own"], row["settled_on"])
        for row in rows_of(world, "bills")
        if row["own"]
    ]
    spent += [
        (home[row["person_id"]], row["person_id"], "education", row["fees"], term)
        for row in rows_of(world, "studies")
        if lasts(row, term) and row["fees"]
    ]
    found = []
    for household, person, kind, amount, paid_on in spent:
        member = person is not None and people.get(person, {}).get("household_id") == household
        if (
            household in homes
            and year_before(day) < paid_on <= day
            and (person is None or member or person in died)
        ):
            found.append((household, person if member else "", kind, yuan(amount), paid_on))
    return sorted(
        (household, person or "", kind, amount, paid_on) for household, person, kind, amount, paid_on in found
    )


def holdings(world: World, day: date, people: dict[str, Row]) -> list[tuple[Any, ...]]:
    homes = {row["household_id"] for row in people.values()}
    granted: dict[str, date] = {}
    for row in rows_of(world, "holdings"):
        granted[row["holding_id"]] = min(row["since"], granted.get(row["holding_id"], row["since"]))
    return sorted(
        (
            row["household_id"],
            row["person_id"] or "",
            row["programme"],
            yuan(row["monthly"]),
            granted[row["holding_id"]],
        )
        for row in rows_of(world, "holdings")
        if lasts(row, day) and row["household_id"] in homes
    )
