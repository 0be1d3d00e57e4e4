"""Work, receipts, property, bills, expenses and supporters of one block as tables of a world."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from doudi.population.assets import ASSETS, HOME, PURPOSES, SHOP, VEHICLE
from doudi.population.bills import VISITS
from doudi.population.condition import ABSENCES, DISABILITIES, ILLNESSES
from doudi.population.days import column, spell
from doudi.population.draw import Ints, among, pick
from doudi.population.expenses import EXPENSES
from doudi.population.jobs import FARM, FORMAL, JOBS, TRADE
from doudi.population.lives import Lives
from doudi.population.receipts import FACTS, KINDS
from doudi.population.supporters import RELATIONS, STATUSES
from doudi.population.truth_ids import Columns, Ids, codes, digits, gathered, numbered, only

_TRADES = (
    "建材",
    "食品",
    "服装",
    "机械",
    "电子",
    "物流",
    "餐饮",
    "商贸",
    "农资",
    "家具",
    "印刷",
    "运输",
    "纺织",
    "医药",
    "装饰",
    "物业",
)
_FORMS = ("有限公司", "有限责任公司", "厂")
_FIRMS = 480
_CARS = (
    "长安逸动",
    "五菱宏光",
    "吉利帝豪",
    "大众朗逸",
    "哈弗H6",
    "比亚迪秦",
    "奇瑞瑞虎",
    "丰田卡罗拉",
    "荣威i5",
    "本田飞度",
)
_BANKS = (
    "演示县农村商业银行",
    "邮政储蓄银行演示县支行",
    "农业银行演示县支行",
    "工商银行演示县支行",
    "建设银行演示县支行",
)
BUSINESS = ASSETS.index("business")
_ACCOUNTS = tuple(ASSETS.index(name) for name in ("deposit", "security", "fund", "online_finance"))
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBERS = 100_000
"""Numbers of each kind set apart for a lives."""


def jobs(lives: Lives, ids: Ids) -> Columns:
    """Jobs, farms and trades; only employers have names."""
    table, rng = lives.work.jobs, lives.stream("employers")
    size = table.person.size
    employer = _employers()[rng.integers(0, _FIRMS, size)]
    return {
        "person_id": ids.person(table.person),
        "kind": codes(JOBS, table.kind),
        "employer": only(
            employer, ~among(table.kind, (FARM, TRADE)) & (table.insured | (table.kind == FORMAL))
        ),
        "monthly": table.monthly,
        "cost": table.cost,
        "insured": table.insured,
        **spell(table.since, table.until),
    }


@cache
def _employers() -> pl.Series:
    """The names of the county's firms by their numbers."""
    return pl.Series(
        [
            f"演示县{firm:03d}号{_TRADES[firm % len(_TRADES)]}{_FORMS[firm % len(_FORMS)]}"
            for firm in range(_FIRMS)
        ]
    )


def receipts(lives: Lives, ids: Ids) -> Columns:
    """Regular receipts and payments."""
    table = lives.receipts
    return {
        "person_id": ids.person(table.person),
        "fact": codes(FACTS, table.fact),
        "kind": codes(KINDS, table.kind),
        "monthly": table.monthly,
        "central": table.central,
        **spell(table.since, table.until),
    }


def one_offs(lives: Lives, ids: Ids) -> Columns:
    """Single receipts."""
    table = lives.one_offs
    fact = np.zeros(table.person.size, dtype=np.int64)
    return {
        "person_id": ids.person(table.person),
        "fact": codes(("one_off_receipt",), fact),
        "amount": table.amount,
        "day": column(table.day),
    }


def owned(lives: Lives, ids: Ids) -> Columns:
    """Assets with the number under which a department files them."""
    table, rng = lives.assets, lives.stream("numbers")
    size = table.home.size
    return {
        "asset_id": numbered(lives, "a", size),
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "kind": codes(ASSETS, table.kind),
        "value": table.value,
        "area": table.area,
        "purpose": codes(PURPOSES, table.purpose),
        "number": _numbers(table.kind, lives.number),
        "detail": _details(table.kind, rng),
        "hidden": table.hidden,
        **spell(table.since, table.until),
    }


def _numbers(kind: Ints, block: int) -> pl.Series:
    """Plates, units of real estate, accounts and credit codes; all differ."""
    makers = (
        ((VEHICLE,), _plates),
        ((HOME, SHOP), lambda number: "999901" + digits(number, 12) + "F0001"),
        (_ACCOUNTS, lambda number: "62" + digits(number, 17)),
        ((BUSINESS,), lambda number: "92999901MA" + digits(number, 8)),
    )
    place = np.full(kind.size, -1)
    parts: list[pl.Series] = []
    count = 0
    for kinds, make in makers:
        rows = np.flatnonzero(among(kind, kinds))
        place[rows] = count + np.arange(rows.size)
        parts.append(make(block * _NUMBERS + np.arange(rows.size)))
        count += rows.size
    return gathered(pl.concat(parts), place)


def _plates(number: Ints) -> pl.Series:
    """Two letters and five digits after the sign of a province that does not exist."""
    letters = pl.Series([first + second for first in _LETTERS for second in _LETTERS])
    return "演" + letters[number // 100_000] + digits(number % 100_000, 5)


def _details(kind: Ints, rng: np.random.Generator) -> pl.Series:
    """Make of a vehicle, bank of an account."""
    size = kind.size
    car, bank = pick(rng, (1,) * len(_CARS), size), pick(rng, (30, 22, 20, 14, 14), size)
    number = np.where(
        kind == VEHICLE, car, np.where(among(kind, _ACCOUNTS), len(_CARS) + bank, len(_CARS) + len(_BANKS))
    )
    return codes((*_CARS, *_BANKS, ""), number)


def bills(lives: Lives, ids: Ids) -> Columns:
    """Medical settlements."""
    table = lives.bills
    return {
        "bill_id": numbered(lives, "b", table.person.size),
        "person_id": ids.person(table.person),
        "visit": codes(VISITS, table.visit),
        "illness": codes(ILLNESSES, table.illness),
        "admitted_on": column(table.admitted),
        "settled_on": column(table.settled),
        **{name: getattr(table, name) for name in ("total", "pooled", "serious", "aid", "own")},
    }


def expenses(lives: Lives, ids: Ids) -> Columns:
    """Other expenses."""
    table = lives.expenses
    return {
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "kind": codes(EXPENSES, table.kind),
        "amount": table.amount,
        "paid_on": column(table.day),
    }


def supporters(lives: Lives, ids: Ids) -> Columns:
    """Legal supporters outside the households, one row for each person supported."""
    table = lives.supporters
    same = ("family_size", "family_income", "own_income", "property_within_limits", "disability_grade", "consents",
            "agreed_fee", "supported_persons", "support_ended")  # fmt: skip
    return {
        "supporter_id": numbered(lives, "s", table.person.size),
        "person_id": ids.person(table.person),
        "relation": codes(RELATIONS, table.relation),
        "born": column(lives.history.ends - table.days),
        "status": codes(STATUSES, table.status),
        "disability": codes(DISABILITIES, table.disability),
        "absence": codes(ABSENCES, table.absence),
        "no_civil_capacity": table.no_civil_capacity,
        **{name: getattr(table, name) for name in same},
    }
