"""The evaluation of a linkage as one HTML file with SVG: recall by kind of noise, and precision against recall."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from doudi.linkage.evaluation import Evaluation, Score
from doudi.rules.files import put_text

WORDS = {
    "none": ("没有差错", "no noise"), "stranger": ("不在本县的人", "not of the county"),
    "namesake": ("同名的外县人", "namesake"), "namesake_of_village": ("同村同名的外县人", "namesake, same village"),
    "id_missing": ("没有号码", "id missing"), "id_placeholder": ("号码是占位数字", "id a placeholder"),
    "id_one_digit": ("号码错一位", "one digit wrong"), "id_swapped": ("号码相邻两位颠倒", "two digits swapped"),
    "id_15_digits": ("15位号码", "15 digits"), "id_lost_digits": ("号码丢失末位", "last digits lost"),
    "id_of_relative": ("填了亲属的号码", "a relative's id"), "name_variant": ("异体或繁简字", "variant character"),
    "name_homophone": ("一个同音字", "one homophone"), "name_two_homophones": ("几个同音字", "homophones"),
    "name_lookalike": ("形近字", "lookalike"), "name_shorter": ("少一字", "a character less"),
    "name_form": ("姓名写法不同", "spaces, separators"), "born_missing": ("没有出生日期", "birth date missing"),
    "born_digit": ("出生日期有错", "birth date wrong"), "born_swapped": ("月日颠倒", "month and day swapped"),
    "village_missing": ("没有村居", "village missing"), "village_short": ("村居写得较短", "village written short"),
    "village_moved": ("村居不同", "another village"), "all": ("全部", "all"),
}  # fmt: skip
_WIDTH, _BAR = 420, 20


def word(kind: str, language: str) -> str:
    """A kind of noise in words; a kind that is not known stays as it is."""
    return WORDS.get(kind, (kind, kind))[0 if language == "zh" else 1]


def write_report(found: Evaluation, path: Path, counts: dict[str, int]) -> None:
    """Write the page; it needs nothing from elsewhere."""
    kinds = [score for score in found.by_kind if score.true]
    page = _template().render(
        bars=[_bar(score, place) for place, score in enumerate(kinds)], height=len(kinds) * (_BAR + 6) + 24, width=_WIDTH,
        scores=[*found.by_kind, found.whole], word=word, counts=counts, points=_points(found), whole=found.whole,
    )  # fmt: skip
    put_text(path, page)


def _bar(score: Score, place: int) -> dict[str, Any]:
    linked = (score.recall or 0) * _WIDTH
    return {
        "zh": word(score.kind, "zh"), "en": word(score.kind, "en"), "y": place * (_BAR + 6), "linked": linked,
        "review": (score.recall_with_review or 0) * _WIDTH - linked, "text": f"{score.recall or 0:.1%}", "true": score.true,
    }  # fmt: skip


def _points(found: Evaluation) -> list[dict[str, Any]]:
    """Places on a square of 300 by 300 that shows both rates between their least and 1."""
    rated = [
        (least, s.precision, s.recall)
        for least, s in found.by_threshold
        if s.precision is not None and s.recall
    ]
    low_p, low_r = min((p for _, p, _ in rated), default=0.0), min((r for _, _, r in rated), default=0.0)
    return [
        {
            "x": 300 * (recall - low_r) / max(1e-9, 1 - low_r), "y": 300 - 300 * (precision - low_p) / max(1e-9, 1 - low_p),
            "text": f"{least}", "precision": precision, "recall": recall,
        }
        for least, precision, recall in rated
    ]  # fmt: skip


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")
