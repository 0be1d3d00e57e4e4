"""The steps of the demonstration, from departments' files to determinations; each is done once and kept under a stamp."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import doudi

SOURCES = ("*.py", "*.yaml", "*.html", "*.js", "*.css", "*.svg")
RECEIVED_BY = "demo"
KEPT = ("departments", "registry", "truth", "store", "evidence", "results", "visits", "watched")
"""The folders that lie in a home."""
WORTH_SHARING = 20_000
"""Files of fewer persons are done sooner than other processes have started."""
Data = dict[str, Any]


def read_in() -> None:
    """Load what the next steps need."""
    from doudi.evidence.linking import load_libraries

    import_module("doudi.evidence.building")
    load_libraries()


@dataclass(frozen=True)
class Demonstration:
    """A county and the folder in which everything about it lies. ``meanwhile`` is done while other processes land its files."""

    home: Path
    persons: int
    seed: int
    region: str
    day: date
    meanwhile: Callable[[], None] = read_in

    def done(self, fresh: bool, language: str, until: str = "watched") -> Data:
        """What every step up to ``until`` tells, doing those that are not done: ``made``, ``landed``, ``built``, ``assessed``,
        ``visits``, ``watched``."""
        told: Data = {}
        stamp: Data = {
            "persons": self.persons,
            "seed": self.seed,
            "region": self.region,
            "day": self.day.isoformat(),
        }
        with ExitStack() as helpers:
            for step in STEPS:
                stamp = {**stamp, step.name: source_stamp(step.rooms)}
                path = self.home / f"{step.name}.json"
                found = None if fresh else stamped(path, stamp)
                if found is None:
                    self._refuse_real()
                    for later in STEPS[STEPS.index(step) :]:
                        (self.home / f"{later.name}.json").unlink(missing_ok=True)
                    if not step.shared:
                        helpers.close()
                    elif not told:
                        helpers.enter_context(self._helped())
                    found = step.work(self, language)
                    write_stamp(path, stamp, found)
                told[step.name] = found
                if step.name == until:
                    break
        return told

    def _refuse_real(self) -> None:
        """Raises PopulationError where the home holds the data of another county than one made up here."""
        from doudi.population.made_up import refuse_real_county

        if not (self.home / f"{STEPS[0].name}.json").exists():
            refuse_real_county(self.home, KEPT)

    def _helped(self) -> AbstractContextManager[None]:
        """The processes that share the files of this county."""
        from doudi.feeds.synthetic import kept

        return kept(self.processes) if self.processes > 1 else nullcontext()

    @property
    def processes(self) -> int:
        """How many processes share the files."""
        from doudi.feeds.synthetic import PROCESSORS

        return PROCESSORS if self.persons >= WORTH_SHARING else 1

    def lies(self, name: str) -> Path:
        """The folder of a step's results."""
        return self.home / name


def _make(of: Demonstration, language: str) -> Data:
    """The county, what is true of it, and all that its departments sent."""
    from doudi.feeds.synthetic import write_departments
    from doudi.population import register_at, world_of, write, write_world

    for name in ("departments", "registry", "truth"):
        shutil.rmtree(of.lies(name), ignore_errors=True)
    world = world_of(of.persons, of.seed, of.region)
    with ThreadPoolExecutor(1) as beside:
        sending = beside.submit(
            write_departments, world, of.lies("departments"), world.ends, seed=of.seed, registry=of.lies("registry"),
            processes=of.processes,
        )  # fmt: skip
        write_world(world, of.home)
        write(register_at(world, world.ends), of.lies("truth") / "register")
        sent = sending.result()
    return {"files": len(sent.files), "rows": sum(file.rows for file in sent.files)}


def _land(of: Demonstration, language: str) -> Data:
    """Every file in the order of its receipt."""
    from doudi.feeds.synthetic import land_all, read_sent

    shutil.rmtree(of.lies("store"), ignore_errors=True)
    sent = read_sent(of.lies("departments"))
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(of.meanwhile)
        reports = land_all(sent, of.lies("store"), RECEIVED_BY, of.processes)
        reading.result()
    tables = [table for report in reports for table in report.tables]
    counts = {
        name: sum(getattr(table, name) for table in tables)
        for name in ("records", "accepted", "rejected", "repeated", "blank", "notes", "superseded")
    }
    return {
        "files": len(sent.files),
        "landed": len(reports),
        "refused": len(sent.files) - len(reports),
        **counts,
    }


def _build(of: Demonstration, language: str) -> Data:
    """Facts of a day, with their sources."""
    from doudi.evidence import build

    built = build(of.lies("registry"), of.lies("store"), of.day, of.lies("evidence"), True, region=of.region)
    feeds = [feed for feed in built.sources["feeds"].values() if feed["read"]]
    named = [outcome for feed in feeds for outcome in feed["named"].values()]
    linked = {
        name: sum(outcome[name] for outcome in named) for name in ("linked", "review", "nobody", "unnamed")
    }
    return {"feeds": len(feeds), "people": built.sources["people"], "named": linked}


def _assess(of: Demonstration, language: str) -> Data:
    """The register under the law, with its results and report."""
    from doudi.cli.run import assessed, data_of

    register, out = of.lies("evidence") / "register", of.lies("results")
    return data_of(assessed(register, of.region, of.day.isoformat(), out, (), None, language))


def _visit(of: Demonstration, language: str) -> Data:
    """Who is worth a visit, held against what is true."""
    import polars as pl

    from doudi.assessment.outreach import assessed, outreach
    from doudi.assessment.outreach_files import write_outreach
    from doudi.assessment.outreach_score import score
    from doudi.assessment.outreach_words import counts
    from doudi.assessment.statute import law_of

    law = law_of(of.region, of.day)
    found = outreach(of.lies("evidence"), law)
    truth = assessed(of.lies("truth") / "register", law)
    planted = pl.read_parquet(of.lies("truth") / "planted.parquet").filter(pl.col("kind") == "silent")
    paths = write_outreach(found, of.lies("visits"))
    return {
        **counts(found.households), "files": [str(path) for path in paths],
        "score": score(found, truth, planted["household_id"]).as_data(),
    }  # fmt: skip


def _watch(of: Demonstration, language: str) -> Data:
    """The night of the day: every indicator held against the evidence."""
    from doudi.monitoring.run import watch

    out = of.lies("watched")
    shutil.rmtree(out, ignore_errors=True)
    night = watch(of.lies("evidence"), None, of.lies("store"), of.region, out)
    told = night.summary
    return {
        "warnings": told["warnings"], "tasks": told["to_answer"], "files": [str(path) for path in night.files]
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step, its work, the rooms whose change makes its results out of date, and whether processes share it."""

    name: str
    work: Callable[[Demonstration, str], Data]
    rooms: tuple[str, ...]
    shared: bool = False


STEPS = (
    Step("made", _make, ("population", "feeds", "facts"), shared=True),
    Step("landed", _land, ("feeds",), shared=True),
    Step("built", _build, ("evidence", "linkage", "facts")),
    Step("assessed", _assess, ("",)),
    Step("visits", _visit, ("",)),
    Step("watched", _watch, ("",)),
)


@cache
def source_stamp(rooms: tuple[str, ...]) -> str:
    """The sha256 over the files of rooms (an empty name: of all of Doudi): rules, parameters and program."""
    digest = sha256()
    for room in rooms:
        folder = Path(doudi.__file__).parent / room
        for path in sorted(path for pattern in SOURCES for path in folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def stamped(path: Path, stamp: Mapping[str, Any]) -> Data | None:
    """What was written under this stamp; None when there is nothing, it was written under another one, or files are gone."""
    try:
        written = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(written, dict) or written.get("stamp") != stamp:
        return None
    data = dict(written["data"])
    return data if all(Path(file).exists() for file in _files(data)) else None


def _files(data: Mapping[str, Any]) -> list[str]:
    listed = data.get("files")
    if isinstance(listed, Mapping):
        return [path for paths in listed.values() for path in paths]
    return listed if isinstance(listed, list) else []


def write_stamp(path: Path, stamp: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Keep what a step told, in one move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".new")
    waiting.write_text(json.dumps({"stamp": stamp, "data": data}, ensure_ascii=False), "utf-8")
    waiting.replace(path)
