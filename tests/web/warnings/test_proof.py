"""What the sweep finds of all that is true of a made-up county is shown as it was found, or how to find it out."""

from __future__ import annotations

import json
from pathlib import Path

from doudi.web.accounts.roles import Role
from doudi.web.demonstration.proofs import FILE, show
from doudi.web.warnings.models import Proof
from tests.monitoring.test_proof import PROOF
from tests.web.people import People


def test_the_page_shows_the_newest_proof(people: People, tmp_path: Path):
    client = people.signed_in(Role.ANALYST)
    assert "doudi watch proof -o proof.json" in client.get("/figures/proof/").content.decode()
    assert not show(tmp_path)
    for persons in (5_000, 10_000, 10_000):
        (tmp_path / FILE).write_text(json.dumps({**PROOF, "persons": persons}), "utf-8")
        assert show(tmp_path)
    assert Proof.objects.count() == 2
    page = client.get("/figures/proof/").content.decode()
    assert "虚构的县 10000 人，24 个月的历史" in page
    assert "75% (3/4)" in page
    assert "92% (11/12)" in page
    assert PROOF["law"] in page
