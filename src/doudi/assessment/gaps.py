"""What a region leaves unset on a day, and which programmes it leaves undetermined by that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from doudi.assessment.statute import all_parameters, law_of
from doudi.rules.parameters import Gap
from doudi.rules.program import Program
from doudi.rules.specialise import specialise

OUTCOMES = (
    "is_tekun",
    "tekun_amounts",
    "is_dibao",
    "dibao_amount",
    "supplements",
    "is_single_dibao",
    "single_amounts",
    "is_low_margin",
    "is_rigid",
    "is_other_hardship",
    "is_monitored",
    "grace_amount",
    "refusal_reductions",
    "missed",
)
"""What a programme yields: the conditions and the amounts."""

_LEAVES = ("parameter", "lookup", "entry")


def gaps_of(region: str, day: date) -> list[Gap]:
    """The parameters without a value in a region on a day, by name.

    Raises:
        RegionError, LawError: no such region; the day lies before all law.
    """
    return all_parameters().gaps(region, day)


def left_open(region: str, day: date) -> Mapping[str, tuple[str, ...]]:
    """For each outcome that may stay undetermined there, the unset parameters it rests on.

    What the known parameters decide is put in first: a gap that another choice makes idle counts for nothing.
    """
    statute = law_of(region, day)
    wanted = {name: statute.variable(name).node for name in OUTCOMES}
    program, places = specialise(statute.graph, wanted, statute.values, statute.context)
    found = {name: _asked(program, places[name]) & statute.unset for name in OUTCOMES}
    return {name: tuple(sorted(asked)) for name, asked in found.items() if asked}


def _asked(program: Program, output: int) -> set[str]:
    """The parameters that a program still asks for."""
    nodes = (program.nodes[number] for number in program.needed([output]))
    leaves = (node for node in nodes if node.op in _LEAVES)
    return {str(node.attribute[0] if node.op == "entry" else node.attribute) for node in leaves}
