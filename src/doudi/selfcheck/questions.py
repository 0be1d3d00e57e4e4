"""The questions of the self-check, read from ``questions.yaml``, and how an answer to one is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import yaml

from doudi.facts.vocabulary import Fact, Vocabulary

Kind = Literal["choice", "several", "amount", "count", "flag"]
Subject = Literal["household", "person", "supporter"]
Answer = str | int | tuple[str, ...] | None
"""A code or ``true`` or ``false``; fen or a number; codes; None where it was left open: not known."""

NONE = "none"
"""Of several: none of them."""
UNKNOWN = "unknown"
"""What stands for "I do not know" where one of some answers is chosen."""
MOST = 100_000_000_00
"""Fen, where no fact sets a bound."""
_EVERY_AGE = (0, 200)
_AMOUNT = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_COUNT = re.compile(r"[0-9]{1,6}")
_FLAGS = {"true": ("是", "yes"), "false": ("否", "no")}
_SPACES = re.compile(r"[\s,，元]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


class AnswerFault(ValueError):  # noqa: N818 - it is told to whoever answers
    """A text that answers nothing; ``zh`` and ``en`` say what would."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``times`` takes an amount to the period of its fact; ``ages`` of whom it is asked, in full years."""

    name: str
    kind: Kind
    fact: Fact | None
    options: Mapping[str, tuple[str, str]]
    must: bool
    times: int
    low: int
    high: int
    ages: tuple[int, int]
    zh: str
    en: str
    hint_zh: str
    hint_en: str

    def asked(self, age: int | None) -> bool:
        """Whether somebody of this age is asked; of unknown age, everybody is."""
        return age is None or self.ages[0] <= age <= self.ages[1]

    @property
    def most(self) -> int:
        """The greatest amount, in fen: what is written, else what its fact holds in its period."""
        if self.high:
            return self.high * 100
        return MOST if self.fact is None else self.fact.high // self.times

    def read(self, texts: list[str]) -> Answer:
        """The answer that one text, or several of several, stand for; None for nothing and for ``UNKNOWN``.

        Raises:
            AnswerFault: no answer stands there.
        """
        told = [text.strip() for text in texts if text.strip() and text.strip() != UNKNOWN]
        if not told:
            if self.must:
                raise AnswerFault("请回答这一问。", "Please answer this.")
            return None
        if self.kind == "several":
            return self._several(told)
        if self.kind in ("choice", "flag"):
            return self._one(told[0])
        return self._amount(told[0]) if self.kind == "amount" else self._count(told[0])

    def _one(self, text: str) -> str:
        if text not in self.options:
            raise AnswerFault("请从列出的答案里选。", "Choose one of the answers.")
        return text

    def _several(self, texts: list[str]) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(self._one(text) for text in texts))
        if NONE in chosen and len(chosen) > 1:
            raise AnswerFault("选了“都没有”，就不能再选别的。", '"None" cannot stand beside others.')
        return chosen

    def _amount(self, text: str) -> int:
        found = _AMOUNT.fullmatch(_plain(text))
        if found is None:
            raise AnswerFault(
                "填数字，单位是元，比如 1200 或者 1200.50。", "A number of yuan, such as 1200 or 1200.50."
            )
        fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
        if fen > self.most:
            raise AnswerFault(f"最多 {self.most // 100:,} 元。", f"{self.most // 100:,} yuan at most.")
        return fen

    def _count(self, text: str) -> int:
        plain = _plain(text)
        if not _COUNT.fullmatch(plain) or not self.low <= int(plain) <= self.high:
            raise AnswerFault(
                f"填 {self.low} 到 {self.high} 之间的整数。",
                f"A whole number from {self.low} to {self.high}.",
            )
        return int(plain)


def _plain(text: str) -> str:
    """A number without the signs that people put into it."""
    return _SPACES.sub("", text.translate(_FULL_WIDTH))


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked together, and of whom."""

    name: str
    of: Subject
    zh: str
    en: str
    questions: Mapping[str, Question]


_FILE = Path(__file__).with_name("questions.yaml")


@cache
def version() -> int:
    """A number of what is asked: other questions or answers, another number."""
    return crc32(_FILE.read_bytes())


@cache
def screens() -> Mapping[str, Screen]:
    """All screens by name, in their order."""
    page = yaml.safe_load(_FILE.read_text("utf-8"))
    return {name: _screen(name, entry) for name, entry in page.items()}


def _screen(name: str, entry: Mapping[str, Any]) -> Screen:
    of = entry.get("of", "household")
    questions = {each: _question(of, each, told) for each, told in entry["questions"].items()}
    return Screen(name, of, entry["zh"], entry["en"], questions)


def _question(of: str, name: str, entry: Mapping[str, Any]) -> Question:
    fact = Vocabulary.load().entities[of].facts[entry["fact"]] if "fact" in entry else None
    low, high = entry.get("ages", _EVERY_AGE)
    return Question(
        name, entry["kind"], fact, _options(entry, fact), entry.get("must", False), entry.get("times", 1),
        entry.get("low", 0), entry.get("high", 0), (low, high), entry["zh"], entry["en"], entry.get("hint_zh", ""),
        entry.get("hint_en", ""),
    )  # fmt: skip


def _options(entry: Mapping[str, Any], fact: Fact | None) -> dict[str, tuple[str, str]]:
    if "options" in entry:
        return {str(code): (words["zh"], words["en"]) for code, words in entry["options"].items()}
    if entry["kind"] == "flag":
        return _FLAGS
    if fact is None or fact.codes is None:
        return {}
    left_out = (UNKNOWN, *entry.get("without", ()))
    codes = fact.codes
    return {
        code: (codes.label(code), codes.label(code, "en")) for code in codes.codes if code not in left_out
    }
