"""An explanation as a text that a resident understands and an officer can put into the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from doudi.assessment.sentences import NEEDED, share, verdict
from doudi.facts.vocabulary import Vocabulary

if TYPE_CHECKING:
    from doudi.assessment.explanation import Explanation
    from doudi.assessment.explanation_tiers import Condition, TierEntry

_WORDS = {
    "decides": ("以上是测算建议，由审核确认机关决定。", "This is a proposal; a person decides."),
    "missing": ("还需要知道", "Still needed"),
    "tiers": ("各类别的测算", "Each tier"),
    "amounts": ("每月金额（测算）", "Amounts per month (computed)"),
    "grace": ("渐退期逐月安排", "Grace period, month by month"),
    "standards": ("采用的标准", "Standards used"),
    "parameters": ("起决定作用的规则参数", "Parameters that decided"),
    "assumed": ("未填写、按通常情形处理的事实", "Facts not written, taken at their usual value"),
    "missed": ("覆盖遗漏提示", "Possibly missed by coverage"),
    "cause": ("原因层面", "level of the cause"),
    "law": ("规则版本", "law version"),
    "basis": ("依据：", " Basis: "),
    "set_by": ("来源", "from"),
    "since": ("起", "since"),
    "month": ("第{}个月", "month {}"),
    "other": ("其余条件不改变这一结果。", "The other conditions do not change this."),
    "far": ("有多项条件未满足。", "several conditions are not met."),
    "above": ("（所缺信息见上）。", " (what is missing: see above)."),
    "all_zero": ("各项均为 0", "each 0"),
}
_HOLDS = {
    True: ("各项条件均符合", "all conditions are met"),
    False: ("有条件未满足", "not all conditions are met"),
    None: ("不能确定", "cannot be determined"),
}


def text_of(explanation: Explanation, full: bool = False) -> str:
    """The whole explanation as lines of text, the proposal first.

    Unless ``full``, persons for whom several conditions of a tier fail are told in one line.
    """
    return "\n".join(_Text(explanation, full).lines()) + "\n"


class _Text:
    def __init__(self, explanation: Explanation, full: bool) -> None:
        self.told = explanation
        self.full = full
        self.zh = explanation.language == "zh"

    def word(self, name: str) -> str:
        return _WORDS[name][0 if self.zh else 1]

    def colon(self, left: str, right: str) -> str:
        return f"{left}：{right}" if self.zh else f"{left}: {right}"

    def lines(self) -> Iterator[str]:
        told = self.told
        place = (
            f"{told.region_name}（{told.region}），{told.day}"
            if self.zh
            else f"{told.region_name} ({told.region}), {told.day}"
        )
        yield place
        yield told.proposal
        yield self.word("decides")
        yield from self._section("missing", (each.label for each in told.missing))
        yield ""
        yield self.word("tiers")
        yield from self._tiers()
        yield from self._section("amounts", (self.colon(each.label, each.text) for each in told.amounts))
        yield from self._section("grace", self._grace())
        yield from self._section("standards", (self.colon(each.label, each.text) for each in told.standards))
        yield from self._section("parameters", self._parameters())
        yield from self._section("assumed", self._assumed())
        yield from self._missed()
        yield ""
        yield self.colon(self.word("law"), told.law_version)

    def _section(self, name: str, items: Iterator[str]) -> Iterator[str]:
        found = list(items)
        if found:
            yield ""
            yield self.word(name)
            yield from (f"- {item}" for item in found)

    def _tiers(self) -> Iterator[str]:
        for _, entries in groupby(self.told.tiers, key=lambda tier: tier.tier):
            found = list(entries)
            far = [tier for tier in found if not self.full and self._is_far(tier)]
            for tier in found:
                if tier not in far:
                    yield from self._tier(tier)
            if far:
                whose = ("、" if self.zh else ", ").join(tier.whose for tier in far)
                yield f"- {self.colon(far[0].label, self.colon(whose, self.word('far')))}"

    def _is_far(self, tier: TierEntry) -> bool:
        """A person for whom more than one condition stands in the way of a tier of persons."""
        return tier.row is not None and tier.holds is False and len(tier.reasons(False)) > 1

    def _tier(self, tier: TierEntry) -> Iterator[str]:
        """A tier that holds with all it rests on; one that fails with what fails; an open one with what is open or fails."""
        head = tier.label if tier.row is None else self.colon(tier.label, tier.whose)
        yield f"- {self.colon(head, _HOLDS[tier.holds][0 if self.zh else 1])}"
        told = [
            test
            for met in ((None, False) if tier.holds is None else (tier.holds,))
            for test in tier.reasons(met)
        ]
        yield from (f"    {self._test(test)}" for test in told)
        if tier.holds is False:
            yield f"    {self.word('other')}"

    def _test(self, test: Condition) -> str:
        """The sentence with its articles; what is missing is told once, above, and not again in every test."""
        sentence, needed, _ = test.sentence.partition(NEEDED[self.told.language])
        if needed:
            sentence = (
                f"{sentence}{self.word('above')}" if self.told.missing and not self.full else test.sentence
            )
        articles = ("、" if self.zh else "; ").join(test.articles)
        return f"{sentence}{self.word('basis')}{articles}{'。' if self.zh else '.'}" if articles else sentence

    def _grace(self) -> Iterator[str]:
        for each in self.told.grace:
            month = self.word("month").format(each.number)
            part = (
                ""
                if each.share is None
                else f"，{share(each.share)}"
                if self.zh
                else f", {share(each.share)}"
            )
            head = f"{each.month}（{month}{part}）" if self.zh else f"{each.month} ({month}{part})"
            yield self.colon(head, each.text)

    def _parameters(self) -> Iterator[str]:
        for each in self.told.parameters:
            since = (
                ""
                if each.since is None
                else f"{each.since}{self.word('since')}"
                if self.zh
                else f"since {each.since}"
            )
            parts = [part for part in (each.place, each.reference, since, each.status) if part]
            notes = "，".join(parts) if self.zh else ", ".join(parts)
            yield self.colon(each.label, f"{each.text}（{notes}）" if self.zh else f"{each.text} ({notes})")

    def _assumed(self) -> Iterator[str]:
        """One line for each person or thing; a group of income that is all nothing is named as a whole."""
        groups = Vocabulary.load().entities["person"].groups.values()
        for whose in dict.fromkeys(each.whose for each in self.told.assumed):
            found = {each.fact: each for each in self.told.assumed if each.whose == whose}
            parts = []
            for group in groups:
                if all(fact in found and found[fact].value == 0 for fact in group.facts):
                    found = {name: each for name, each in found.items() if name not in group.facts}
                    parts.append(f"{group.zh if self.zh else group.en} {self.word('all_zero')}")
            parts += [f"{each.label} {each.text}" for each in found.values()]
            yield self.colon(whose, ("；" if self.zh else "; ").join(parts))

    def _missed(self) -> Iterator[str]:
        missed = self.told.missed
        if missed["kind"] in (None, "none"):
            return
        cause = self.colon(self.word("cause"), missed["cause_label"] or verdict(None, self.told.language))
        yield ""
        head = self.colon(self.word("missed"), str(missed["kind_label"]))
        yield f"{head}（{cause}）" if self.zh else f"{head} ({cause})"
