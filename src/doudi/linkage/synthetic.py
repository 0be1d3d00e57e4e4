"""Rows with known truth: persons of a county, and rows of departments about them and about others, with noise by kind.

All people are made up. Id numbers carry a county code that GB/T 2260 does not contain and a right check digit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from doudi.feeds.synthetic import slips
from doudi.linkage.ids import WEIGHTS

COUNTY = "999901"
LAST_DAY = date(2026, 6, 30)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解查翟缪区朴"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟", "令狐")
_MEN = (
    "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢佳成志建国文海德永福贵新生玉树金山根柱昌荣庆祥春"
    "东亮胜峰立清义兴良峻嘉诚睿泽昊然天一子博思远承翰轩铭晨哲家豪向阳启瑞安康学仁忠孝廉景云雨江河川岳松柏桐楠"
)
_WOMEN = (
    "芳娜敏静丽艳娟霞秀玲桂英兰洁燕红梅颖琳雪莉晶倩婷慧莹丹萍云凤珍琴素香月莲淑华翠巧春菊美惠娥玉芬芝银彩爱荷秋瑶"
    "梦诗涵欣怡梓萱桐琪雅可馨语嫣若彤依晗小晓佳佩妍婉柔晴蕾薇思雨欢悦心宁静文君如意真善清韵竹露冬青苗苗春桃杏李"
)
_FOREIGN = (
    "麦麦提", "吐尔逊", "阿不都", "热合曼", "艾力", "古丽", "买买提", "克力木", "扎西", "卓玛", "次仁", "达瓦", "尼玛", "努尔", "帕提古丽",
)  # fmt: skip


@dataclass(frozen=True)
class Truth:
    """``persons`` and ``rows`` as linkage takes them; ``truth``: row_id, person_id (null: nobody), noise (joined by +)."""

    persons: pl.DataFrame
    rows: pl.DataFrame
    truth: pl.DataFrame


def generate(persons: int = 50_000, rows: int = 300_000, linked: int = 45_000, seed: int = 2026) -> Truth:
    """A county, and rows of which ``linked`` are about its people; about a third of those have a bad id number."""
    rng = np.random.default_rng(seed)
    taken: set[str] = set()
    people = _people(persons, rng, 0, taken)
    chosen = rng.integers(0, persons, linked)
    about = people[chosen]
    noise = _Noise(about.with_columns(_pick=pl.Series(chosen)), people, rng)
    ours, kinds = noise.applied()
    others, their_kinds = _others(people, rows - linked, rng, taken)
    table = pl.concat([ours, others], how="diagonal")
    who = [*about["person_id"].to_list(), *([None] * others.height)]
    order = rng.permutation(rows)
    names = pl.Series("row_id", [f"r{index:07d}" for index in range(rows)])
    told = pl.DataFrame({"person_id": pl.Series(who, dtype=pl.String), "noise": [*kinds, *their_kinds]})[
        order
    ].with_columns(names)
    table = table[order].with_columns(names)
    columns = ["id_number", "name", "sex", "born", "village"]
    return Truth(
        people.select("person_id", "household_id", *columns), table.select("row_id", *columns),
        told.select("row_id", "person_id", "noise"),
    )  # fmt: skip


def id_numbers(born: list[date], male: np.ndarray, serial: np.ndarray, taken: set[str]) -> list[str]:
    """Eighteen digits with the county code that no place has and a right check digit; none is in ``taken``, which grows."""
    found = []
    for day, man, number in zip(born, male.tolist(), serial.tolist(), strict=True):
        first = _first_digits(day, man, number)
        while first in taken:
            number += 1
            first = _first_digits(day, man, number)
        taken.add(first)
        total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
        found.append(first + "0123456789X"[(12 - total % 11) % 11])
    return found


def _first_digits(day: date, man: bool, number: int) -> str:
    return f"{COUNTY}{day:%Y%m%d}{number // 5 % 100:02d}{number % 5 * 2 + int(man)}"


def _people(count: int, rng: np.random.Generator, first: int, taken: set[str]) -> pl.DataFrame:
    ages = np.clip(rng.normal(42, 22, count), 0, 97)
    born = [
        LAST_DAY - timedelta(days=int(age * 365.25) + int(extra))
        for age, extra in zip(ages, rng.integers(0, 365, count), strict=True)
    ]
    male = rng.random(count) < 0.51
    home = np.sort(rng.integers(0, max(1, int(count / 2.6)), count))
    villages = max(1, count // 250)
    village = _villages(villages)
    of_home = rng.integers(0, villages, int(home.max()) + 1)
    return pl.DataFrame({
        "person_id": [f"p{first + index:07d}" for index in range(count)],
        "household_id": [f"h{first + each:07d}" for each in home.tolist()],
        "id_number": id_numbers(born, male, rng.integers(0, 500, count), taken),
        "name": _names(male, home, rng),
        "sex": ["male" if man else "female" for man in male.tolist()],
        "born": born,
        "village": [village[place] for place in of_home[home].tolist()],
    })  # fmt: skip


def _names(male: np.ndarray, home: np.ndarray, rng: np.random.Generator) -> list[str]:
    weights = np.array([1 / (rank + 6) for rank in range(len(_SURNAMES))])
    draw = rng.choice(len(_SURNAMES), int(home.max()) + 1 + len(home), p=weights / weights.sum())
    family = np.where(rng.random(len(home)) < 0.65, draw[home], draw[int(home.max()) + 1 :])
    kind, single = rng.random(len(home)), rng.random(len(home)) < 0.15
    picks = rng.random((len(home), 3))
    found = []
    for place, man in enumerate(male.tolist()):
        pool = _MEN if man else _WOMEN
        given = "".join(
            pool[int(part**1.3 * len(pool))] for part in picks[place, : 1 if single[place] else 2]
        )
        if kind[place] < 0.004:
            parts = [_FOREIGN[int(part * len(_FOREIGN))] for part in picks[place, :2]]
            found.append("·".join(parts))
        elif kind[place] < 0.01:
            found.append(_COMPOUND[int(picks[place, 2] * len(_COMPOUND))] + given)
        else:
            found.append(_SURNAMES[family[place]] + given)
    return found


def _villages(count: int) -> list[str]:
    towns = ("城关镇", "柳林镇", "石桥镇", "永丰乡", "清泉镇", "安乐镇", "龙山乡", "南岭镇")
    places, features = "柳清石杨槐桃龙白青南新安永和丰长", "河湾坡庄沟岭坪桥泉店寨塬"
    return [
        f"{towns[index % len(towns)]}{places[index % 16]}{features[index // 16 % 12]}{'' if index < 192 else index // 192}村"
        for index in range(count)
    ]


def _others(
    people: pl.DataFrame, count: int, rng: np.random.Generator, taken: set[str]
) -> tuple[pl.DataFrame, list[str]]:
    """Rows about people who are not in the county: strangers, and some with the name of one who is."""
    strangers = _people(count, rng, 5_000_000, taken)
    doubles = rng.choice(count, count // 50, replace=False)
    same = people[rng.integers(0, people.height, len(doubles))]
    names, places = strangers["name"].to_list(), strangers["village"].to_list()
    kinds = ["stranger"] * count
    for place, name, village, near in zip(
        doubles.tolist(), same["name"].to_list(), same["village"].to_list(), (rng.random(len(doubles)) < 0.5).tolist(), strict=True
    ):  # fmt: skip
        names[place], kinds[place] = name, "namesake"
        if near:
            places[place], kinds[place] = village, "namesake_of_village"
    ids = [
        None if roll < 0.15 else slips.one_digit_wrong(number, rng) if roll < 0.22 else number
        for number, roll in zip(strangers["id_number"].to_list(), rng.random(count).tolist(), strict=True)
    ]
    missing = rng.random(count) < 0.04
    born = [
        None if gone else day for day, gone in zip(strangers["born"].to_list(), missing.tolist(), strict=True)
    ]
    table = strangers.with_columns(
        pl.Series("name", names), pl.Series("village", places), pl.Series("id_number", ids),
        pl.Series("born", born, dtype=pl.Date),
    )  # fmt: skip
    return table, kinds


class _Noise:
    """What departments do to the facts of a person: each kind with its share, independently for id, name, birth, place."""

    ids = (("id_missing", 0.11), ("id_placeholder", 0.01), ("id_one_digit", 0.075), ("id_swapped", 0.04),
           ("id_15_digits", 0.05), ("id_lost_digits", 0.06), ("id_of_relative", 0.005))  # fmt: skip
    names = (("name_variant", 0.02), ("name_homophone", 0.02), ("name_two_homophones", 0.004), ("name_lookalike", 0.01),
             ("name_shorter", 0.003), ("name_form", 0.03))  # fmt: skip
    births = (("born_missing", 0.03), ("born_digit", 0.01), ("born_swapped", 0.005))
    places = (("village_missing", 0.15), ("village_short", 0.08), ("village_moved", 0.03))

    def __init__(self, about: pl.DataFrame, people: pl.DataFrame, rng: np.random.Generator) -> None:
        self.about, self.people, self.rng = about, people, rng

    def applied(self) -> tuple[pl.DataFrame, list[str]]:
        """The rows, and for each the kinds of noise joined by +, or ``none``."""
        count = self.about.height
        parts: dict[str, tuple[tuple[tuple[str, float], ...], Callable[[str, Any, int], Any]]] = {
            "id_number": (self.ids, self._id), "name": (self.names, self._name),
            "born": (self.births, self._born), "village": (self.places, self._place),
        }  # fmt: skip
        kinds: list[list[str]] = [[] for _ in range(count)]
        columns = {}
        for column, (shares, change) in parts.items():
            values = self.about[column].to_list()
            for row, kind in self._drawn(shares, count):
                changed = change(kind, values[row], row)
                if changed != values[row]:
                    values[row] = changed
                    kinds[row].append(kind)
            columns[column] = pl.Series(column, values, dtype=self.about[column].dtype)
        return self.about.with_columns(**columns), ["+".join(found) or "none" for found in kinds]

    def _drawn(self, shares: tuple[tuple[str, float], ...], count: int) -> list[tuple[int, str]]:
        limits = np.cumsum([share for _, share in shares])
        place = np.searchsorted(limits, self.rng.random(count), side="right")
        return [(row, shares[kind][0]) for row, kind in enumerate(place.tolist()) if kind < len(shares)]

    def _id(self, kind: str, number: str, row: int) -> str | None:
        changes: dict[str, Callable[[], str | None]] = {
            "id_missing": lambda: None,
            "id_placeholder": lambda: "000000000000000000",
            "id_one_digit": lambda: slips.one_digit_wrong(number, self.rng),
            "id_swapped": lambda: slips.neighbours_swapped(number, self.rng),
            "id_15_digits": lambda: slips.fifteen_digits(number),
            "id_lost_digits": lambda: slips.digits_lost(number),
            "id_of_relative": lambda: self._relative(row),
        }
        return changes[kind]()

    def _relative(self, row: int) -> str:
        """The number of the neighbour in the table of people, mostly of the same household."""
        place = int(self.about["_pick"][row])
        return str(self.people["id_number"][place - 1 if place else 1])

    def _name(self, kind: str, name: str, row: int) -> str:
        changes: dict[str, Callable[[], str]] = {
            "name_variant": lambda: slips.characters_replaced(name, slips.VARIANTS, self.rng),
            "name_homophone": lambda: slips.characters_replaced(name, slips.HOMOPHONES, self.rng, first=1),
            "name_two_homophones": lambda: slips.characters_replaced(
                name, slips.HOMOPHONES, self.rng, 2, first=1
            ),
            "name_lookalike": lambda: slips.characters_replaced(name, slips.LOOKALIKES, self.rng, first=1),
            "name_shorter": lambda: name[:-1] if len(name) > 2 else name,
            "name_form": lambda: slips.spaced(name),
        }
        return changes[kind]()

    def _born(self, kind: str, day: date, row: int) -> date | None:
        if kind == "born_missing":
            return None
        if kind == "born_swapped" and day.day <= 12:
            return day.replace(month=day.day, day=day.month)
        changed = day.replace(day=min(28, day.day))
        return changed.replace(year=day.year - 10) if day.year % 3 else changed.replace(day=day.day % 10 + 10)

    def _place(self, kind: str, village: str, row: int) -> str | None:
        if kind == "village_missing":
            return None
        if kind == "village_short":
            return village[3:]
        return str(self.people["village"][int(self.rng.integers(0, self.people.height))])
