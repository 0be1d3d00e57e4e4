"""A few kernels serve every set of unknown facts."""

from __future__ import annotations

from doudi.assessment.unknowns import EXACT, covering


def names(*facts: str) -> frozenset[str]:
    return frozenset(facts)


def test_the_smallest_kernel_that_serves_is_taken():
    made = [names("a", "b", "c"), names("a", "b")]
    assert covering(made, names("a")) == names("a", "b")
    assert len(made) == 2


def test_the_first_kernels_fit_exactly():
    made = [names("a")]
    assert covering(made, names("b")) == names("b")
    assert made == [names("a"), names("b")]


def test_later_kernels_serve_all_that_was_ever_unknown():
    made = [names(str(number)) for number in range(EXACT)]
    wide = covering(made, names("x"))
    assert wide == names("x", *map(str, range(EXACT)))
    assert covering(made, names("x", "1")) == wide
