"""Work two at a time finds what work one after the other finds."""

from __future__ import annotations

import pytest

from doudi.evidence.abreast import FEW, abreast


@pytest.mark.parametrize("persons", [0, FEW, FEW + 1])
def test_what_is_found_comes_in_the_order_of_the_items(persons: int):
    assert list(abreast(lambda number: number * number, range(20), persons)) == [n * n for n in range(20)]


@pytest.mark.parametrize("persons", [FEW, FEW + 1])
def test_a_fault_is_told(persons: int):
    with pytest.raises(ZeroDivisionError):
        list(abreast(lambda number: 1 // number, [1, 0], persons))
