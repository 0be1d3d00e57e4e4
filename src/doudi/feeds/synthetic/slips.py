"""Slips of the hand in numbers and names: what clerks, scanners and keyboards do to one of them."""

from __future__ import annotations

import numpy as np

HOMOPHONES = (
    "伟玮", "丽莉俐", "晓小", "静婧", "娟涓", "芳芬", "洁杰", "玲灵铃", "燕艳", "红虹洪", "梅美", "颖英", "华桦", "军君", "强蔷",
    "涛滔", "明名", "辉晖", "飞菲", "斌彬", "宇雨羽", "浩昊", "建健", "志智", "文雯", "海亥", "永勇", "福富", "新欣", "玉钰",
    "诗施", "涵晗", "怡宜", "佳嘉", "雅亚", "思丝", "林琳", "洋阳", "峰锋", "俊骏", "春纯", "荣容", "祥翔", "庆青", "成诚",
)  # fmt: skip
VARIANTS = ("陈陳", "刘劉", "张張", "杨楊", "黄黃", "赵趙", "华華", "国國", "丽麗", "兰蘭", "凤鳳", "云雲", "红紅", "艳艷", "静靜",
            "义義", "贵貴", "军軍", "伟偉", "杰傑", "峰峯", "泽澤", "颖穎", "庆慶", "荣榮", "兴興", "学學")  # fmt: skip
LOOKALIKES = (
    "芙英", "洁浩", "佳住", "梅悔", "晴睛", "婷停", "晖晕", "彬杉", "铭铬", "晶品", "雪雷", "峰烽", "苹萍",
)  # fmt: skip
"""Groups of characters one of which is written for another: of one sound, of one meaning, of one look."""


def one_digit_wrong(number: str, rng: np.random.Generator) -> str:
    """An identity number of 18 characters with one digit of its date, serial or check digit replaced."""
    place = int(rng.integers(6, 18))
    digit = "0123456789"[(int(number[place].replace("X", "0")) + int(rng.integers(1, 9))) % 10]
    return number[:place] + digit + number[place + 1 :]


def neighbours_swapped(number: str, rng: np.random.Generator) -> str:
    """Two neighbours change places; where all are alike in the part that varies, one digit is wrong instead."""
    places = [
        place for place in range(6, 17) if number[place] != number[place + 1] and number[place + 1] != "X"
    ]
    if not places:
        return one_digit_wrong(number, rng)
    place = places[int(rng.integers(0, len(places)))]
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def fifteen_digits(number: str) -> str:
    """The number as it was before 1999, of those born in the twentieth century; the same number for others."""
    return number[:6] + number[8:17] if number[6:8] == "19" else number


def digits_lost(number: str) -> str:
    """What is left of a number that a spreadsheet took for a quantity."""
    return f"{number[0]}.{number[1:15]}E+17"


def characters_replaced(
    name: str, groups: tuple[str, ...], rng: np.random.Generator, count: int = 1, first: int = 0
) -> str:
    """Up to ``count`` characters, from place ``first`` on, replaced by another of their group; the same name if none can be."""
    found, left = list(name), count
    for place in rng.permutation(np.arange(first, len(name))).tolist():
        group = next((group for group in groups if name[place] in group), None)
        if group and left:
            others = group.replace(name[place], "")
            found[place] = others[int(rng.integers(0, len(others)))]
            left -= 1
    return "".join(found)


def spaced(name: str) -> str:
    """The name as some registers write it: another dot between its parts, or spaces round the surname."""
    return name.replace("·", "・") if "·" in name else f" {name[0]} {name[1:]}"
