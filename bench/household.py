"""One household of three persons in process, by us under the whole law and by OpenFisca under what it can express."""

from __future__ import annotations

from pathlib import Path

from bench.measure import median_call

FILE = Path(__file__).with_name("household.yaml")
PERSONS = 3


def seconds_for_one(calls: int) -> float:
    """The median time of an assessment with its full trace; the law is loaded and the facts are read beforehand."""
    from bench.law import DAY, REGION
    from doudi.assessment.determination import assess
    from doudi.assessment.statute import law_of
    from doudi.facts.household_file import read_household

    household, statute = read_household(FILE, DAY), law_of(REGION, DAY)
    return median_call(calls, lambda: assess(household, statute))


def peer_seconds(calls: int) -> float:
    """The median time of a simulation of one household: facts put in, every variable computed."""
    from bench.facts import generate
    from bench.law import person_law
    from bench.openfisca_peer import OpenFisca

    law = person_law()
    peer = OpenFisca.of(law)
    population = generate(law.facts, 1, size=PERSONS)
    return median_call(calls, lambda: peer.calculate(peer.simulation(population)))
