"""A clerk of a township at work, for locust: ``locust -f bench/web_clerk.py``. ``DOUDI_BENCH_CLERKS`` names the file of accounts.

Each signs in once, looks at lists and files, searches, writes notes, gives and takes tags, asks for changes, and thinks in
between. Requests are named ``read …``, ``write …`` or ``sign in``.
"""

from __future__ import annotations

import json
import os
import random
import re
from itertools import count
from pathlib import Path
from typing import Any

from locust import FastHttpUser, between, events, task

CLERKS = json.loads(Path(os.environ["DOUDI_BENCH_CLERKS"]).read_text("utf-8"))
RESULT = Path(os.environ["DOUDI_BENCH_RESULT"])
THINKS = tuple(float(part) for part in os.environ["DOUDI_BENCH_THINKS"].split("-"))
SEED = 2026
TABS = ("members", "means", "checks", "benefits", "determination", "history")
TIERS = ("", "dibao", "tekun", "low_margin", "none", "open")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_FILE = re.compile(r'href="/households/(\d+)/"')
_MEMBER = re.compile(r'<select name="person".*?<option value="(\d+)"', re.DOTALL)
_VERSION = re.compile(r'name="version" value="(\d+)"')
_numbers = count()


class Clerk(FastHttpUser):
    """One clerk."""

    wait_time = between(*THINKS)

    def on_start(self) -> None:
        """Sign in, and take the first list of households."""
        number = next(_numbers)
        self.clerk = CLERKS[number % len(CLERKS)]
        self.random = random.Random(SEED + number)
        self.files: list[str] = []
        self.changed: set[str] = set()
        page = self.client.get("/login/", name="sign in: page").text
        self._post(
            "/login/", page, "sign in", username=self.clerk["username"], password=self.clerk["password"]
        )
        self.households()

    @task(3)
    def households(self) -> None:
        """The list, by tier and page."""
        tier = self.random.choice(TIERS)
        page = self._get(f"/households/?tier={tier}&size=20", "read list")
        self.files = list(dict.fromkeys([*_FILE.findall(page), *self.files]))[:200]

    @task(3)
    def search(self) -> None:
        """The one box, with a name, the beginning of one, first letters, or all or the end of an id number."""
        page = self._get("/households/search/", "read search page")
        name, number = (
            self.random.choice(self.clerk["asked"]["names"]),
            self.random.choice(self.clerk["asked"]["ids"]),
        )
        text = self.random.choice((name, name[:2], "wxm", number, number[-4:]))
        self._post("/households/search/", page, "read search", text=text, after="")

    @task(5)
    def file(self) -> None:
        """A file, and some of its tabs."""
        number = self._file()
        self._get(f"/households/{number}/", "read file")
        for tab in self.random.sample(TABS, 2):
            self.wait()
            self._get(f"/households/{number}/{tab}/", f"read {tab}")
            if tab == "determination":
                # Browsers ask for this part when it comes into sight, which is taken to be always.
                self._get(f"/households/{number}/determination/otherwise/", "read otherwise", part=True)

    @task(1)
    def note(self) -> None:
        """A note in a file."""
        number = self._file()
        page = self._get(f"/households/{number}/", "read file")
        self._post(f"/households/{number}/note/", page, "write note", text="入户走访，情况与登记一致。")

    @task(1)
    def tag(self) -> None:
        """A tag given, and taken off again."""
        number = self._file()
        page = self._get(f"/households/{number}/", "read file")
        self._post(f"/households/{number}/tag/", page, "write tag", tag="key_visit")
        self._post(f"/households/{number}/tag/", page, "write tag", take="key_visit")

    @task(1)
    def change(self) -> None:
        """A change asked for, once for each household."""
        number = self._file()
        if number in self.changed:
            return
        self.changed.add(number)
        page = self._get(f"/households/{number}/change/", "read change form")
        member, version = _MEMBER.search(page), _VERSION.search(page)
        if member and version:
            self._post(
                f"/households/{number}/change/", page, "write change", kind="contact", on="2026-08-01", person=member[1],
                phone="01060000000", reason="本人来电更新", version=version[1],
            )  # fmt: skip

    def _file(self) -> str:
        return self.random.choice(self.files)

    def _get(self, path: str, name: str, part: bool = False) -> str:
        headers = {"HX-Request": "true"} if part else {}
        with self.client.get(path, name=name, headers=headers, catch_response=True) as answer:
            self._judge(answer)
            return answer.text or ""

    def _post(self, path: str, page: str, name: str, **data: Any) -> None:
        """Send a form of the page; whoever writes is led to another page, which is not fetched."""
        token = _TOKEN.search(page)
        data["csrfmiddlewaretoken"] = token[1] if token else ""
        with self.client.post(path, data, name=name, catch_response=True, allow_redirects=False) as answer:
            self._judge(answer)

    def _judge(self, answer: Any) -> None:
        """Anything but a page, or the way to one, is an error; so is being led to the log-in."""
        if answer.status_code not in (200, 302) or "/login/" in (answer.headers or {}).get("Location", ""):
            answer.failure(f"status {answer.status_code}")


@events.quitting.add_listener
def tell(environment: Any, **_: Any) -> None:
    """Write how long requests took, in milliseconds → how many."""
    found = [
        {"name": name, "times": dict(entry.response_times), "errors": entry.num_failures}
        for (name, _method), entry in environment.stats.entries.items()
    ]
    RESULT.write_text(json.dumps(found), "utf-8")
