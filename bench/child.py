"""The tasks that a child process does: ``python -m bench.child TASK …``; the last line of its output is the report, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import peak_memory, seconds


def facts(folder: str, households: str) -> dict[str, Any]:
    """Write a population."""
    from bench.facts import generate
    from bench.law import person_law

    population = generate(person_law().facts, int(households))
    population.save(Path(folder))
    return {"persons": len(population.parents)}


def times(folder: str, runs: str) -> dict[str, Any]:
    """Both sides in turn over the population in ``folder``: medians in seconds, and how many values agree."""
    from bench.facts import Population
    from bench.law import equal_values, person_law
    from bench.openfisca_peer import OpenFisca

    law, population = person_law(), Population.open(Path(folder)).loaded()
    columns, peer = law.columns(population), OpenFisca.of(law)
    ours: list[float] = []
    theirs: list[float] = []
    equal = values = 0
    for _ in range(int(runs)):
        taken, found = seconds(lambda: law.run(columns))
        ours.append(taken)
        simulation = peer.simulation(population)
        taken, computed = seconds(lambda simulation=simulation: peer.calculate(simulation))  # type: ignore[misc]
        theirs.append(taken)
        equal, values = equal_values(found, computed)
        del found, computed, simulation
    return {"ours": median(ours), "peer": median(theirs), "equal": equal, "values": values}


def memory_ours(folder: str) -> dict[str, Any]:
    """The peak of a process that reads the population and computes every value."""
    from bench.facts import Population
    from bench.law import person_law

    law = person_law()
    found = law.run(law.columns(Population.open(Path(folder)).loaded()))
    return {"peak": peak_memory(), "variables": len(found)}


def memory_peer(folder: str) -> dict[str, Any]:
    """The same, by OpenFisca; each column is let go once it has its own."""
    from bench.facts import Population
    from bench.law import person_law
    from bench.openfisca_peer import OpenFisca

    peer = OpenFisca.of(person_law())
    simulation = peer.simulation(Population.open(Path(folder)))
    found = peer.calculate(simulation)
    return {"peak": peak_memory(), "variables": len(found)}


def household(calls: str) -> dict[str, Any]:
    """One household with full trace: the median of many calls, in seconds, of both sides."""
    from bench.household import peer_seconds, seconds_for_one

    return {"ours": seconds_for_one(int(calls)), "peer": peer_seconds(int(calls) // 20)}


def register(folder: str, persons: str) -> dict[str, Any]:
    """Write a synthetic register as Parquet."""
    from doudi.population import generate, write

    tables = generate(int(persons))
    write(tables, Path(folder))
    return {"households": tables["households"].height}


def county(folder: str, output: str, runs: str) -> dict[str, Any]:
    """A register from Parquet to Parquet: seconds of each run, the first with the law still to load."""
    from doudi.rules.memory import keep_memory

    keep_memory()
    from bench.county import assess_county

    return {"runs": [seconds(lambda: assess_county(Path(folder), Path(output)))[0] for _ in range(int(runs))]}


def linkage_county(folder: str, persons: str, rows: str, linked: str) -> dict[str, Any]:
    """Write rows with known truth."""
    from bench.linkage import write_county

    write_county(Path(folder), int(persons), int(rows), int(linked))
    return {}


def linkage(folder: str) -> dict[str, Any]:
    """Link them, from files to files."""
    from bench.linkage import link_county

    return link_county(Path(folder))


def linkage_febrl() -> dict[str, Any]:
    """Link FEBRL4."""
    from bench.linkage import link_febrl4

    return link_febrl4()


def population(persons: str, runs: str) -> dict[str, Any]:
    """Make the truth of a county."""
    from bench.population import make_world

    return make_world(int(persons), int(runs))


def feeds_file(path: str, rows: str) -> dict[str, Any]:
    """Write a department's file."""
    from bench.feeds import write_file

    return write_file(Path(path), int(rows))


def feeds_land(path: str) -> dict[str, Any]:
    """Land it in a new store."""
    from bench.feeds import land_file

    return land_file(Path(path))


def programmes_household() -> dict[str, Any]:
    """Every programme for one household."""
    from bench.programmes import one_household

    return one_household()


def programmes_population(households: str) -> dict[str, Any]:
    """Every programme for a population."""
    from bench.programmes import whole_population

    return whole_population(int(households))


def monitoring_county(folder: str, persons: str) -> dict[str, Any]:
    """Two nights of so many persons."""
    from bench.monitoring import county as make

    return make(Path(folder), int(persons))


def monitoring_sweep(folder: str, how: str) -> dict[str, Any]:
    """Sweep them, ``full`` or ``changed``."""
    from bench.monitoring import sweep_county

    return sweep_county(Path(folder), how)


def monitoring_peer(folder: str) -> dict[str, Any]:
    """A few indicators beside the peer."""
    from bench.monitoring import compare

    return compare(Path(folder))


def monitoring_recall() -> dict[str, Any]:
    """What is found of what was planted."""
    from doudi.monitoring.proof.proving import prove

    return prove()


def web_prepare(folder: str, persons: str) -> dict[str, Any]:
    """A county in the registry of the web application, with accounts of clerks."""
    from bench.web_prepare import prepare

    told = prepare(Path(folder), int(persons))
    return {name: told[name] for name in ("seconds", "peak", "persons")}


def web_approve(folder: str, proposals: str) -> dict[str, Any]:
    """Proposals confirmed in one action by a worker."""
    from bench.web_approve import confirmed

    return confirmed(Path(folder), int(proposals))


def web_import(folder: str, households: str) -> dict[str, Any]:
    """Households imported from a workbook by a worker."""
    from bench.web_import import brought

    return brought(Path(folder), int(households))


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    task.__name__.replace("_", "-"): task
    for task in (
        facts,
        times,
        memory_ours,
        memory_peer,
        household,
        register,
        county,
        population,
        programmes_household,
        programmes_population,
        feeds_file,
        feeds_land,
        linkage_county,
        linkage,
        linkage_febrl,
        monitoring_county,
        monitoring_sweep,
        monitoring_peer,
        monitoring_recall,
        web_prepare,
        web_approve,
        web_import,
    )
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
