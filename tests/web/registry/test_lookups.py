"""The indexes by which people are looked up are set aside for the first county alone, and come back as they were."""

from __future__ import annotations

from pathlib import Path

from django.db import connections, transaction

from doudi.web.database.scope import acting_as, system
from doudi.web.registry.loading import load
from doudi.web.registry.loading.lookups import restore, set_aside
from doudi.web.registry.models import Person, Sheet
from tests.web.people import HERE, People
from tests.web.registry.conftest import homes
from tests.web.registry.county import DAY, write


def indexes() -> dict[str, str]:
    """The indexes of persons and sheets, as the database has them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'registry_%'")
        return dict(cursor.fetchall())


def test_they_are_set_aside_while_nobody_is_registered_and_come_back(own_database: str, tmp_path: Path):
    before = indexes()
    with acting_as(system()), transaction.atomic():
        assert not Person.objects.exists()
        set_aside()
    assert indexes() == before, "somebody else was at work in the tables"
    set_aside()
    named = {index.name for model in (Person, Sheet) for index in model._meta.indexes}
    assert before.keys() - indexes().keys() == named
    restore()
    assert indexes() == before
    with acting_as(system()), transaction.atomic():
        assert People().regions
    load(write(tmp_path, homes()), HERE, DAY)
    set_aside()
    assert indexes() == before, "somebody is registered"
