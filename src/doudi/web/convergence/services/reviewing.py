"""The review in three levels (三级联审): each level speaks after the one below, nobody at two levels, and the county decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from doudi.convergence.classes import TIERS
from doudi.convergence.review import CHANGED_TO
from doudi.rules.errors import Problem
from doudi.web.accounts.models import Region
from doudi.web.accounts.roles import Role
from doudi.web.audit import record
from doudi.web.cases.errors import refused
from doudi.web.convergence.errors import ReviewError
from doudi.web.convergence.models import Convergence, Opinion, Placement, State
from doudi.web.convergence.models.opinion import Level, Word
from doudi.web.convergence.services.deciding import carry_out

LEVEL_OF = {
    Role.VILLAGE_ASSISTANT: Level.VILLAGE, Role.TOWNSHIP_CLERK: Level.TOWNSHIP, Role.TOWNSHIP_HEAD: Level.TOWNSHIP,
    Role.COUNTY_CLERK: Level.COUNTY, Role.COUNTY_HEAD: Level.COUNTY,
}  # fmt: skip
"""At which level a role speaks."""
TURN = {
    State.PROPOSED: Level.VILLAGE, State.RETURNED: Level.VILLAGE, State.VILLAGE: Level.TOWNSHIP, State.TOWNSHIP: Level.COUNTY,
}  # fmt: skip
"""Whose turn it is in a state."""
AFTER = {Level.VILLAGE: State.VILLAGE, Level.TOWNSHIP: State.TOWNSHIP, Level.COUNTY: State.DECIDED}


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion as somebody gives it; ``place`` and ``tier`` go with a change alone."""

    word: str
    place: str = ""
    tier: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What an opinion would come to: the place and tier, or every reason against it."""

    placement: Placement
    place: str
    tier: str
    reasons: tuple[Problem, ...] = ()


def waiting_for(role: str) -> tuple[str, ...]:
    """The states in which a role has to speak."""
    return tuple(str(state) for state, level in TURN.items() if level == LEVEL_OF.get(Role(role)))


def judge(rows: Iterable[Placement], said: Said, user: Any) -> list[Judged]:
    """What the opinion would come to for each of these; nothing is changed. Two queries for all."""
    found = list(rows)
    spoke = set(Opinion.objects.filter(placement__in=found, by=user).values_list("placement_id", "round"))
    newest = _newest(found)
    return [
        _judge(one, said, user, one.convergence_id in newest, (one.pk, one.round) in spoke) for one in found
    ]


def barred(placement: Placement, user: Any) -> list[Problem]:
    """Why somebody can give no opinion at all on a person now; empty if he can."""
    said = Said(str(Word.AGREE))
    return [each for each in judge([placement], said, user)[0].reasons if each.code not in _OF_CONTENT]


@transaction.atomic
def give(placement: Placement | int, said: Said, user: Any) -> Placement:
    """Give an opinion in the name of the level at which somebody works; that of the county decides, and what follows is done.

    Raises:
        ReviewError: every reason against it.
    """
    number = placement if isinstance(placement, int) else placement.pk
    rows = Placement.objects.select_for_update(of=("self",)).select_related("convergence", "household")
    found = rows.filter(pk=number).first()
    if found is None:
        raise ReviewError(
            refused("review.unknown", "没有这个人，或者不在您的管辖范围内", "no such person in scope")
        )
    judged = judge([found], said, user)[0]
    if judged.reasons:
        raise ReviewError(judged.reasons)
    level = LEVEL_OF[Role(user.role)]
    if found.state == State.RETURNED:
        found.round, found.wanted_place, found.wanted_tier = found.round + 1, found.place, found.tier
    Opinion.objects.create(
        region_id=found.region_id, placement=found, round=found.round, level=level, word=said.word, place=said.place, tier=said.tier,
        note=said.note, by=user, at=timezone.now(),
    )  # fmt: skip
    record("convergence.opinion", found, subject=found.person_id or "", reason=said.note, details={
        "level": level, "word": said.word, "place": said.place, "tier": said.tier, "round": found.round,
    })  # fmt: skip
    _move(found, judged, said, level, user)
    found.save()
    return found


def _move(found: Placement, judged: Judged, said: Said, level: Level, user: Any) -> None:
    if said.word == Word.RETURN:
        found.state = State.RETURNED
        return
    found.state, found.wanted_place, found.wanted_tier = AFTER[level], judged.place, judged.tier
    if level == Level.COUNTY:
        found.decided_by, found.decided_at = user, timezone.now()
        carry_out(found, user)


def _judge(one: Placement, said: Said, user: Any, newest: bool, spoke: bool) -> Judged:
    level = LEVEL_OF[Role(user.role)]
    begins_anew = one.state == State.RETURNED
    place, tier = (one.place, one.tier) if begins_anew else (one.wanted_place, one.wanted_tier)
    if said.word == Word.CHANGE:
        place, tier = said.place, said.tier
    return Judged(one, place, tier, (
        *_not_now(one, level, newest), *_not_by(one, level, user, spoke and not begins_anew), *_not_so(said, level),
        *_not_possible(one, level, said, place),
    ))  # fmt: skip


def _not_now(one: Placement, level: Level, newest: bool) -> list[Problem]:
    if not newest:
        return refused(
            "review.old",
            "已有更新的并轨结果",
            "a newer result has been taken in",
            "在新的结果中审核",
            "review the newer one",
        )
    if one.state in (State.SETTLED, State.DECIDED):
        return refused("review.over", "不需审核，或者已经决定", "nothing to review, or decided already")
    if TURN[State(one.state)] != level:
        turn = TURN[State(one.state)]
        return refused("review.order", f"现在由{_ZH[turn]}提出意见", f"it is the turn of the {turn}")
    return []


_OF_CONTENT = frozenset({"review.household"})
"""Reasons that hold against one opinion and not against another."""
_ZH = {Level.VILLAGE: "村级", Level.TOWNSHIP: "乡级", Level.COUNTY: "县级"}


def _not_by(one: Placement, level: Level, user: Any, spoke: bool) -> list[Problem]:
    if spoke:
        return refused(
            "review.four_eyes",
            "同一人不能在两级提出意见",
            "nobody speaks at two levels",
            "由另一人审核",
            "another person must",
        )
    if level == Level.COUNTY and one.convergence.by_id == user.pk:
        return refused(
            "review.own",
            "接收并轨结果的人不能决定",
            "whoever took the result in does not decide",
            "由另一人决定",
            "another must",
        )
    return []


def _not_so(said: Said, level: Level) -> list[Problem]:
    found = []
    if said.word == Word.RETURN and level == Level.VILLAGE:
        found += refused(
            "review.return",
            "村级不能退回",
            "the village has nobody to send it back to",
            "改为“待定”并写理由",
            "change it to open",
        )
    if said.word in (Word.CHANGE, Word.RETURN) and not said.note.strip():
        found += refused(
            "review.note",
            "改归类或退回的没有写理由",
            "no reason for another place or for sending back",
            "写理由",
            "say why",
        )
    changes = said.word == Word.CHANGE
    if changes != bool(said.place) or (said.place and said.place not in CHANGED_TO):
        found += refused(
            "review.place",
            "“改为”要写归类，其他意见不写",
            "a place goes with a change alone",
            "核对归类",
            "check the place",
        )
    if (changes and said.place == "new") != (said.tier in TIERS):
        found += refused("review.tier", "改为“新符合条件”的须写类别，其余不写", "a tier goes with a change to newly qualifying only",
                         "核对类别", "check the tier")  # fmt: skip
    return found


def _not_possible(one: Placement, level: Level, said: Said, place: str) -> list[Problem]:
    decides = level == Level.COUNTY and said.word != Word.RETURN
    if decides and place == "new" and one.household_id is None:
        return refused("review.household", "登记中没有这一户，不能立案", "the household is not registered, so no case can be opened",
                       "先登记这一户，再重新并轨；或者改为待定", "register it and converge anew, or leave it open")  # fmt: skip
    return []


def _newest(rows: list[Placement]) -> set[int]:
    """The convergences among these that are the newest of their county."""
    counties = {one.convergence.region_id for one in rows}
    newest = (
        Convergence.objects.filter(region_id__in=counties)
        .order_by("region_id", "-day", "-pk")
        .distinct("region_id")
    )
    return set(newest.values_list("pk", flat=True))


@transaction.atomic
def locate(placement: Placement, village: Region, user: Any) -> None:
    """Say in which village somebody lives of whom only the county is known, so that the village can speak.

    Raises:
        ReviewError: the village is known already, or lies elsewhere.
    """
    if (
        placement.region.level == "village"
        or village.level != "village"
        or village.code[:6] != placement.region_id[:6]
    ):
        raise ReviewError(
            refused(
                "review.village",
                "已知所在村，或者不是本县的村",
                "the village is known, or not one of the county",
            )
        )
    Placement.objects.filter(pk=placement.pk).update(region=village)
    record(
        "convergence.locate", placement, region=village.code, details={"village": village.code, "by": user.pk}
    )
