"""References between the tables that are loaded by the million: what does not exist is not named, what is named is not deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from doudi.web.registry.models import Benefit, Household, Load, Membership, Person, Sheet, Tag
from doudi.web.registry.references import KEYS, REFERENCES
from tests.web.people import HERE
from tests.web.registry.conftest import household, person

NOWHERE = 2**40
MODELS = (Household, Person, Membership, Sheet, Benefit, Tag)


def refused(change: Any) -> str:
    """What the database says against a change."""
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        change()
    return str(said.value)


def test_every_reference_of_the_models_is_held_by_the_database():
    for model in MODELS:
        keys = {
            field.attname: field.related_model._meta.db_table
            for field in model._meta.get_fields()
            if field.many_to_one and not field.db_constraint
        }
        assert keys == REFERENCES[model._meta.db_table]
    assert {parent for columns in REFERENCES.values() for parent in columns.values()} == set(KEYS)


def test_a_row_that_names_what_does_not_exist_is_refused(everything: None):
    for table, columns in REFERENCES.items():
        for column, parent in columns.items():
            wrong = "'999988000000'" if parent == "accounts_region" else NOWHERE
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                if cursor.fetchone()[0]:
                    said = refused(lambda t=table, c=column, w=wrong: change(t, c, w))
                    assert f"{table} names by {column}" in said


def change(table: str, column: str, value: object) -> None:
    """Let the first row of a table name something, past the application."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {value} WHERE id = (SELECT min(id) FROM {table})")


def test_a_new_row_is_held_to_the_same(everything: None):
    home = household("h000001")
    assert "household_id" in refused(
        lambda: Tag.objects.create(
            region_id=home.region_id, household_id=NOWHERE, code="x", since="2026-08-01"
        )
    )
    assert "person_id" in refused(
        lambda: Membership.objects.create(
            region_id=home.region_id, household=home, person_id=NOWHERE, why="test"
        )
    )


def test_what_is_named_is_not_deleted(everything: None):
    for table, number in (
        ("registry_household", household("h000001").pk),
        ("registry_person", person("p000001").pk),
        ("registry_load", Load.objects.filter(region_id=f"{HERE}000000").get().pk),
    ):
        assert "is still named" in refused(lambda t=table, n=number: delete(t, n))


def delete(table: str, number: int) -> None:
    """Delete a row past the application."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [number])


def test_what_nothing_names_may_be_deleted(everything: None):
    home = household("h000001")
    alone = Household.objects.create(county=HERE, number="alone", region_id=home.region_id)
    delete("registry_household", alone.pk)
    assert not Household.objects.filter(number="alone").exists()
