"""What is refused when formulas are brought together, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from doudi.rules.book import Book
from doudi.rules.errors import CycleError, LawError, OverflowBoundError, Problem, RuleError
from doudi.rules.functions import (
    all_of,
    any_of,
    entry,
    how_many,
    is_in,
    lookup,
    lookup_at,
    maximum,
    minimum,
    per,
    round_half_up,
    total,
    where,
)
from doudi.rules.graph import Graph
from tests.rules.toy import SCHEMA, book

DAY = date(2026, 7, 1)
WORDS = {"zh": "试", "en": "trial", "ref": "toy:1"}


def build(*formulas: tuple[str | None, str, Callable[..., Any]], day: date = DAY) -> Graph:
    trial = Book("trial")
    for entity, kind, function in formulas:
        trial.formula(entity, kind, **WORDS)(function)
    return Graph(SCHEMA, trial.formulas, day)


def told(error: LawError) -> str:
    return "\n".join(problem.sentence("en") for problem in error.problems)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    def net(wages):
        return wages * 2

    with pytest.raises(RuleError) as error:
        build(("person", "money", net))
    assert "no fact or formula wages; near: wage" in told(error.value)
    assert error.value.problems[0].line == net.__code__.co_firstlineno


def test_several_faults_are_told_at_once() -> None:
    def one(wages):
        return wages

    def two(costs):
        return costs

    with pytest.raises(RuleError) as error:
        build(("person", "money", one), ("person", "money", two))
    assert {problem.zh.split("：")[0] for problem in error.value.problems} == {"one", "two"}


def test_a_circle_is_refused_with_the_names_on_it() -> None:
    def first(third):
        return third

    def second(first):
        return first

    def third(second):
        return second

    with pytest.raises(CycleError, match="first → third → second → first"):
        build(("person", "money", first), ("person", "money", second), ("person", "money", third))


def test_every_circle_is_told_with_the_places_of_its_formulas_and_hides_nothing() -> None:
    def a(b):
        return b

    def b(a):
        return a

    def c(d):
        return d

    def d(c):
        return c

    def on_a_circle(d):
        return d * 2 + 1

    def unknown(wages):
        return wages

    def mixed(wage, born):
        return wage + born

    def resting(unknown, p):
        return where(unknown < p.line.standrd, 1, 0)

    def huge(wage):
        return wage * 10**12

    with pytest.raises(RuleError) as error:
        build(
            *(("person", "money", function) for function in (huge, a, b, c, d, on_a_circle, unknown, mixed)),
            ("person", "count", resting),
        )
    found = [(problem.code, problem.line) for problem in error.value.problems]
    first = {
        function.__name__: function.__code__.co_firstlineno
        for function in (a, b, c, d, on_a_circle, unknown, mixed, resting, huge)
    }
    assert sorted(found) == sorted(
        [
            ("rule.circle", first["a"]),
            ("rule.circle", first["c"]),
            ("rule.name", first["unknown"]),
            ("rule.kind", first["on_a_circle"]),
            ("rule.kind", first["mixed"]),
            ("rule.parameter", first["resting"]),
            ("rule.overflow", first["huge"]),
        ]
    )
    circle = next(problem for problem in error.value.problems if problem.line == first["a"])
    assert circle.value == f"a trial/test_graph.py:{first['a']}, b trial/test_graph.py:{first['b']}"


def one_fault(entity: str | None, kind: str, function: Callable[..., Any]) -> Problem:
    """The fault of one formula, which has its place."""
    with pytest.raises(RuleError) as error:
        build((entity, kind, function))
    (problem,) = error.value.problems
    assert problem.file == "trial/test_graph.py"
    assert problem.line == function.__code__.co_firstlineno
    return problem


@pytest.mark.parametrize(
    ("entity", "kind", "function", "code"),
    [
        ("person", "flag", lambda wage, cost: wage == per(cost, 2), "rule.quotient"),
        ("person", "flag", lambda wage, cost: per(cost, 2) == wage, "rule.quotient"),
        ("person", "flag", lambda wage, cost: wage != per(cost, 2), "rule.quotient"),
        ("person", "flag", lambda wage, cost: per(cost, 2) != per(wage, 2), "rule.quotient"),
        ("person", "money", lambda wage: per(wage, 2) + 1, "rule.quotient"),
        ("person", "money", lambda wage: per(wage, 2), "rule.quotient"),
        ("person", "money", lambda wage: wage.amount, "rule.attribute"),
        ("person", "money", lambda wage: wage + roundd(wage), "rule.python_name"),  # type: ignore[name-defined]  # noqa: F821
        ("person", "money", lambda wage: [wage][1], "rule.python"),
        ("person", "money", lambda wage: total(wage), "rule.rows"),
        ("household", "money", lambda wage, area: total(wage, where=area), "rule.rows"),
        ("household", "count", lambda area: how_many(area), "rule.rows"),
        ("person", "flag", lambda wage: all_of(), "rule.empty"),
        ("person", "flag", lambda wage: any_of(), "rule.empty"),
        ("person", "money", lambda wage: minimum(), "rule.empty"),
        ("household", "flag", lambda area: is_in(area), "rule.empty"),
        ("household", "code:tier", lambda area: minimum("none", "dibao"), "rule.order"),
        ("household", "code:area", lambda area: maximum(area, area), "rule.order"),
        ("household", "rate", lambda area, p: lookup(p.line.multiple, area), "rule.table"),
        (None, "rate", lambda p: entry(p.line.multiple, "urban"), "rule.table"),
        (None, "money", lambda wage: wage, "rule.entity"),
        (None, "flag", lambda owner__away: owner__away, "rule.entity"),
        ("person", "count", lambda by_owner__today: total(by_owner__today), "rule.link"),
        ("persn", "money", lambda wage: wage, "rule.unknown_entity"),
        ("person", "mony", lambda wage: wage, "rule.kind"),
    ],
)
def test_what_a_formula_gets_wrong_is_told_as_a_problem(
    entity: str | None, kind: str, function: Callable[..., Any], code: str
) -> None:
    assert one_fault(entity, kind, function).code == code


def test_value_and_remedy_come_through_the_graph() -> None:
    def line(p):
        return entry(p.line.standard, "urbn")

    problem = one_fault(None, "money", line)
    assert problem.sentence("en").endswith("line: not a code of 'area' [urbn] → use one of urban")
    assert one_fault("persn", "money", lambda wage: wage).remedy_en == "use person"


def test_english_sentences_hold_no_chinese() -> None:
    for function in (lambda wage, born: wage + born, lambda wage, born: where(wage < born, 1, 0)):
        assert one_fault("person", "count", function).sentence("en").isascii()


def test_a_date_that_is_none_is_refused_with_its_place() -> None:
    def net(wage):
        return wage

    with pytest.raises(RuleError) as error:
        Book("trial").formula("person", "money", since="2026-13-01", **WORDS)(net)
    (problem,) = error.value.problems
    assert (problem.code, problem.file, problem.line, problem.value) == (
        "date.bad",
        "trial/test_graph.py",
        net.__code__.co_firstlineno,
        "2026-13-01",
    )


def test_two_values_that_differ_keep_whose_they_are() -> None:
    def other(today, born):
        return today != born

    assert "other" in build(("person", "flag", other)).variables


def test_kinds_do_not_mix() -> None:
    def wrong(wage, born):
        return wage + born

    with pytest.raises(RuleError, match="different kinds"):
        build(("person", "money", wrong))


def test_the_declared_kind_must_be_the_result() -> None:
    def wrong(wage):
        return wage < 5

    with pytest.raises(RuleError, match="money and number are different kinds"):
        build(("person", "flag", wrong))

    def flag_as_money(wage, cost):
        return wage < cost

    with pytest.raises(RuleError, match="gives flag/1 of person but is declared money/1 of person"):
        build(("person", "money", flag_as_money))


def test_a_result_without_named_rounding_is_refused() -> None:
    def share(wage, p):
        return wage * p.fee.rate

    with pytest.raises(RuleError, match="money/10000 of person but is declared money/1"):
        build(("person", "money", share))

    def rounded(wage, p):
        return round_half_up(wage * p.fee.rate)

    assert "rounded" in build(("person", "money", rounded)).variables


def test_members_must_be_summed_before_they_meet_the_household() -> None:
    def wrong(wage):
        return maximum(wage, 0)

    with pytest.raises(RuleError, match="rows must be folded"):
        build(("household", "money", wrong))


def test_python_and_or_if_are_refused_with_the_remedy() -> None:
    def wrong(wage, cost):
        return wage if wage > cost else cost

    with pytest.raises(RuleError, match="use all_of, any_of, not_, where"):
        build(("person", "money", wrong))


def test_division_needs_a_name() -> None:
    def wrong(wage):
        return wage / 12

    with pytest.raises(RuleError, match="named rounding"):
        build(("person", "money", wrong))


def test_a_divisor_that_may_be_zero_is_refused() -> None:
    def mean(wage, cost):
        return round_half_up(per(wage, cost))

    with pytest.raises(RuleError, match="divisor may be zero"):
        build(("person", "count", mean))


def test_a_product_that_could_leave_64_bits_is_refused() -> None:
    def huge(wage):
        value = wage
        for _ in range(10):
            value = value * 10_000
        return value

    with pytest.raises(OverflowBoundError, match="may leave 64 bits"):
        build(("person", "money", huge))


def test_an_unknown_parameter_is_told_with_the_nearest() -> None:
    def line(area, p):
        return lookup(p.line.standrad, area)

    with pytest.raises(RuleError, match=r"no parameter line\.standrad; near: line\.standard"):
        build(("household", "money", line))


def test_a_table_is_read_by_its_own_codes() -> None:
    def line(asset_kind, p):
        return lookup(p.line.standard, asset_kind)

    with pytest.raises(RuleError, match=r"line.standard is keyed by code:area"):
        build(("asset", "money", line))


def test_a_computed_position_must_stay_inside_the_table() -> None:
    def outside(wage, p):
        return lookup_at(p.line.standard, round_half_up(per(wage, 5)) * 0 + 7)

    with pytest.raises(RuleError):
        build(("person", "money", outside))


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    def urban(area):
        return area == "urbn"

    with pytest.raises(RuleError, match="code set area has no urbn; near: urban"):
        build(("household", "flag", urban))


def test_two_versions_on_one_day_are_refused_and_on_two_days_chosen() -> None:
    trial = Book("trial")

    @trial.formula("person", "money", name="net", until="2026-07-01", **WORDS)
    def net_before(wage):
        return wage

    @trial.formula("person", "money", name="net", since="2026-07-01", **WORDS)
    def net_after(wage, cost):
        return wage - cost

    assert net_before.__code__ is not net_after.__code__
    assert Graph(SCHEMA, trial.formulas, date(2026, 6, 30)).formulas["net"].function is net_before
    assert Graph(SCHEMA, trial.formulas, DAY).formulas["net"].function is net_after

    trial.formula("person", "money", name="net", **WORDS)(net_before)
    with pytest.raises(RuleError, match="defined twice on 2026-07-01"):
        Graph(SCHEMA, trial.formulas, DAY)


def test_one_function_serves_several_names() -> None:
    trial = Book("trial")

    def write(name: str, of: str) -> None:
        @trial.formula("household", "money", name=name, using={"values": of}, **WORDS)
        def together(values):
            return total(values)

    write("wages", "wage")
    write("costs", "cost")
    graph = Graph(SCHEMA, trial.formulas, DAY)
    assert graph.inputs_of(["wages"]) == {"wage"}
    assert graph.inputs_of(["costs"]) == {"cost"}


def test_equal_operations_are_computed_once() -> None:
    def one(wage, cost):
        return maximum(wage - cost, 0)

    def two(wage, cost):
        return maximum(wage - cost, 0)

    graph = build(("person", "money", one), ("person", "money", two))
    assert graph.variables["one"].node == graph.variables["two"].node


def test_what_a_variable_rests_on() -> None:
    graph = Graph(SCHEMA, book.formulas, DAY)
    assert graph.inputs_of(["heads"]) == {"away", "born", "today"}
    assert "line.standard" in graph.inputs_of(["tier"])


def test_bounds_follow_from_facts_and_parameters() -> None:
    def capped(wage):
        return minimum(wage, 0) + where(all_of(wage > 0), 3, 0) * 0

    with pytest.raises(LawError):
        build(("person", "count", capped))

    def age_like(born, today):
        return today - born

    node = build(("person", "count", age_like))
    variable = node.variables["age_like"]
    assert node.nodes[variable.node].low == 19000101 - 20991231


def test_only_the_cause_is_told_and_not_what_follows_from_it() -> None:
    def cause(wage, born):
        return wage + born

    def consequence(cause):
        return cause * 2

    with pytest.raises(RuleError) as error:
        build(("person", "money", cause), ("person", "money", consequence))
    assert [problem.en.split(":")[0] for problem in error.value.problems] == ["cause"]
