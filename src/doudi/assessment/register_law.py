"""The law as registers are assessed by it: what is asked of each row, whatever is in the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from doudi.assessment.determination import outputs_of
from doudi.assessment.register_corners import corner_kernels
from doudi.assessment.register_program import RegisterProgram, program_of
from doudi.assessment.statute import Statute, law_of
from doudi.rules.kernels import Kernels
from doudi.rules.specialise import specialise

HOUSEHOLD_OUTPUTS = (
    "tier", "heads", "income_per_head", "dibao_standard", "low_margin_line",
    "dibao_amount", "supplements", "single_amounts", "tekun_amounts", "refusal_reductions", "grace_amount", "monthly_total",
    "missed", "missed_cause", "is_silent", "is_critical", "is_urgent", "is_expenditure_kind", "is_monitored",
    "is_in_basic_aid", "holds_basic_aid", "holds_aid", "all_tekun", "is_in_grace",
)  # fmt: skip
PERSON_OUTPUTS = (
    "person_tier",
    "supplement",
    "single_dibao_amount",
    "tekun_basic_amount",
    "tekun_care_amount",
)

EXPLAINED = ("tier",)
"""Outputs of which it is told what they rest on where they are open."""


def household_tests(statute: Statute) -> tuple[str, ...]:
    """The tests on the household, in the order of the law."""
    variables = statute.graph.variables.items()
    return tuple(name for name, one in variables if one.formula.is_test and one.formula.entity == "household")


@dataclass(frozen=True)
class RegisterLaw:
    """The law of a place and day as registers are assessed by it, whatever is in them."""

    statute: Statute
    program: RegisterProgram
    scalars: Mapping[str, int | None]
    kernels: Kernels
    corner_kernels: Kernels

    @classmethod
    def of(cls, statute: Statute) -> RegisterLaw:
        """Made once, and without facts: it may be made while they are read."""
        scalars, outputs = _outputs(statute)
        program = program_of(statute, outputs)
        kernels = Kernels(program.parameters, statute.context, statute.unset)
        return cls(statute, program, scalars, kernels, corner_kernels(statute))


@lru_cache(maxsize=4)
def law_as_shipped(region: str, day: date) -> RegisterLaw:
    """The law of a place and day with nothing changed, kept with its kernels for the next register there."""
    return RegisterLaw.of(law_of(region, day))


def _outputs(statute: Statute) -> tuple[dict[str, int | None], dict[str, int]]:
    """The outputs that have rows, and those of the others that are the same for everybody."""
    every = outputs_of(statute)
    names = [*HOUSEHOLD_OUTPUTS, *PERSON_OUTPUTS, *household_tests(statute)]
    names += [f"{name}.{side}" for name in household_tests(statute) for side in ("value", "limit")]
    wanted = {name: every[name] for name in names if name in every}
    outputs = {
        name: number for name, number in wanted.items() if statute.graph.nodes[number].entity is not None
    }
    return {
        name: scalar_of(statute, number) for name, number in wanted.items() if name not in outputs
    }, outputs


def scalar_of(statute: Statute, number: int) -> int | None:
    """What a node without rows is there; None where the place does not say."""
    program, places = specialise(statute.graph, {"it": number}, statute.values, statute.context)
    node = program.nodes[places["it"]]
    return int(node.attribute) if node.op == "const" else None
