"""Very many households imported from a workbook: checked, what is wrong sent back, agreed to by another, merged; and the counts add up."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from bench.measure import in_child
from bench.result import Result, shown
from bench.web_county import made_once
from bench.web_job import stored, work
from bench.web_load import HOME
from doudi.linkage.ids import check_digit

CLERK, HEAD, COUNTY = "county", "county.head", "999901"
RELATIONS = ("户主", "配偶", "子女")
FIRST_BIRTH, BIRTHS = (date(1950, 1, 1), date(1951, 1, 1), date(1985, 1, 1)), 7_000
"""From which day on the members of families are born, on so many days."""
FAULTY, KNOWN = 100, 250
"""Of so many households one has a village that does not exist, and one a member who is registered already."""
SERIALS = 300
"""Of each day, for each member of a family."""


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook, and what must become of its households."""

    content: bytes
    new: int
    error: int
    decide: int


def bring(households: int) -> Iterator[Result]:
    """Import so many households, of three each."""
    folder = Path(os.environ.get("DOUDI_BENCH_HOME") or HOME / "web-import")
    told = in_child("web-import", folder, households)
    print(
        f"  {told['megabytes']:.1f} MB; checked in {told['check']:.0f} s (processor {told['check_processor']:.0f} s), "
        f"merged in {told['merge']:.0f} s (processor {told['merge_processor']:.0f} s); at most {told['peak'] / 2**20:.0f} MiB; "
        f"new {told['new']}, sent back {told['error'] + told['decide']}"
    )
    yield shown("web.import_rate", households / (told["check"] + told["merge"]), "households/s")


def brought(folder: Path, households: int) -> dict[str, Any]:
    """Write the workbook, have it checked and merged by a worker, and see that the counts add up."""
    from bench.web_prepare import entered

    county = made_once(folder / "county")
    with entered(folder, county):
        before, series = _counted()
        written = _written(households, series, _known(county))
        batch = _taken(written.content)
        checked = work(batch.job_id)
        _must_be_sent_back(batch.pk, written)
        job = _agreed(batch.pk)
        merged = work(job)
        found = {"counts": stored(job).counts, "more": _counted()[0] - before}
        wanted = {"counts": {"merged": written.new, "left": written.decide}, "more": written.new}
        if found != wanted:
            raise RuntimeError(f"of {households} households: {found}, not {wanted}")
    return {
        "megabytes": len(written.content) / 1e6, "new": written.new, "error": written.error, "decide": written.decide,
        "check": checked.seconds, "check_processor": checked.processor, "merge": merged.seconds,
        "merge_processor": merged.processor, "peak": max(checked.peak, merged.peak),
    }  # fmt: skip


def _written(households: int, series: int, known: pl.DataFrame) -> Written:
    """The workbook; names and id numbers of its people are those of nobody, apart from some in ``known``."""
    import xlsxwriter

    buffer, error, decide = io.BytesIO(), 0, 0
    places, there = _villages(), known.iter_rows()
    numbers = [_id_numbers(series, households, line, known["id_number"]) for line in range(len(RELATIONS))]
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        homes, persons = book.add_worksheet("家庭"), book.add_worksheet("人员")
        homes.write_row(0, 0, ("家庭编号*", "乡镇", "村（社区）*", "住址", "城乡"))
        persons.write_row(0, 0, ("家庭编号*", "姓名*", "身份证号", "与户主关系*"))
        for place in range(households):
            number, (township, village) = f"导{series}-{place:06}", places[place % len(places)]
            faulty, doubtful = place % FAULTY == FAULTY - 1, place % KNOWN == 0
            error, decide = error + faulty, decide + doubtful
            home = (number, township, "没有的村" if faulty else village, "一组", "农村")
            homes.write_row(place + 1, 0, home)
            for line, relation in enumerate(RELATIONS):
                who = (f"测{chr(0x4E00 + series)}", numbers[line][place])
                who = next(there) if doubtful and relation == "配偶" else who
                persons.write_row(len(RELATIONS) * place + line + 1, 0, (number, *who, relation))
    return Written(buffer.getvalue(), households - error - decide, error, decide)


def _id_numbers(series: int, households: int, line: int, taken: pl.Series) -> pl.Series:
    """For each household a number with a right check digit under the county that does not exist, that nobody has.

    Raises:
        RuntimeError: no number is left, after many imports.
    """
    room = households + len(taken)
    if (series + 1) * room > SERIALS * BIRTHS:
        raise RuntimeError("no id number is left")
    index = pl.int_range(series * room, (series + 1) * room)
    born = pl.lit(FIRST_BIRTH[line]) + pl.duration(days=index % BIRTHS)
    serial = (SERIALS * line + index // BIRTHS).cast(pl.String).str.zfill(3)
    first = pl.concat_str(pl.lit(COUNTY), born.dt.strftime("%Y%m%d"), serial)
    numbers = pl.select(first=first).select(number=pl.col("first") + check_digit(pl.col("first"))).to_series()
    return numbers.filter(~numbers.is_in(taken.to_list())).head(households)


def _villages() -> list[tuple[str, str]]:
    """Townships and villages of the county by their names."""
    from django.db import transaction

    from doudi.web.accounts.models import Region
    from doudi.web.database.scope import acting_as, system

    with acting_as(system()), transaction.atomic():
        found = Region.objects.filter(code__startswith=COUNTY, level="village").order_by("code")
        return list(found.values_list("parent__name", "name"))


def _known(county: Path) -> pl.DataFrame:
    """Name and id number of those who live in the county and whose number is right; a wrong one is a fault of its own."""
    people = pl.scan_parquet(county / "evidence" / "people.parquet").filter(pl.col("state") == "present")
    number = pl.col("id_number")
    right = number.str.slice(17) == check_digit(number.str.slice(0, 17))
    return people.select("name", "id_number").filter(right).unique("id_number", maintain_order=True).collect()


def _taken(content: bytes) -> Any:
    """The upload of the clerk."""
    from doudi.web.imports import services

    with _as(CLERK) as clerk:
        return services.take(io.BytesIO(content), "名册.xlsx", len(content), clerk)


def _agreed(batch: int) -> int:
    """The head of the county agrees: the job that merges."""
    from doudi.web.imports import services

    with _as(HEAD) as head:
        return int(services.agree(batch, head, "同意").job_id)


@contextmanager
def _as(username: str) -> Iterator[Any]:
    """In one transaction, what an account does."""
    from django.db import transaction

    from doudi.web.accounts.models import User
    from doudi.web.audit.context import Actor, deeds_of
    from doudi.web.database.scope import acting_as, system

    with acting_as(system()), transaction.atomic():
        user = User.objects.get(username=username)
        with acting_as(user.scope), deeds_of(Actor(str(user.pk))):
            yield user


def _counted() -> tuple[int, int]:
    """How many households are registered, and how many imports there were."""
    from django.db import transaction

    from doudi.web.database.scope import acting_as, system
    from doudi.web.imports.models import Batch
    from doudi.web.registry.models import Household

    with acting_as(system()), transaction.atomic():
        return Household.objects.count(), Batch.objects.count()


def _must_be_sent_back(number: int, written: Written) -> None:
    """What is wrong or doubtful was counted, and goes back row by row, each with the fault of its household or person.

    Raises:
        RuntimeError: it is not so.
    """
    import tempfile

    from django.db import transaction

    from doudi.web.database.scope import acting_as, system
    from doudi.web.imports import files
    from doudi.web.imports.models import Batch, FileKind

    with acting_as(system()), transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        batch = Batch.objects.get(pk=number)
        back = files.lay_down(batch, FileKind.RETURNED, Path(folder))
        homes, persons = (
            pl.read_excel(back, sheet_name=name, columns=["错误"])["错误"] for name in ("家庭", "人员")
        )
    told = batch.counts["states"]
    found = (
        told,
        len(homes),
        len(persons),
        homes.fill_null("").str.len_chars().gt(0).sum(),
        persons.fill_null("").str.len_chars().gt(0).sum(),
    )
    back_again = written.error + written.decide
    wanted = (
        {"new": written.new, "error": written.error, "decide": written.decide},
        back_again, len(RELATIONS) * back_again, written.error, written.decide,
    )  # fmt: skip
    if found != wanted:
        raise RuntimeError(f"checked and sent back: {found}, not {wanted}")
