"""Facts of a person, item by item: the declared value against the word of the source that counts first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from doudi.verification.authorisation import Authorisation
from doudi.verification.catalogue import Item, items
from doudi.verification.declared import DeclaredPerson, Thing, Value
from doudi.verification.found import PARTIAL, Found, Word, fen
from doudi.verification.results import (
    DECLARED_ONLY,
    DIFFERS,
    FOUND_ONLY,
    MATCH,
    NO_ANSWER,
    NONE,
    NOT_CHECKABLE,
    Result,
)
from doudi.verification.terms import Terms


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison needs beside the two sides: the findings, what may be asked, the terms, the members asked about."""

    found: Found
    authorisation: Authorisation
    terms: Terms
    members: tuple[str, ...]

    def asked(self, item: Item) -> tuple[str, ...]:
        """The sources of an item that the authorisation covers."""
        return tuple(feed for feed in item.sources if self.authorisation.covers(feed))

    def answering(self, item: Item) -> tuple[str, ...]:
        """The sources that were asked and answer."""
        known = self.found.sources
        return tuple(feed for feed in self.asked(item) if feed in known and known[feed].answers)

    def silence(self, item: Item, person_id: str | None) -> str:
        """Why there is no answer, the most telling reason first."""
        persons = self.members if person_id is None else (person_id,)
        if any(person not in self.found.people for person in persons):
            return "unknown_person"
        asked = self.asked(item)
        if not asked:
            return "out_of_scope"
        if not all(self.found.people[person].present for person in persons):
            return "gone"
        if person_id is not None and any((person_id, feed) in self.found.review for feed in asked):
            return "in_review"
        states = [self.found.sources[feed].state if feed in self.found.sources else "never" for feed in asked]
        if "late" in states:
            return "late"
        unanswered = any(
            (person_id or one, feed) in self.found.unanswered for feed in asked for one in self.members
        )
        if "on_request" in states or unanswered:
            return "not_asked"
        if "never" in states:
            return "never"
        return "silent" if self.answering(item) == asked else "incomplete"

    def in_review(self, item: Item, person_id: str) -> bool:
        """Whether a row of an asked source may be about the person and nobody has decided yet."""
        return any((person_id, feed) in self.found.review for feed in self.asked(item))

    def words_of(self, person_id: str, item: str) -> list[Word]:
        """The word that counts for an item that is a fact; none or one."""
        return _telling(person_id, items()[item], self)[:1]

    def knows(self, item: Item, person_id: str | None) -> bool:
        """Whether silence of the sources means that nothing is registered of a person (None: of any member)."""
        asked = self.asked(item)
        if not item.complete or not asked or self.answering(item) != asked:
            return False
        return all(
            person in self.found.people
            and self.found.people[person].present
            and not self.in_review(item, person)
            and not any((person, feed) in self.found.unanswered for feed in asked)
            for person in ([person_id] if person_id is not None else self.members)
        )


def compare_facts(person: DeclaredPerson, comparison: Comparison) -> list[Result]:
    """The results of all items that are facts of a person."""
    results = []
    for item in items().values():
        if item.fact is not None:
            results.append(_fact(person, item, comparison))
        elif item.state:
            results.append(_state(person, item, comparison))
    return results


def compared(
    key: str, person_id: str | None, item: Item, declared: Value, value: Value, comparison: Comparison
) -> Result:
    """Two known sides: whether they match within the tolerance, and by how much they do not."""
    if item.by != "amount":
        return _coded(key, person_id, item, declared, value)
    amount = int(value or 0)
    if declared is None:
        if amount == 0:
            return Result(key, person_id, item.name, NO_ANSWER, "not_declared", None, 0)
        return Result(key, person_id, item.name, FOUND_ONLY, "", None, amount, amount)
    difference = amount - int(declared)
    if abs(difference) <= comparison.terms.tolerance(item.group):
        outcome = MATCH
    elif not declared:
        outcome = FOUND_ONLY
    else:
        outcome = DIFFERS if amount else DECLARED_ONLY
    return Result(key, person_id, item.name, outcome, "", declared, amount, difference)


def _coded(key: str, person_id: str | None, item: Item, declared: Value, value: Value) -> Result:
    """Two codes. A status that the household left open is told as found, and disagrees with nothing."""
    if declared is None:
        reason = "not_declared" if value in NONE else "not_stated"
        return Result(key, person_id, item.name, NO_ANSWER, reason, None, value)
    if declared == value or (declared in NONE and value in NONE):
        outcome = MATCH
    elif declared in NONE:
        outcome = FOUND_ONLY
    else:
        outcome = DECLARED_ONLY if value in NONE else DIFFERS
    return Result(key, person_id, item.name, outcome, "", declared, value)


def _fact(person: DeclaredPerson, item: Item, comparison: Comparison) -> Result:
    declared = person.values.get(str(item.fact))
    key = f"{person.person_id}/{item.name}"
    if not item.sources:
        return Result(key, person.person_id, item.name, NOT_CHECKABLE, "", declared)
    words = _telling(person.person_id, item, comparison)
    if not words:
        reason = comparison.silence(item, person.person_id)
        late = _late(person.person_id, item, comparison)
        return Result(key, person.person_id, item.name, NO_ANSWER, reason, declared, others=late)
    chosen = words[0]
    value = _value(item, chosen)
    if value in NONE and comparison.in_review(item, person.person_id):
        return Result(key, person.person_id, item.name, NO_ANSWER, "in_review", declared)
    others = tuple((word.source, _value(item, word)) for word in words[1:] if _value(item, word) != value)
    result = compared(key, person.person_id, item, declared, value, comparison)
    return cautious(with_word(result, [chosen], others), item, comparison)


def _telling(person_id: str, item: Item, comparison: Comparison) -> list[Word]:
    """The words of sources that were asked and answer: the one that counts first in front."""
    if person_id not in comparison.found.people:
        return []
    said = comparison.found.words.get((person_id, str(item.fact)), ())
    told = [word for word in said if word.value is not None and _answers(word, item, comparison)]
    return sorted(told, key=lambda word: (not word.used, min(map(item.sources.index, word.feeds))))


def _answers(word: Word, item: Item, comparison: Comparison) -> bool:
    """Whether a word counts: all its feeds were asked and answer. A status that is listed needs no whole year."""
    if word.rule in PARTIAL:
        return False
    if all(feed in comparison.answering(item) for feed in word.feeds):
        return True
    listed = item.by == "code" and _value(item, word) not in NONE
    fresh = {name for name, source in comparison.found.sources.items() if source.state == "fresh"}
    return listed and all(feed in comparison.asked(item) and feed in fresh for feed in word.feeds)


def _late(person_id: str, item: Item, comparison: Comparison) -> tuple[tuple[str, Value], ...]:
    """What sources said that were asked but are behind: no answer, yet worth knowing."""
    said = comparison.found.words.get((person_id, str(item.fact)), ())
    asked = comparison.asked(item)
    values = (
        (word.source, _value(item, word))
        for word in said
        if word.value is not None and all(feed in asked for feed in word.feeds)
    )
    return tuple((source, value) for source, value in values if value not in NONE)


def _value(item: Item, word: Word) -> Value:
    assert word.value is not None
    if item.by == "amount":
        return fen(word.value)
    fact = item.person_fact
    return int(word.value) if fact is not None and fact.kind in ("count", "flag") else word.value


def cautious(result: Result, item: Item, comparison: Comparison) -> Result:
    """The result, which says so if yet another record may be about the person."""
    persons = comparison.members if result.person_id is None else (result.person_id,)
    if result.reason or not any(comparison.in_review(item, person) for person in persons):
        return result
    return replace(result, reason="in_review")


def with_word(
    result: Result, words: Sequence[Word | Thing], others: tuple[tuple[str, Value], ...] = ()
) -> Result:
    """The result with the provenance of what was found."""
    return replace(
        result,
        sources=tuple(dict.fromkeys(feed for word in words for feed in word.source.split("+") if feed)),
        row_ids=tuple(row for word in words for row in word.row_ids),
        period=max((word.period for word in words if word.period), default=None),
        received_at=max((word.received_at for word in words if word.received_at), default=None),
        others=others,
    )


def _state(person: DeclaredPerson, item: Item, comparison: Comparison) -> Result:
    """Whether somebody declared as a member is known to have died or left."""
    key = f"{person.person_id}/{item.name}"
    known = comparison.found.people.get(person.person_id)
    asked = comparison.asked(item)
    if known is not None and known.state in ("died", "left") and known.source in asked:
        return Result(
            key, person.person_id, item.name, DIFFERS, "", "present", known.state,
            sources=(known.source,), row_ids=known.row_ids, period=known.ended_on,
        )  # fmt: skip
    answering = comparison.answering(item)
    if known is None or not asked or answering != asked:
        reason = comparison.silence(item, person.person_id)
        return Result(key, person.person_id, item.name, NO_ANSWER, reason, "present")
    return Result(key, person.person_id, item.name, MATCH, "", "present", "present", sources=answering)
