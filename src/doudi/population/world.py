"""What is true of a synthetic county over time: spells, each with the day it begins and the day it ends.

The truth is apart from what any department knows. Money is whole fen, areas hundredths of m². ``since`` is the first day
of a spell and null where it began before the history, on a day that nobody needs; ``until`` is the first day after it and
null while it lasts. In studies, disabilities, illnesses, absences, receipts, owned, holdings and monitored ``since`` may
be a day before the history. A monthly sum is due for every month on whose first day its spell lasts. Codes are those of
the vocabulary of facts unless a comment names its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

_ID, _TEXT, _CODE = pl.String(), pl.String(), pl.String()
_FEN, _COUNT, _DAY, _FLAG = pl.Int64(), pl.Int64(), pl.Date(), pl.Boolean()
_SPELL: dict[str, pl.DataType] = {"since": _DAY, "until": _DAY}

SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    # All who ever lived in the county within the history, the dead and those who left included.
    "persons": {
        "person_id": _ID, "id_number": _TEXT, "name": _TEXT, "sex": _CODE, "born": _DAY, "died_on": _DAY,
        "mother_id": _ID, "father_id": _ID,
    },
    "households": {
        "household_id": _ID, "booklet": _TEXT, "area": _CODE, "village": _TEXT, "address": _TEXT,
        "safe_housing": _FLAG, "safe_water": _FLAG,
    },
    # Who lives with whom. began: resident, birth, move_in, marriage, relation; ended: death, move_out, marriage, relation,
    # or null. relation: the person stayed and only the relation to the head changed. A person whose spell ends by
    # move_out on the day on which another begins by move_in in the county moved within it.
    # on_booklet: registered in the household's booklet; shares_means: art. 7 of mf-2021-57.
    "memberships": {
        "person_id": _ID, "household_id": _ID, "relation": _CODE, **_SPELL, "began": _CODE, "ended": _CODE,
        "on_booklet": _FLAG, "shares_means": _FLAG,
    },
    "marriages": {"person_id": _ID, "marital": _CODE, "spouse_id": _ID, **_SPELL},
    "studies": {
        "person_id": _ID, "study": _CODE, "full_time": _FLAG, "school": _TEXT, "student_number": _TEXT,
        "fees": _FEN, **_SPELL,
    },
    # fees: a year. certificate: number of the disability certificate, null for those who have none.
    "disabilities": {
        "person_id": _ID, "disability": _CODE, "grade": _COUNT, "component": _CODE, "component_grade": _COUNT,
        "certificate": _TEXT, **_SPELL,
    },
    "illnesses": {"person_id": _ID, "illness": _CODE, **_SPELL},
    "absences": {"person_id": _ID, "absence": _CODE, **_SPELL},
    # What an assessment would find; one row a person.
    "abilities": {
        "person_id": _ID, "can_work": _FLAG, "no_civil_capacity": _FLAG, "can_eat": _FLAG, "can_dress": _FLAG,
        "can_leave_bed": _FLAG, "can_use_toilet": _FLAG, "can_walk_indoors": _FLAG, "can_bathe": _FLAG,
    },
    # kind: formal, informal, farm, trade. monthly: wage, or gross income of farm or trade; cost: a month.
    # insured: an employer pays social insurance and reports the wage to the tax office.
    "jobs": {
        "person_id": _ID, "kind": _CODE, "employer": _TEXT, "monthly": _FEN, "cost": _FEN, "insured": _FLAG, **_SPELL,
    },
    # Regular receipts and payments other than from work. fact: income fact of the vocabulary (pension, elder_allowance,
    # transfers_paid …). kind: detail where a department knows it: employee, civil, resident, survivor; living, nursing;
    # orphan, unattended_child; else null. central: the part of a resident's pension that the centre sets, counted apart from monthly; a receipt
    # whose amounts changed has one row for each.
    "receipts": {"person_id": _ID, "fact": _CODE, "kind": _CODE, "monthly": _FEN, "central": _FEN, **_SPELL},
    # Single receipts: damages, sale proceeds, gifts.
    "one_offs": {"person_id": _ID, "fact": _CODE, "amount": _FEN, "day": _DAY},
    # number: plate, unit of real estate, account, credit code, whichever a department files it under; null where none does.
    # hidden: not declared by its owner.
    "owned": {
        "asset_id": _ID, "household_id": _ID, "person_id": _ID, "kind": _CODE, "value": _FEN, "area": _COUNT,
        "purpose": _CODE, "number": _TEXT, "detail": _TEXT, "hidden": _FLAG, **_SPELL,
    },
    # Medical settlements. visit: code of the contract medical_settlement; total = pooled + serious + aid + own.
    "bills": {
        "bill_id": _ID, "person_id": _ID, "visit": _CODE, "illness": _CODE, "admitted_on": _DAY, "settled_on": _DAY,
        "total": _FEN, "pooled": _FEN, "serious": _FEN, "aid": _FEN, "own": _FEN,
    },
    # Other expenses that the household bore itself.
    "expenses": {"household_id": _ID, "person_id": _ID, "kind": _CODE, "amount": _FEN, "paid_on": _DAY},
    # Legal supporters outside the household, as in the vocabulary; incomes of 12 months at the last day of the history.
    "supporters": {
        "supporter_id": _ID, "person_id": _ID, "relation": _CODE, "born": _DAY, "family_size": _COUNT,
        "family_income": _FEN, "own_income": _FEN, "property_within_limits": _FLAG, "status": _CODE,
        "disability": _CODE, "disability_grade": _COUNT, "absence": _CODE, "no_civil_capacity": _FLAG, "consents": _FLAG,
        "agreed_fee": _FEN, "supported_persons": _COUNT, "support_ended": _FLAG,
    },
    # Aid received. person_id: null for all of the household. A holding whose amount changed has one row for each amount,
    # all with its holding_id.
    "holdings": {
        "holding_id": _ID, "household_id": _ID, "person_id": _ID, "programme": _CODE, "band": _CODE, "monthly": _FEN,
        **_SPELL,
    },
    "temporary_aid": {
        "aid_id": _ID, "household_id": _ID, "person_id": _ID, "cause": _CODE, "amount": _FEN, "granted_on": _DAY,
    },
    # The rural-affairs list. risk: code of the contract monitoring_list.
    "monitored": {"household_id": _ID, "monitored": _CODE, "risk": _CODE, **_SPELL},
    # Sudden events. kind: code set urgent_event; house: code of the contract disaster, else null.
    "incidents": {
        "incident_id": _ID, "household_id": _ID, "person_id": _ID, "kind": _CODE, "day": _DAY, "loss": _FEN,
        "house": _CODE,
    },
    # What the generator put there on purpose. kind: silent (eligible without aid, never applied), paid_dead, paid_moved,
    # means_hidden, urgent. day: since when.
    "planted": {"household_id": _ID, "person_id": _ID, "kind": _CODE, "day": _DAY},
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """The truth of a county from ``begins`` to ``ends``, both included; tables by the names and columns of SCHEMAS."""

    region: str
    begins: date
    ends: date
    tables: Mapping[str, pl.DataFrame]

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]


def on(day: date) -> pl.Expr:
    """Whether a spell covers a day."""
    return (pl.col("since").is_null() | (pl.col("since") <= day)) & (
        pl.col("until").is_null() | (pl.col("until") > day)
    )
