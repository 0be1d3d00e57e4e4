"""The database of a load test: a county in the registry, and accounts of clerks in its townships."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from bench.measure import peak_memory, seconds
from bench.web_county import DAY, REGION, made

CLERKS, SAMPLES = 50, 400
ROLE = "township_clerk"
ENVIRONMENT = {"DOUDI_MODE": "demo", "DOUDI_SECOND_FACTOR": "off", "DOUDI_LOG_LEVEL": "ERROR"}


@contextmanager
def entered(folder: Path, county: Path) -> Iterator[float | None]:
    """The application on its own database under ``folder``, with a county that is entered unless it was.

    Gives the seconds of the entering; None when it was entered before.
    """
    os.environ |= {**ENVIRONMENT, "DOUDI_HOME": str(folder / "home")}
    from doudi.web.start import ready

    with ready():
        from doudi.web.demonstration.accounts import load as accounts
        from doudi.web.migration import migrate

        migrate()
        accounts()
        taken, new = seconds(lambda: _enter(county))
        yield taken if new else None


def _enter(county: Path) -> bool:
    """Enter the county and settle it; whether that was to be done."""
    from doudi.web.demonstration.county import enter, settle

    if not enter(county, DAY, lambda step: None):
        return False
    settle()
    return True


def prepare(folder: Path, persons: int) -> dict[str, Any]:
    """Make the county, enter it unless it is there, and give clerks new passwords; all lies under ``folder``.

    ``seconds`` and ``peak`` (bytes) are those of the entering, ``seconds`` None when it was entered before.
    """
    whole = made(folder / "county", persons)
    with entered(folder, whole) as taken:
        from doudi.web.start import collect_static

        peak = peak_memory()
        collect_static()
        people = pl.scan_parquet(whole / "evidence" / "people.parquet")
        told = {"seconds": taken, "peak": peak, "persons": people.select(pl.len()).collect().item()}
        clerks = _clerks()
    told["clerks"] = [{**clerk, "asked": _asked(whole, clerk["township"])} for clerk in clerks]
    (folder / "clerks.json").write_text(json.dumps(told["clerks"], ensure_ascii=False), "utf-8")
    return told


def _clerks() -> list[dict[str, Any]]:
    """As many clerks, spread over the townships in which somebody lives."""
    from django.db import transaction
    from django.utils import timezone

    from doudi.web.accounts.models import Region, User
    from doudi.web.accounts.passwords import random_password
    from doudi.web.database.scope import acting_as, system
    from doudi.web.registry.models import Household

    with acting_as(system()), transaction.atomic():
        lived = Household.objects.filter(county=REGION, size__gt=0).values_list(
            "region__parent_id", flat=True
        )
        codes = set(lived.distinct())
        townships = list(Region.objects.filter(code__in=codes, level="township").order_by("code"))
        found = []
        for number in range(CLERKS):
            township, username = townships[number % len(townships)], f"bench{number:02}"
            user = User.objects.filter(username=username).first() or User(username=username, name="测试员")
            user.role, user.region, password = ROLE, township, random_password()
            user.set_password(password)
            user.password_changed_at = timezone.now()
            user.save()
            found.append({"username": username, "password": password, "township": township.name})
    return found


def _asked(whole: Path, township: str) -> dict[str, list[str]]:
    """What clerks of a township look for: names and id numbers of people who live there."""
    people = pl.scan_parquet(whole / "evidence" / "people.parquet")
    here = people.filter(pl.col("village").str.starts_with(township), pl.col("state") == "present")
    sample = here.select("name", "id_number").drop_nulls().head(SAMPLES).collect()
    return {"names": sample["name"].to_list(), "ids": sample["id_number"].to_list()}
