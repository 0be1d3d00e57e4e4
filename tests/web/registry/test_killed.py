"""A load that is killed in the middle leaves what was there before, and can be done again at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.db import transaction

from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.models import Benefit, Household, Load, Membership, Person, Sheet, Tag
from tests.web.people import HERE, People
from tests.web.registry.conftest import homes
from tests.web.registry.county import DAY, LATER, write

MODELS = (Household, Person, Membership, Sheet, Tag, Benefit, Load)
CHILD = """
import os, sys, time
from datetime import date
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "doudi.web.settings"
import django
django.setup()
from django.db import connections
from doudi.web.registry.loading import load
connections["default"].settings_dict["NAME"] = sys.argv[1]

def step(name):
    if name == sys.argv[4]:
        print("here", flush=True)
        time.sleep(600)

load(Path(sys.argv[2]), "999901", date.fromisoformat(sys.argv[3]), progress=step)
"""


def rows() -> dict[str, list]:
    """Everything that a load writes."""
    with acting_as(system()), transaction.atomic():
        return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def kill_in(step: str, folder: Path, database: str) -> None:
    """Begin a load in a process of its own, and kill it when it comes to a step."""
    command = [sys.executable, "-c", CHILD, database, str(folder), LATER.isoformat(), step]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
        os.kill(child.pid, signal.SIGKILL)


def test_a_killed_load_leaves_the_old_state_and_is_done_again(own_database: str, tmp_path: Path):
    with acting_as(system()), transaction.atomic():
        assert People().regions
    later = homes()
    later[0].people[0].facts["wage"] = "12000.00"
    load(write(tmp_path / "first", homes()), HERE, DAY)
    before, folder = rows(), write(tmp_path / "later", later, LATER)
    for step in ("persons", "sheets of persons"):
        kill_in(step, folder, own_database)
        assert rows() == before
    done = load(folder, HERE, LATER)
    assert (done.counts["person_sheets"], done.counts["households"]) == (1, 3)
    assert load(folder, HERE, LATER).changed == 0
