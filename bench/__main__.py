"""``python -m bench [NAME]``: run the benchmarks whose name begins so, print a line per bar, write ``bench/results.json``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bench import (
    cli,
    feeds,
    linkage,
    monitoring,
    population,
    programmes,
    rules,
    web_approve,
    web_import,
    web_load,
)
from bench.result import Result, write

FILE = Path(__file__).with_name("results.json")
HOUSEHOLDS, PERSONS, REGISTERED, PROPOSALS, BROUGHT = 1_000_000, 500_000, 50_000, 2_000, 2_000

Benchmarks = Mapping[tuple[str, ...], Callable[[], Iterator[Result]]]


def benchmarks(
    households: int,
    persons: int,
    registered: int = REGISTERED,
    proposals: int = PROPOSALS,
    brought: int = BROUGHT,
    run: int = web_load.SECONDS,
) -> Benchmarks:
    """All benchmarks by the names of the bars that they give."""
    return {
        ("rules.population", "rules.agreement"): lambda: rules.population(households),
        ("rules.memory",): lambda: rules.memory(households),
        ("rules.household",): rules.household,
        ("rules.county",): lambda: rules.county(persons),
        ("population.rate",): population.make,
        ("programmes.household",): programmes.household,
        ("programmes.population", "programmes.memory"): lambda: programmes.population(households),
        ("feeds.rate", "feeds.flat", "feeds.memory"): feeds.land,
        ("linkage.precision", "linkage.recall", "linkage.seconds", "linkage.memory"): linkage.county,
        ("linkage.febrl4_precision", "linkage.febrl4_recall"): linkage.febrl4,
        ("monitoring.sweep", "monitoring.memory", "monitoring.changed", "monitoring.three"): monitoring.sweep,
        ("monitoring.recall", "monitoring.silent"): monitoring.recall,
        ("web.load_entering", "web.load_reads", "web.load_writes", "web.load_errors"): lambda: web_load.load(
            registered, run=run
        ),
        ("web.approve_rate",): lambda: web_approve.approve(proposals),
        ("web.import_rate",): lambda: web_import.bring(brought),
        ("cli.help",): cli.show_help,
        ("cli.assess",): cli.assess,
    }


def run(prefix: str, chosen: Benchmarks) -> Iterator[Result | None]:
    """The bars whose name begins with ``prefix``, as they are found; None for a benchmark that breaks off."""
    for names, benchmark in chosen.items():
        if not any(name.startswith(prefix) for name in names):
            continue
        try:
            yield from (result for result in benchmark() if result.name.startswith(prefix))
        except subprocess.CalledProcessError as error:
            print(f"{', '.join(names)}: broke off: {error}", file=sys.stderr)
            yield None


def main(args: Sequence[str] | None = None, file: Path = FILE) -> int:
    """Run and report. 0: all were measured, whether or not their bars hold; 1: one broke off; 2: no bar has such a name."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Benchmarks: one line per bar.")
    parser.add_argument("name", nargs="?", default="", help="only the bars whose name begins so")
    parser.add_argument(
        "--households", type=int, default=HOUSEHOLDS, help="for rules.population and rules.memory"
    )
    parser.add_argument("--persons", type=int, default=PERSONS, help="for rules.county")
    parser.add_argument(
        "--registered", type=int, default=REGISTERED, help="persons in the registry, for web.load"
    )
    parser.add_argument("--run", type=int, default=web_load.SECONDS, help="seconds of work, for web.load")
    parser.add_argument("--proposals", type=int, default=PROPOSALS, help="for web.approve")
    parser.add_argument("--brought", type=int, default=BROUGHT, help="households of a file, for web.import")
    chosen = parser.parse_args(args)
    all_of_them = benchmarks(
        chosen.households, chosen.persons, chosen.registered, chosen.proposals, chosen.brought, chosen.run
    )
    found: list[Result | None] = []
    for result in run(chosen.name, all_of_them):
        if result is not None:
            print(result.line(), flush=True)
        found.append(result)
    if not found:
        print(f"no bar begins with {chosen.name!r}", file=sys.stderr)
        return 2
    write([result for result in found if result is not None], file)
    return 1 if None in found else 0


if __name__ == "__main__":
    sys.exit(main())
