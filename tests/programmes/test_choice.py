"""The combination is lawful, and no lawful combination is better: held against every combination there is."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.programmes.choice import Problem, best, components, lawful, payments

AMOUNTS = st.integers(1, 1_000)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to nine options with any relations between them; what an option is netted by or requires comes before it."""
    size = draw(st.integers(1, 9))
    keys = [(f"p{number}", draw(st.sampled_from([-1, 0]))) for number in range(size)]
    pairs = [(one, other) for other, one in combinations(keys, 2)]
    some = st.lists(st.sampled_from(pairs), max_size=4, unique=True) if pairs else st.just([])
    members = st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True)
    caps = draw(st.lists(st.tuples(members.map(tuple), st.integers(0, 1_500)), max_size=2))
    return Problem(
        {key: draw(AMOUNTS) for key in keys},
        frozenset(frozenset(pair) for pair in draw(some)),
        tuple(draw(some)),
        tuple(draw(some)),
        tuple(caps),
    )


@settings(max_examples=300, deadline=None)
@given(problems())
def test_no_lawful_combination_pays_more(problem: Problem):
    everything = (
        set(chosen)
        for size in range(len(problem.values) + 1)
        for chosen in combinations(problem.values, size)
    )
    most = max(sum(payments(problem, chosen).values()) for chosen in everything if lawful(problem, chosen))
    found = best(problem)
    assert lawful(problem, found.paid)
    assert found.total == most
    assert found.paid == payments(problem, found.paid)


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_in_which_relations_are_declared_does_not_matter(problem: Problem, chance):
    requires, netted, caps = list(problem.requires), list(problem.netted), list(problem.caps)
    for each in (requires, netted):
        chance.shuffle(each)
    same = Problem(problem.values, problem.excluded, tuple(requires), tuple(netted), tuple(caps))
    assert best(same).paid == best(problem).paid


@settings(max_examples=100, deadline=None)
@given(problems())
def test_groups_share_nothing_and_together_are_everything(problem: Problem):
    found = [key for component in components(problem) for key in component]
    assert sorted(found) == sorted(problem.values)


def test_of_two_that_exclude_each_other_the_higher_is_paid():
    problem = Problem({("a", -1): 100, ("b", -1): 200}, frozenset({frozenset({("a", -1), ("b", -1)})}))
    assert best(problem).paid == {("b", -1): 200}


def test_of_two_equal_ones_the_earlier_is_paid():
    problem = Problem({("a", -1): 100, ("b", -1): 100}, frozenset({frozenset({("a", -1), ("b", -1)})}))
    assert best(problem).paid == {("a", -1): 100}


def test_two_small_ones_beat_a_large_one_that_excludes_both():
    one, two, large = ("one", -1), ("two", -1), ("large", -1)
    excluded = frozenset({frozenset({large, one}), frozenset({large, two})})
    assert best(Problem({large: 150, one: 100, two: 100}, excluded)).paid == {one: 100, two: 100}


def test_one_that_is_netted_pays_the_difference():
    problem = Problem({("child", 0): 1_000, ("family", 0): 400}, netted=((("child", 0), ("family", 0)),))
    assert best(problem).paid == {("child", 0): 600, ("family", 0): 400}


def test_within_a_common_cap_the_last_gives_way():
    keys = (("first", -1), ("second", -1))
    assert best(Problem({keys[0]: 300, keys[1]: 300}, caps=((keys, 400),))).paid == {
        keys[0]: 300,
        keys[1]: 100,
    }


def test_the_search_prunes():
    keys = [(f"p{number:02d}", -1) for number in range(20)]
    excluded = frozenset(frozenset(pair) for pair in combinations(keys, 2))
    found = best(Problem({key: 100 + place for place, key in enumerate(keys)}, excluded))
    assert found.paid == {keys[-1]: 119}
    assert found.looked_at < 2**12
