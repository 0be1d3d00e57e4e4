"""One household under the law of a place and day: every tier tested, every test with its sides, one tier proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from doudi.assessment.statute import OWNED, BoundKernel, Statute
from doudi.facts.household import HouseholdFacts
from doudi.rules.graph import Graph, Variable
from doudi.rules.python_kernel import PythonKernel

_VEILED = {"supporter_family_income": None, "supporter_own_income": None}
"""What is not taken as known of a supporter who refuses the check (law art. 41), whatever was declared."""
_NOTHING: frozenset[str] = frozenset()
STATED = ("assets_stated", "expenses_stated", "supporters_stated")


@dataclass(frozen=True, slots=True)
class Finding:
    """One variable of one row: ``low`` equals ``high`` when it is certain; else ``rests_on`` names what must be asked."""

    low: Any
    high: Any
    rests_on: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the value is certain."""
        return bool(self.low == self.high)

    @property
    def value(self) -> Any:
        """The value, or None when it is not certain."""
        return self.low if self.known else None


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test on the household (``row`` None) or on one row of another entity.

    ``truth`` is True, False, or None when undetermined. ``value`` and ``limit`` are engine integers of ``variable.side_kind``
    where the test compares; ``distance`` is how far the value lies inside (positive) or outside the limit. ``exact``: both
    sides without rounding, where somebody has worked them out already.
    """

    variable: Variable
    row: int | None
    truth: bool | None
    value: int | None
    limit: int | None
    rests_on: tuple[str, ...]
    exact: tuple[Fraction, Fraction] | None = None

    @property
    def name(self) -> str:
        """The name of the test."""
        return self.variable.name

    @property
    def distance(self) -> int | None:
        """Limit less value for "below" and "at most", value less limit for "above" and "at least"."""
        if self.value is None or self.limit is None:
            return None
        below = self.variable.comparison in ("lt", "le", "eq")
        return self.limit - self.value if below else self.value - self.limit


class Trace:
    """Every value the law yields for one household, by name.

    ``explained`` gives the same values with what the uncertain ones rest on; it is called when that is first asked for.
    """

    def __init__(
        self,
        statute: Statute,
        household: HouseholdFacts,
        found: Mapping[str, Any],
        kernel: PythonKernel,
        explained: Callable[[], Mapping[str, Any]],
    ) -> None:
        self.statute = statute
        self.household = household
        self._found = found
        self._scope = kernel.scope
        self._uncertain = kernel.uncertain
        self._explain = explained

    def finding(self, name: str, row: int | None = None, *, sourced: bool = True) -> Finding:
        """The value of a variable (``name.value`` and ``name.limit`` for the sides of a test), of one row where it has rows.

        Not ``sourced``: what it rests on is not asked for.
        """
        found = self._found[name]
        if name not in self._uncertain:
            value = _of_row(found, row)
            return Finding(value, value)
        low, high = _of_row(found[0], row), _of_row(found[1], row)
        return Finding(low, high, self._rests_on(name, row) if sourced and low != high else ())

    def _rests_on(self, name: str, row: int | None) -> tuple[str, ...]:
        return tuple(self._scope.named(_of_row(self._explained[name][2], row)))

    @cached_property
    def _explained(self) -> Mapping[str, Any]:
        return self._explain()

    def ends(self, name: str) -> tuple[Any, Any]:
        """The least and the greatest of a variable: each a tuple by row, or one value that is the same for all rows."""
        found = self._found[name]
        return (found[0], found[1]) if name in self._uncertain else (found, found)

    def value(self, name: str, row: int | None = None) -> Any:
        """The certain value of a variable, or None."""
        found = self._found[name]
        if name not in self._uncertain:
            return _of_row(found, row)
        low, high = _of_row(found[0], row), _of_row(found[1], row)
        return low if low == high else None

    def rows(self, name: str) -> list[int | None]:
        """The rows that a variable has values for: ``[None]`` for the household."""
        entity = self.statute.variable(name).formula.entity
        if entity is None or entity == "household":
            return [None]
        return list(range(len(self.household.facts[entity])))

    def code(self, name: str, row: int | None = None) -> str | None:
        """The code of a variable that is one, or None when it is not certain."""
        value, codes = self.value(name, row), self.statute.variable(name).kind.codes
        return None if value is None or codes is None else codes.code(int(value))

    def test(self, name: str, row: int | None = None, *, sourced: bool = True) -> TestResult:
        """The result of a test with its sides. Not ``sourced``: what it rests on is not asked for."""
        variable = self.statute.variable(name)
        found = self.value(name, row)
        value = limit = None
        if variable.value is not None:
            value, limit = self.value(f"{name}.value", row), self.value(f"{name}.limit", row)
        truth = None if found is None else bool(found)
        rests_on = self._rests_on(name, row) if sourced and found is None else ()
        return TestResult(variable, row, truth, value, limit, rests_on)

    def tests(self) -> Iterator[TestResult]:
        """All tests of the law, on all rows, in the order of the law."""
        for name, variable in self.statute.graph.variables.items():
            if variable.formula.is_test:
                yield from (self.test(name, row) for row in self.rows(name))


def _of_row(found: Any, row: int | None) -> Any:
    """One row's value; what is the same for all rows comes alone."""
    return found[row] if isinstance(found, tuple) and row is not None else found


@dataclass(frozen=True, slots=True)
class Gap:
    """A row of which not all is known: its entity, its place (0 for the household), its facts, and which of them are not known."""

    entity: str
    row: int
    facts: Mapping[str, Any]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Determination:
    """What the law of a place and day says of a household. A proposal: a person decides.

    ``tier`` is None when undetermined, between ``tier_low`` and ``tier_high``; ``missing`` names what to ask for.
    """

    statute: Statute
    household: HouseholdFacts
    trace: Trace

    @property
    def tier(self) -> str | None:
        """The code of the tier proposed, or None when a fact or parameter that decides is missing."""
        return self.trace.code("tier")

    @property
    def tier_range(self) -> tuple[str, str]:
        """The least and the greatest tier that is possible."""
        finding, codes = self.trace.finding("tier", sourced=False), self.statute.variable("tier").kind.codes
        assert codes is not None
        return codes.code(int(finding.low)), codes.code(int(finding.high))

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts and parameters on which an undetermined tier rests."""
        return self.trace.finding("tier").rests_on

    @cached_property
    def applied(self) -> Mapping[str, Any]:
        """The facts that the law was applied to (:func:`applied_facts`)."""
        return applied_facts(self.household, self.statute)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The rows of which something is not known."""
        rows = [
            (entity, row, values)
            for entity, found in self.applied.items()
            for row, values in enumerate([found] if isinstance(found, dict) else found)
        ]
        return tuple(
            Gap(entity, row, values, tuple(name for name, value in values.items() if value is None))
            for entity, row, values in rows
            if None in values.values()
        )

    def amount(self, name: str = "monthly_total") -> int | None:
        """A monthly amount in fen, or None when it is not certain."""
        value = self.trace.value(name)
        return None if value is None else int(value)


def outputs_of(statute: Statute) -> dict[str, int]:
    """All variables of the law and both sides of its tests, by name, with their nodes."""
    return _outputs(statute.graph)


@cache
def _outputs(graph: Graph) -> dict[str, int]:
    outputs = {}
    for name, variable in graph.variables.items():
        outputs[name] = variable.node
        if variable.value is not None and variable.limit is not None:
            outputs[f"{name}.value"], outputs[f"{name}.limit"] = variable.value, variable.limit
    return outputs


def prepared(household: HouseholdFacts) -> dict[str, Any]:
    """The facts as the kernels take them: who owns what is marked, and what was not declared is unknown, not absent."""
    facts: dict[str, Any] = dict(household.facts)
    facts["household"] = dict(facts["household"])
    for name in STATED:
        facts["household"][name] = facts["household"][name] or None
    for entity in OWNED:
        facts[entity] = [{**row, f"{entity}_has_owner": row["owner_index"] >= 0} for row in facts[entity]]
    return facts


def applied_facts(household: HouseholdFacts, statute: Statute) -> dict[str, Any]:
    """The facts as ``prepared``, without what a supporter declared who refuses the check, where the place asks for it."""
    facts = prepared(household)
    if leaves_refusal_open(statute):
        facts["supporter"] = [
            row if row["supporter_consents"] is not False else {**row, **_VEILED}
            for row in facts["supporter"]
        ]
    return facts


def unknown_facts(facts: Mapping[str, Any]) -> frozenset[str]:
    """The facts that are not known for at least one row. (A set finds None without comparing it with each number.)"""
    rows = [facts["household"]]
    for entity, found in facts.items():
        if entity != "household":
            rows += found
    if None not in set().union(*[row.values() for row in rows]):
        return _NOTHING
    return frozenset(name for row in rows for name, value in row.items() if value is None)


def assess(
    household: HouseholdFacts,
    statute: Statute,
    outputs: Mapping[str, int] | None = None,
    *,
    explained: bool = True,
) -> Determination:
    """Apply the law to one household. ``outputs``: names and nodes to compute; all variables by default.

    Without ``explained`` what uncertain values rest on is worked out, by a second kernel, only when it is asked for.
    """
    facts = applied_facts(household, statute)
    asked = outputs_of(statute) if outputs is None else outputs
    return Determination(statute, household, trace_of(household, statute, facts, asked, explained))


def trace_of(
    household: HouseholdFacts,
    statute: Statute,
    facts: Mapping[str, Any],
    outputs: Mapping[str, int],
    explained: bool = True,
) -> Trace:
    """What the law yields for ``facts``, those of the household as :func:`applied_facts` gives them."""
    return traced(statute.python(outputs, unknown_facts(facts), explained), household, statute, facts)


def traced(
    bound: BoundKernel, household: HouseholdFacts, statute: Statute, facts: Mapping[str, Any]
) -> Trace:
    """The same by a kernel that is at hand, made for at least the facts that are unknown."""
    found = bound.call(facts)

    def with_sources() -> Mapping[str, Any]:
        return found if bound.explained else statute.python(bound.outputs, unknown_facts(facts)).call(facts)

    return Trace(statute, household, found, bound.kernel, with_sources)


def leaves_refusal_open(statute: Statute) -> bool:
    """Whether the means of a supporter who refuses the check stay unknown there (law art. 41); so also where nothing is set."""
    codes = statute.graph.schema.parameters["support_fee.without_consent"].kind.codes
    assert codes is not None
    return bool(statute.values["support_fee.without_consent"] != codes.index("declared"))
