"""A made-up pair of registers with the evidence of a county, in which it is known where each person belongs.

Facts are planted: incomes, expenses, disabilities, deaths, moves, wrong ids and names. Which place they lead to is for linkage
and the law to find; ``truth`` is only to hold the outcome against. Nobody in it exists: ids are under the county code 999901,
which GB/T 2260 does not contain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from doudi.convergence.synthetic_files import write_base, write_evidence, write_list
from doudi.linkage.ids import WEIGHTS

DAY = date(2026, 8, 1)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚"
)
_GIVEN = "建国志明文军海涛春生永福秀英桂兰玉珍小梅雪琴红霞丽华德贵长顺根柱庆祥立新大山金宝银花素云巧凤淑贞"
_SAME_SOUND = str.maketrans("志明文军海秀英桂兰玉珍红华", "治鸣闻君亥绣鹰贵蓝钰真洪骅")
_TOWNS, _VILLAGES = (
    ("城关镇", "柳林镇", "石桥镇", "清泉镇"),
    ("河湾村", "白塬村", "龙山村", "安乐村", "新店村"),
)
_KINDS = ("unstable", "edge", "sudden")
_RISKS = ("因病", "因残", "因学", "缺劳动力", "因务工就业不稳")
_HELD = ("dibao", "dibao", "dibao", "tekun", "low_margin", "rigid", "other")
_WRONG_DIGIT, _OTHER_SOUND = 0.04, 0.03
"""Shares of rows with one wrong digit in the id, and with a character of the same sound in the name."""


@dataclass(frozen=True)
class Plan:
    """How many to plant. ``new``: households of one (tekun) or three; ``exit``: households of three; ``missing``: households of three
    of whose income nothing is known. ``others`` and ``only_base``: households that the list does not name."""

    covered: int = 4_072
    new: Mapping[str, int] = field(
        default_factory=lambda: {"tekun": 26, "dibao": 50, "single_dibao": 30, "low_margin": 10, "rigid": 20}
    )
    exit: int = 193
    missing: int = 8
    in_review: int = 14
    died: int = 12
    left: int = 11
    unknown: int = 8
    unplaced: int = 4
    others: int = 900
    only_base: int = 250


@dataclass(frozen=True)
class Pair:
    """What was written. ``truth``: ``line`` of the list's file, ``person_id``, ``place``, ``tier``, ``reason``."""

    listed: Path
    base: Path
    evidence: Path
    truth: pl.DataFrame


def write_pair(folder: Path, plan: Plan | None = None, seed: int = 2026) -> Pair:
    """Write the list (CSV, GB 18030), the base (XLSX) and the evidence of the day ``DAY`` into ``folder``."""
    made = _Maker(plan or Plan(), np.random.default_rng(seed))
    made.plant()
    folder.mkdir(parents=True, exist_ok=True)
    listed, base, evidence = (
        folder / "监测对象名单202607.csv",
        folder / "低收入人口库202607.xlsx",
        folder / "evidence",
    )
    truth = write_list(made.shuffled(made.listed), listed)
    write_base(made.shuffled(made.held), base)
    write_evidence(DAY, made.people, made.persons, made.homes, made.expenses, evidence)
    return Pair(listed, base, evidence, truth)


class _Maker:
    def __init__(self, plan: Plan, draw: np.random.Generator) -> None:
        self.plan, self.draw = plan, draw
        self.people: list[dict[str, Any]] = []
        self.persons: list[dict[str, Any]] = []
        self.homes: list[dict[str, Any]] = []
        self.expenses: list[dict[str, Any]] = []
        self.listed: list[dict[str, Any]] = []
        self.held: list[dict[str, Any]] = []
        self.numbers: set[str] = set()
        self.base_number = 0

    def plant(self) -> None:
        """Everything, in an order that the place of a household gives nothing away of."""
        jobs = [
            *(("new", tier) for tier, count in self.plan.new.items() for _ in range(count)),
            *(("exit", "") for _ in range(self.plan.exit)), *(("missing", "") for _ in range(self.plan.missing)),
            *(("in_review", "") for _ in range(self.plan.in_review)), *(("died", "") for _ in range(self.plan.died)),
            *(("left", "") for _ in range(self.plan.left)), *(("unknown", "") for _ in range(self.plan.unknown)),
            *(("unplaced", "") for _ in range(self.plan.unplaced)), *(("other", "") for _ in range(self.plan.others)),
            *(("base", "") for _ in range(self.plan.only_base)), *(("covered", str(size)) for size in self._sizes()),
        ]  # fmt: skip
        for place in self.draw.permutation(len(jobs)):
            kind, what = jobs[int(place)]
            getattr(self, f"_{kind}")(what)

    def _sizes(self) -> list[int]:
        """Sizes of households that add up to those covered."""
        sizes, left = [], self.plan.covered
        while left:
            size = min(left, int(self.draw.choice([1, 2, 3, 4], p=[0.45, 0.25, 0.2, 0.1])))
            sizes.append(size)
            left -= size
        return sizes

    def shuffled(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Rows in an order that gives nothing away."""
        return [rows[int(place)] for place in self.draw.permutation(len(rows))]

    # Households by what is true of them.

    def _new(self, tier: str) -> None:
        if tier == "tekun":
            members = self._home([self._age(68, 88)], wage=0)
        else:
            income = {"dibao": 9_000, "single_dibao": 25_200, "low_margin": 27_000, "rigid": 43_200}[tier]
            members = self._family(income + int(self.draw.integers(0, 20)) * 50)
        if tier == "single_dibao":
            members[1] |= {"disability": "limb", "disability_grade": 2, "works": False}
        if tier == "rigid":
            self._expense(members[0], 38_000 + int(self.draw.integers(0, 200)) * 10)
        tiers = [tier if tier != "single_dibao" or one is members[1] else "low_margin" for one in members]
        for one, each in zip(members, tiers, strict=True):
            self._list(one, "new", each, "qualifies")

    def _exit(self, _: str) -> None:
        members = self._family(72_000 + int(self.draw.integers(0, 900)) * 100)
        if self.draw.random() < 0.3:
            self._expense(members[2], 300 + int(self.draw.integers(0, 90)) * 10)
        for one in members:
            self._list(one, "exit", None, "below")

    def _missing(self, _: str) -> None:
        members = self._family(None)
        for one in members:
            self._list(one, "open", None, "fact_missing")

    def _in_review(self, _: str) -> None:
        one = self._home([self._age(30, 60)], wage=60_000)[0]
        given = one["name"][1:].translate(_SAME_SOUND)[::-1]
        self._list(
            one,
            "open",
            None,
            "match_in_review",
            id_number=self._slipped(one["id_number"]),
            name=one["name"][0] + given + "娃",
        )

    def _died(self, _: str) -> None:
        self._gone("died", "died")

    def _left(self, _: str) -> None:
        self._gone("left", "left")

    def _unplaced(self, _: str) -> None:
        self._gone("unplaced", "unplaced", homeless=True)

    def _gone(self, state: str, reason: str, homeless: bool = False) -> None:
        one = self._person(f"h{len(self.homes) + 1:06d}g", self._age(40, 85), "head", "柳林镇河湾村")
        self.persons.pop()
        ended = None if homeless else DAY - timedelta(days=int(self.draw.integers(20, 200)))
        self.people[-1] |= {
            "state": state,
            "ended_on": ended,
            "household_id": None if homeless else self.people[-1]["household_id"],
        }
        self._list(one, "open", None, reason)

    def _unknown(self, _: str) -> None:
        one = self._person("", self._age(30, 70), "head", "柳林镇河湾村")
        self.persons.pop()
        self.people.pop()
        self._list(one, "open", None, "not_found")

    def _other(self, _: str) -> None:
        self._family(60_000 + int(self.draw.integers(0, 900)) * 100)

    def _base(self, _: str) -> None:
        self._hold(self._home([self._age(30, 80), self._age(30, 80)], wage=6_000))

    def _covered(self, size: str) -> None:
        ages = [self._age(30, 85), self._age(30, 70), self._age(8, 15), self._age(2, 7)][: int(size)]
        members = self._home(ages, wage=5_000)
        tier = self._hold(members)
        for one in members:
            self._list(one, "covered", tier, "in_base")

    # Building blocks.

    def _family(self, wage: int | None) -> list[dict[str, Any]]:
        """A couple with a child at school."""
        return self._home([self._age(32, 50), self._age(30, 50), self._age(8, 15)], wage)

    def _home(self, ages: list[date], wage: int | None) -> list[dict[str, Any]]:
        id = f"h{len(self.homes) + 1:06d}"
        village = _TOWNS[int(self.draw.integers(4))] + _VILLAGES[int(self.draw.integers(5))]
        self.homes.append(
            {
                "household_id": id,
                "village": village,
                "area": "rural",
                "safe_housing": True,
                "safe_water": True,
            }
        )
        relations = ("head", "spouse", "child", "child")
        members = [
            self._person(id, born, relation, village) for born, relation in zip(ages, relations, strict=False)
        ]
        members[0] |= {"wage": None if wage is None else wage, "works": None if wage is None else wage > 0}
        return members

    def _person(self, home: str, born: date, relation: str, village: str) -> dict[str, Any]:
        male = relation == "head" or (relation == "child" and self.draw.random() < 0.5)
        surname = _SURNAMES[int(self.draw.integers(len(_SURNAMES)))]
        given = "".join(_GIVEN[int(each)] for each in self.draw.integers(0, len(_GIVEN), 2))
        minor = born > DAY.replace(year=DAY.year - 18)
        who = {
            "person_id": f"p{len(self.numbers) + 1:06d}", "household_id": home, "relation": relation, "name": surname + given,
            "sex": "male" if male else "female", "born": born, "id_number": self._number(born, male), "village": village,
        }  # fmt: skip
        self.people.append(
            {**who, "state": "present", "source": "registry", "row_ids": [], "confidence": 1.0}
        )
        able = not minor and relation != "child"
        facts = {
            "marital": "single" if minor else "married" if relation == "spouse" else "widowed",
            "study": "primary" if minor and born.year < 2019 else "kindergarten" if minor else "none", "works": False, "can_work": able,
            "disability": "none", "disability_grade": 0, "illness": "none", "wage": 0, "pension": 0, "can_eat": True, "can_dress": True,
            "can_leave_bed": True, "can_use_toilet": True, "can_walk_indoors": True, "can_bathe": True,
        }  # fmt: skip
        self.persons.append(who | facts)
        return self.persons[-1]

    def _age(self, least: int, most: int) -> date:
        return DAY - timedelta(days=int(self.draw.integers(least * 366, most * 365)))

    def _number(self, born: date, male: bool) -> str:
        while True:
            serial = 2 * int(self.draw.integers(0, 500)) + male
            first = f"999901{born:%Y%m%d}{serial:03d}"
            number = first + _check_digit(first)
            if number not in self.numbers:
                self.numbers.add(number)
                return number

    def _slipped(self, number: str) -> str:
        """The number with one digit of the serial wrong; its check digit is wrong with it."""
        return number[:15] + str((int(number[15]) + 1 + int(self.draw.integers(0, 8))) % 10) + number[16:]

    def _expense(self, one: Mapping[str, Any], amount: int) -> None:
        self.expenses.append({
            "household_id": one["household_id"], "person_id": one["person_id"], "kind": "medical", "amount": amount,
            "paid_on": date(2026, 3, 1),
        })  # fmt: skip

    def _noisy(self, one: Mapping[str, Any]) -> dict[str, str]:
        chance = self.draw.random()
        number, name = one["id_number"], one["name"]
        if chance < _WRONG_DIGIT:
            number = self._slipped(number)
        elif chance < _WRONG_DIGIT + _OTHER_SOUND:
            name = name[:2] + name[2:].translate(_SAME_SOUND)
        return {"id_number": number, "name": name}

    def _list(
        self, one: Mapping[str, Any], place: str, tier: str | None, reason: str, **written: str
    ) -> None:
        self.listed.append({
            **one, **(self._noisy(one) | written), "person": one["person_id"], "kind": _KINDS[int(self.draw.integers(3))],
            "risk": _RISKS[int(self.draw.integers(len(_RISKS)))], "identified": DAY - timedelta(days=int(self.draw.integers(60, 1500))),
            "removed": place == "exit" and self.draw.random() < 0.7, "place": place, "tier": tier, "reason": reason,
        })  # fmt: skip

    def _hold(self, members: list[dict[str, Any]]) -> str:
        programme = _HELD[int(self.draw.integers(len(_HELD)))]
        self.base_number += 1
        since = DAY - timedelta(days=int(self.draw.integers(40, 2000)))
        for one in members:
            self.held.append({
                **one, **self._noisy(one), "number": f"DS{self.base_number:06d}", "programme": programme, "since": since,
                "members": len(members),
            })  # fmt: skip
        return programme


def _check_digit(first: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return "0123456789X"[(12 - total % 11) % 11]
