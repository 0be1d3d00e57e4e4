"""Work, receipts, property, bills, expenses and supporters of one block as tables of a world."""

from __future__ import annotations

import numpy as np
import polars as pl

from doudi.population.assets import ASSETS, HOME, PURPOSES, SHOP, VEHICLE
from doudi.population.bills import VISITS
from doudi.population.block import Block
from doudi.population.condition import ABSENCES, DISABILITIES, ILLNESSES
from doudi.population.days import column, spell
from doudi.population.draw import Ints, pick
from doudi.population.expenses import EXPENSES
from doudi.population.jobs import FARM, FORMAL, JOBS, TRADE
from doudi.population.receipts import FACTS, KINDS
from doudi.population.supporters import RELATIONS, STATUSES
from doudi.population.truth_ids import Columns, Ids, codes, numbered, only

_TRADES = ("建材", "食品", "服装", "机械", "电子", "物流", "餐饮", "商贸", "农资", "家具", "印刷", "运输", "纺织", "医药", "装饰", "物业")
_FORMS = ("有限公司", "有限责任公司", "厂", "合作社")
_CARS = ("长安逸动", "五菱宏光", "吉利帝豪", "大众朗逸", "哈弗H6", "比亚迪秦", "奇瑞瑞虎", "丰田卡罗拉", "荣威i5", "本田飞度")
_BANKS = ("演示县农村商业银行", "邮政储蓄银行演示县支行", "农业银行演示县支行", "工商银行演示县支行", "建设银行演示县支行")
_ACCOUNT_KINDS = ("deposit", "security", "fund", "online_finance")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PLATES = 25_000


def jobs(block: Block, ids: Ids) -> Columns:
    """Jobs, farms and trades; only employers have names."""
    table, rng = block.work.jobs, block.stream("employers")
    size = table.person.size
    firm = rng.integers(0, 480, size)
    employer = "演示县" + pl.Series([f"{number:03d}" for number in range(480)]).gather(firm) + "号"
    employer = employer + pl.Series(_TRADES).gather(firm % len(_TRADES)) + pl.Series(_FORMS).gather(firm % 3)
    return {
        "person_id": ids.person(table.person),
        "kind": codes(JOBS, table.kind),
        "employer": only(employer, ~np.isin(table.kind, (FARM, TRADE)) & (table.insured | (table.kind == FORMAL))),
        "monthly": table.monthly,
        "cost": table.cost,
        "insured": table.insured,
        **spell(table.since, table.until),
    }


def receipts(block: Block, ids: Ids) -> Columns:
    """Regular receipts and payments."""
    table = block.receipts
    return {
        "person_id": ids.person(table.person),
        "fact": codes(FACTS, table.fact),
        "kind": codes(KINDS, table.kind),
        "monthly": table.monthly,
        "central": table.central,
        **spell(table.since, table.until),
    }


def one_offs(block: Block, ids: Ids) -> Columns:
    """Single receipts."""
    table = block.one_offs
    fact = np.zeros(table.person.size, dtype=np.int64)
    return {
        "person_id": ids.person(table.person),
        "fact": codes(("one_off_receipt",), fact),
        "amount": table.amount,
        "day": column(table.day),
    }


def owned(block: Block, ids: Ids) -> Columns:
    """Assets with the number under which a department files them."""
    table, rng = block.assets, block.stream("numbers")
    size = table.home.size
    return {
        "asset_id": numbered(block, "a", size),
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "kind": codes(ASSETS, table.kind),
        "value": table.value,
        "area": table.area,
        "purpose": codes(PURPOSES, table.purpose),
        "number": _numbers(table.kind, block.number),
        "detail": _details(table.kind, rng),
        "hidden": table.hidden,
        **spell(table.since, table.until),
    }


def _numbers(kind: Ints, block: int) -> pl.Series:
    """Plates, units of real estate, accounts and credit codes; all differ."""
    text = pl.Series(block * 1_000_000 + np.arange(kind.size)).cast(pl.String)
    car = block * _PLATES + np.cumsum(kind == VEHICLE)
    letters = pl.Series([first + second for first in _LETTERS for second in _LETTERS])
    plate = "演" + letters.gather(car // 100_000) + pl.Series(car % 100_000).cast(pl.String).str.zfill(5)
    estate = "999901" + text.str.zfill(12) + "F0001"
    account = "62" + text.str.zfill(17)
    credit = "92999901MA" + text.str.zfill(8)
    accounts = [ASSETS.index(name) for name in _ACCOUNT_KINDS]
    frame = pl.DataFrame({"kind": kind, "plate": plate, "estate": estate, "account": account, "credit": credit})
    of = pl.col("kind")
    chosen = (
        pl.when(of == VEHICLE).then("plate").when(of.is_in([HOME, SHOP])).then("estate")
        .when(of.is_in(accounts)).then("account").when(of == ASSETS.index("business")).then("credit")
    )  # fmt: skip
    return frame.select(chosen.alias("number")).to_series()


def _details(kind: Ints, rng: np.random.Generator) -> pl.Series:
    """Make of a vehicle, bank of an account."""
    size = kind.size
    car, bank = pick(rng, (1,) * len(_CARS), size), pick(rng, (30, 22, 20, 14, 14), size)
    number = np.where(kind == VEHICLE, car, len(_CARS) + bank)
    named = (kind == VEHICLE) | np.isin(kind, [ASSETS.index(name) for name in _ACCOUNT_KINDS])
    return only(pl.Series([*_CARS, *_BANKS]).gather(number), named)


def bills(block: Block, ids: Ids) -> Columns:
    """Medical settlements."""
    table = block.bills
    return {
        "bill_id": numbered(block, "b", table.person.size),
        "person_id": ids.person(table.person),
        "visit": codes(VISITS, table.visit),
        "illness": codes(ILLNESSES, table.illness),
        "admitted_on": column(table.admitted),
        "settled_on": column(table.settled),
        **{name: getattr(table, name) for name in ("total", "pooled", "serious", "aid", "own")},
    }


def expenses(block: Block, ids: Ids) -> Columns:
    """Other expenses."""
    table = block.expenses
    return {
        "household_id": ids.home(table.home),
        "person_id": ids.person(table.person),
        "kind": codes(EXPENSES, table.kind),
        "amount": table.amount,
        "paid_on": column(table.day),
    }


def supporters(block: Block, ids: Ids) -> Columns:
    """Legal supporters outside the households, one row for each person supported."""
    table = block.supporters
    same = ("family_size", "family_income", "own_income", "property_within_limits", "disability_grade", "consents",
            "agreed_fee", "supported_persons", "support_ended")  # fmt: skip
    return {
        "supporter_id": numbered(block, "s", table.person.size),
        "person_id": ids.person(table.person),
        "relation": codes(RELATIONS, table.relation),
        "born": column(block.history.ends - table.days),
        "status": codes(STATUSES, table.status),
        "disability": codes(DISABILITIES, table.disability),
        "absence": codes(ABSENCES, table.absence),
        "no_civil_capacity": table.no_civil_capacity,
        **{name: getattr(table, name) for name in same},
    }


