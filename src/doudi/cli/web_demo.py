"""``doudi web demo``: the demonstration in the browser, made ready once and answering at once ever after."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

from doudi.cli.demo_steps import Data, source_stamp, stamped, write_stamp
from doudi.cli.manner import say
from doudi.cli.options import BIND, WORKERS, speaking
from doudi.cli.web_registry import tell_step

_LIBRARIES = ("django", "procrastinate", "whitenoise")
"""Libraries that bring migrations or change what is collected."""


@click.command()
@BIND
@WORKERS
@click.option("--make", is_flag=True, help="先生成演示县 make the county of doudi demo first")
@click.option("--new-passwords", is_flag=True, help="重新生成口令 draw new passwords")
@click.option("--second-factor", is_flag=True, help="要求第二重验证 ask for the second factor")
@click.option("--no-serve", is_flag=True, help="只准备，不运行 make ready only")
@click.option(
    "--county", type=click.Path(path_type=Path), help="doudi demo 的文件夹 the folder of doudi demo"
)
@speaking
def demo(
    bind: str,
    workers: int,
    county: Path | None,
    make: bool,
    new_passwords: bool,
    second_factor: bool,
    no_serve: bool,
    language: str,
    as_json: bool,
) -> None:
    """演示系统：虚构的县、各阶段的办件、当夜的预警，每个角色一个账号，口令只显示一次。有 doudi demo 的结果就载入；办件和预警在网页打开以后录入。

    The demonstration: a made-up county with cases in every stage and a night of warnings that a village begins to answer,
    and one account for each role, whose passwords are shown once. The county of doudi demo is entered if it is there; its
    cases and warnings are entered while the pages answer.

    \b
    示例 Example:
      doudi web demo --make
    """
    from doudi.web.becoming import become_server
    from doudi.web.binding import must_be_free
    from doudi.web.database import serving

    if not no_serve:
        must_be_free(bind)
    os.environ.setdefault("DOUDI_SECOND_FACTOR", "on" if second_factor else "off")
    os.environ.setdefault("DOUDI_MODE", "demo")
    home = (county or Path(os.environ.get("DOUDI_HOME") or "build/demo")).absolute()
    if _is_ready(home) and not (new_passwords or no_serve):
        _tell_accounts([], bind, language, as_json)
        _tell_address(bind, language, as_json)
        become_server(bind, workers)
    with ExitStack() as held, ThreadPoolExecutor(1) as beside:
        reached = beside.submit(held.enter_context, serving())
        if make:
            _make(home, language)
        reached.result()
        _make_ready(home, new_passwords, bind, no_serve, language, as_json)
        _tell_address(bind, language, as_json)
        if not no_serve:
            become_server(bind, workers)


def _make(home: Path, language: str) -> None:
    """The county as far as its registry needs it; the database is made beside it, in a process of its own."""
    from doudi.cli.demo import DAY, PERSONS, REGION, SEED, before_lines
    from doudi.cli.demo_steps import Demonstration

    county = Demonstration(home, PERSONS, SEED, REGION, DAY, _read_in)
    with nullcontext() if _file().exists() else _preparing():
        told = county.done(False, language, until="built")
    for line in before_lines(told, language):
        click.echo(line, err=True)


def _read_in() -> None:
    """Load what the next steps and the registry need."""
    from doudi.cli.demo_steps import read_in
    from doudi.web.start import set_up

    read_in()
    set_up()


@contextmanager
def _preparing() -> Iterator[None]:
    """Let another process make the schema and collect static files beside a block. What it could not do is done, and its fault
    told, afterwards."""
    beside = get_context("spawn").Process(target=_prepare)
    beside.start()
    try:
        yield
    except BaseException:
        beside.terminate()
        raise
    finally:
        beside.join()


def _prepare() -> None:
    """The schema and static files, without a word."""
    from doudi.web.start import collect_static, ready

    with suppress(Exception), ready():
        from doudi.web.migration import migrate

        migrate()
        collect_static()


def _make_ready(
    home: Path, new_passwords: bool, bind: str, whole: bool, language: str, as_json: bool
) -> None:
    """Schema, accounts, static files and the county's registry; ``whole``: its cases and warnings, too."""
    from doudi.web.start import collect_static, only_in_demo, ready

    with ready(), ThreadPoolExecutor(1) as beside:
        only_in_demo()
        from doudi.web.demonstration.accounts import load
        from doudi.web.migration import migrate

        migrate()
        _tell_accounts(load(new_passwords), bind, language, as_json)
        collecting = beside.submit(collect_static)
        _enter(home, whole, language)
        collecting.result()
    stamp = _stamp(home)
    if stamp is not None:
        write_stamp(_file(), stamp, {})


def _enter(home: Path, whole: bool, language: str) -> None:
    """The county of ``doudi demo``, if it is there and not yet entered; its cases and warnings by a job."""
    from doudi.web.demonstration import background, county

    day = county.county_in(home)
    if day is None:
        click.echo(
            say(language, "先运行 doudi demo，就有一个县的数据", "run doudi demo first for a county's data"),
            err=True,
        )
        return
    gc.freeze()  # what was read in stays, and is not looked through again and again while rows come
    entered = county.enter(home, day, lambda step: tell_step(step, language))
    job = background.begin(home, entered)
    if job is not None and whole:
        background.do(job)
    elif job is not None:
        click.echo(
            say(
                language,
                "各阶段的办件和当夜的预警在网页打开以后录入，工作台上看得到进度",
                "cases in every stage and the night's warnings are entered while the pages answer; the work desk tells how far",
            ),
            err=True,
        )


def _is_ready(home: Path) -> bool:
    """Whether everything was made ready by this very program, for this county, in this database."""
    stamp = _stamp(home)
    return stamp is not None and stamped(_file(), stamp) is not None


def _file() -> Path:
    from doudi.web.home import home

    return home() / "demonstration.json"


def _stamp(county: Path) -> Data | None:
    """What the demonstration is ready under, told without asking the database; None where only the database can tell."""
    from importlib.metadata import version

    from doudi.web.home import home

    static = Path(os.environ.get("DOUDI_STATIC") or home() / "static")
    cluster = home() / "postgres" / "data" / "PG_VERSION"
    if os.environ.get("DATABASE_URL") or os.environ["DOUDI_MODE"] != "demo":
        return None
    program = source_stamp(
        ("",)
    )  # asked for before anything is made ready, and kept: it is of the program that made it
    if not (cluster.exists() and (static / "stamp.json").exists()):
        return None
    sources = county / "evidence" / "sources.json"
    stamp = {
        "program": program,
        "libraries": [version(name) for name in _LIBRARIES],
        "database": _trace(cluster),
        "static": _trace(static / "stamp.json"),
        "county": [str(county), _trace(sources) if sources.exists() else None],
    }
    return dict(json.loads(json.dumps(stamp)))


def _trace(path: Path) -> list[int]:
    """What tells a file from one that was put in its place."""
    about = path.stat()
    return [about.st_ino, about.st_size, about.st_mtime_ns]


def _tell_accounts(made: list[Any], bind: str, language: str, as_json: bool) -> None:
    from doudi.cli.output import print_json, print_table

    if as_json:
        print_json({"address": f"http://{bind}", "accounts": [each._asdict() for each in made]})
        return
    if made:
        heads = (
            ["账号", "角色", "口令（只显示这一次）"]
            if language == "zh"
            else ["account", "role", "password (shown once)"]
        )
        words = [str(each.role.label) if language == "zh" else each.role.value for each in made]
        print_table(
            heads, [[each.username, word, each.password] for each, word in zip(made, words, strict=True)]
        )
    else:
        click.echo(
            say(
                language,
                "账号已有；重新生成口令用 --new-passwords",
                "accounts are there; --new-passwords draws new ones",
            )
        )


def _tell_address(bind: str, language: str, as_json: bool) -> None:
    """Where the pages are, once they open; as JSON it was told with the accounts."""
    if not as_json:
        click.echo(say(language, f"网址：http://{bind}", f"address: http://{bind}"))
        click.echo(
            say(
                language,
                f"不用登录的自测：http://{bind}/check/",
                f"self-check without log-in: http://{bind}/check/",
            )
        )
