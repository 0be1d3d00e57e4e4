"""What the job of a simulation does: the registry read, both laws applied, and what comes of it stored once."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from doudi.rules.errors import DoudiError, Problem, Problems
from doudi.simulation.asking import share_of
from doudi.simulation.comparison import MOVES, Comparison
from doudi.simulation.places import by_place
from doudi.simulation.reach import Reached, reach
from doudi.simulation.side import Side
from doudi.simulation.telling import as_kept
from doudi.web.audit import record
from doudi.web.jobs.errors import Cancelled
from doudi.web.jobs.work import Work
from doudi.web.registry.law import law_for, law_with
from doudi.web.simulation.errors import AskError
from doudi.web.simulation.models import Move, Simulation, State
from doudi.web.simulation.services.reading import Read, read_county

TOWNSHIP = 9
_TOGETHER = 2_000


def run(work: Work) -> None:
    """Work a simulation out, from its beginning.

    Raises:
        Cancelled: it was taken back.
        DoudiError: the law of the place cannot be had, no value reaches the share, or the county has no household that can be read.
    """
    with work.batch():
        asked = Simulation.objects.filter(pk=work.params["number"]).first()
    if asked is None:
        raise Cancelled
    read = read_county(asked.county, asked.day, work)
    if not read.keys:
        raise AskError([_nobody(read.aside)])
    comparison, reached = compared(asked, read, work)
    kept = {**as_kept(comparison, reached), "townships": townships(comparison, read)}
    with work.batch():
        _store(asked.pk, comparison, read, kept)


def compared(asked: Simulation, read: Read, work: Work) -> tuple[Comparison, Reached | None]:
    """The register under both laws.

    Raises:
        LawError: a value is not permitted any more, or none reaches the share.
    """
    before, after = law_for(asked.county, asked.day), law_with(asked.county, asked.day, asked.settings)
    share = share_of(asked.wanted or None, asked.parameter or None, Problems())
    if share is None:
        return Comparison.of(read.register, before, after, asked.line), None

    def told(number: int, _covers: float) -> None:
        with work.batch():
            work.step["tries"] = number

    found = reach(read.register, after, asked.parameter, share, asked.covered, told)
    return Comparison(Side.of(read.register, before), found.side, asked.line), found


def townships(comparison: Comparison, read: Read) -> list[dict[str, Any]]:
    """The figures of each township, by its code; those of a household whose village nobody knows stand under the county."""
    places = [region[:TOWNSHIP].ljust(12, "0") for region in read.regions]
    return [asdict(place) for place in by_place(comparison, places)]


def _store(number: int, comparison: Comparison, read: Read, kept: dict[str, Any]) -> None:
    """What came of it, in the place of what an earlier run stored."""
    found = Simulation.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if found is None:
        raise Cancelled
    found.moves.all().delete()
    rows = iter(_moves(found, comparison, read))
    while some := list(islice(rows, _TOGETHER)):
        Move.objects.bulk_create(some)
    found.state, found.result, found.faults, found.done_at = State.DONE, kept, [], timezone.now()
    found.read, found.aside = len(read.keys), read.aside
    found.save(update_fields=["state", "result", "faults", "done_at", "read", "aside"])
    record("simulation.done", found, details={"read": found.read, "aside": found.aside})


def _moves(found: Simulation, comparison: Comparison, read: Read) -> Any:
    """A row for every household that moves."""
    names, codes = list(MOVES), [*comparison.before.tier_codes(), ""]
    sides = (comparison.before, comparison.after)
    for place in np.flatnonzero(comparison.move != names.index("same")):
        tiers = [codes[side.deepest[place]] for side in sides]
        sums = [int(side.monthly[place]) if side.monthly_known[place] else None for side in sides]
        yield Move(
            simulation=found, region_id=read.regions[place], household_id=read.keys[place], move=names[comparison.move[place]],
            tier_before=tiers[0], tier_after=tiers[1], monthly_before=sums[0], monthly_after=sums[1],
        )  # fmt: skip


@transaction.atomic
def stand(number: int, state: State) -> None:
    """Store how far a simulation has come."""
    Simulation.objects.filter(pk=number).update(state=state)


@transaction.atomic
def fail(number: int, error: DoudiError) -> None:
    """Store why nothing came of it."""
    faults = [{"zh": each.sentence("zh"), "en": each.sentence("en")} for each in error.problems]
    Simulation.objects.filter(pk=number).update(state=State.FAILED, faults=faults, done_at=timezone.now())


def _nobody(aside: int) -> Problem:
    return Problem(
        "simulation.nobody", f"登记里没有可以计算的家庭（{aside} 户无法读取）",
        f"no household of the registry can be assessed ({aside} cannot be read)",
        "先载入或者导入家庭", "load or import households first",
    )  # fmt: skip
