"""Sealing, the blind index, masks, and the change of keys."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from django.test import override_settings

from doudi.web.database.scope import acting_as, system
from doudi.web.registry.models import Person, Sheet
from doudi.web.registry.sensitive import (
    VaultError,
    blind,
    masked_id,
    masked_name,
    masked_number,
    open_sealed,
    seal,
)
from doudi.web.registry.sensitive.keys import new_key, read_keys
from doudi.web.registry.sensitive.rotation import rotate
from doudi.web.registry.sensitive.vault import key_number

OLD, NEW, INDEX = (base64.b64encode(bytes([value]) * 32).decode() for value in (1, 2, 3))
BOTH = f"2:{NEW} 1:{OLD} index:{INDEX}"


@override_settings(DATA_KEYS=f"1:{OLD} index:{INDEX}")
def test_what_is_sealed_opens_for_its_row_and_purpose_only():
    sealed = seal(b"13900000000", "phone", "999901/p1")
    assert open_sealed(sealed, "phone", "999901/p1") == b"13900000000"
    for purpose, owner in (("account", "999901/p1"), ("phone", "999901/p2")):
        with pytest.raises(VaultError):
            open_sealed(sealed, purpose, owner)
    with pytest.raises(VaultError):
        open_sealed(sealed[:-1] + bytes([sealed[-1] ^ 1]), "phone", "999901/p1")


def test_the_same_value_is_sealed_differently_each_time_and_indexed_the_same():
    assert seal(b"x", "phone", "a") != seal(b"x", "phone", "a")
    assert blind("x", "phone") == blind("x", "phone") != blind("x", "account")


@override_settings(DATA_KEYS=f"1:{OLD} index:{INDEX}")
def test_a_key_that_is_not_there_is_named_without_the_value():
    with override_settings(DATA_KEYS=f"2:{NEW} index:{INDEX}"):
        sealed = seal(b"13900000000", "phone", "a")
    with pytest.raises(VaultError, match="key 2"):
        open_sealed(sealed, "phone", "a")


@pytest.mark.parametrize("text", ["", f"1:{OLD}", f"index:{INDEX}", f"1:{OLD} 1:{NEW} index:{INDEX}", f"x:{OLD} index:{INDEX}",
                                  f"0:{OLD} index:{INDEX}", f"1:short index:{INDEX}", f"1:{OLD}= index:{INDEX}"])  # fmt: skip
def test_keys_that_are_wrong_are_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        read_keys(text)
    assert read_keys(f"7:{new_key()} index:{INDEX}").newest == 7


def test_rotation_seals_everything_anew_and_leaves_it_readable(people: object, county: object):
    with acting_as(system()):
        before = Person.objects.get(county="999901", number="p000001").plain("id_number")
        first = Sheet.objects.filter(number="p000001", county="999901").get()
        content, ours = first.content(), key_number(first.sealed)
    from django.conf import settings

    with override_settings(DATA_KEYS=f"{ours + 1}:{NEW} {settings.DATA_KEYS}"):
        done = rotate()
        assert done["sheet"] == 12
        with acting_as(system()):
            assert {key_number(sheet.sealed) for sheet in Sheet.objects.all()} == {ours + 1}
            assert Sheet.objects.get(pk=first.pk).content() == content
            assert Person.objects.get(county="999901", number="p000001").plain("id_number") == before
        assert rotate() == {"person": 0, "sheet": 0, "change": 0}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("李红", "李*"),
        ("王", "王*"),
        ("阿卜杜拉·买买提", "阿卜杜拉·***"),
        ("", ""),
        ("𠮷野家", "𠮷**"),
    ],
)
def test_names_are_masked(name: str, shown: str):
    assert masked_name(name) == shown


def test_numbers_are_masked():
    assert masked_id("123X") == "**************123X"
    assert masked_number("6222000000001234567") == "****4567"
    assert masked_number("12345678") == "********"


def test_the_keys_of_a_demonstration_are_made_once_and_for_its_user_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from doudi.web.environment import Environment

    monkeypatch.setenv("DOUDI_HOME", str(tmp_path))
    monkeypatch.setenv("DOUDI_MODE", "demo")
    assert Environment().data_keys() == Environment().data_keys()
    assert (tmp_path / "data-keys").stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["data-keys"]
