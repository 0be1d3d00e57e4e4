"""The rules: a whole population and one household, beside openfisca-core on the same formulas."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import in_child
from bench.result import Result, at_least, at_most, faster, smaller

RUNS = 3
COUNTY_RUNS = 7
CALLS = 2000
MEBIBYTE = 2**20


def peer_name() -> str:
    """The peer and its version."""
    return f"openfisca-core {version('openfisca-core')}"


def population(households: int) -> Iterator[Result]:
    """Every intermediate value of ``households`` households: time and agreement."""
    with TemporaryDirectory() as folder:
        in_child("facts", folder, households)
        found = in_child("times", folder, RUNS)
    yield faster("rules.population", found["ours"], "s", peer_name(), found["peer"], 5)
    yield at_least("rules.agreement", 100 * found["equal"] / found["values"], "%", 100)


def memory(households: int) -> Iterator[Result]:
    """The peak memory of a process that does it, facts included."""
    with TemporaryDirectory() as folder:
        in_child("facts", folder, households)
        ours, peer = (in_child(task, folder)["peak"] / MEBIBYTE for task in ("memory-ours", "memory-peer"))
    yield smaller("rules.memory", ours, "MiB", peer_name(), peer, 0.5)


def household() -> Iterator[Result]:
    """One household of three persons, every value and both sides of every test."""
    found = in_child("household", CALLS)
    yield at_most("rules.household", 1000 * found["ours"], "ms", 0.1, peer_name(), 1000 * found["peer"])


def county(persons: int) -> Iterator[Result]:
    """A county's register from Parquet to determinations in Parquet, in process."""
    from statistics import median

    with TemporaryDirectory() as folder:
        register, output = Path(folder) / "register", Path(folder) / "out"
        register.mkdir()
        in_child("register", register, persons)
        found = in_child("county", register, output, COUNTY_RUNS)
    yield at_most("rules.county", median(found["runs"]), "s", 1)
