"""``doudi web``: the web application, its database and its accounts."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from doudi.cli.manner import say
from doudi.cli.options import BIND, FILE, WORKERS, speaking
from doudi.cli.web_convergence import converge_load, demo_converge
from doudi.cli.web_demo import demo
from doudi.cli.web_jobs import worker
from doudi.cli.web_registry import export_registry, keys, load
from doudi.cli.web_warnings import outreach_load, proof_load, watch_answers, watch_decisions, watch_load

_ROLES = (
    "resident", "village_assistant", "township_clerk", "township_head", "county_clerk", "county_head", "department",
    "organisation", "analyst", "system_administrator", "security_administrator", "auditor",
)  # fmt: skip


@click.group()
def web() -> None:
    """网页系统：运行、数据库、账号。The web application: running it, its database, its accounts.

    \b
    示例 Example:
      doudi web demo
      doudi web migrate
      doudi web run --bind 0.0.0.0:8000
      doudi web user add security security_administrator 999901000000 陈安
    """
    from doudi.cli.extra import need_web

    need_web()


@web.command()
@BIND
@WORKERS
@speaking
def run(bind: str, workers: int, language: str, as_json: bool) -> None:
    """运行网页系统（gunicorn）。数据库结构须是最新的。Serves the web application; the schema must be up to date.

    \b
    示例 Example:
      doudi web run --bind 0.0.0.0:8000 --workers 4
    """
    from doudi.web.becoming import become_server
    from doudi.web.binding import must_be_free
    from doudi.web.start import collect_static, ready

    must_be_free(bind)
    with ready():
        from doudi.web.migration import must_be_current

        must_be_current()
        collect_static()
        become_server(bind, workers)


@web.command()
@speaking
def migrate(language: str, as_json: bool) -> None:
    """更新数据库结构，并给应用授权。Brings the schema up to date and grants the application what it needs.

    \b
    示例 Example:
      doudi web migrate
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.migration import migrate as bring_up

        applied = bring_up()
    if as_json:
        print_json({"applied": applied})
    else:
        click.echo(say(language, f"更新了 {len(applied)} 步", f"{len(applied)} steps applied"))


@web.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@speaking
def manage(words: tuple[str, ...], language: str, as_json: bool) -> None:
    """Django 的管理命令，数据库已备好；有 --json 时输出在 output 里。Django's own commands, with the database reached.

    \b
    示例 Example:
      doudi web manage check --deploy
      doudi web manage makemigrations
    """
    from contextlib import redirect_stdout
    from io import StringIO

    from doudi.cli.output import print_json
    from doudi.web.start import ready

    said = StringIO()
    with ready():
        from django.core.management import execute_from_command_line

        with redirect_stdout(said) if as_json else nullcontext():
            execute_from_command_line(["doudi web manage", *words])
    if as_json:
        print_json({"output": said.getvalue()})


@web.command()
@click.option("--compile", "compile_only", is_flag=True, help="只编译 compile only")
@speaking
def messages(compile_only: bool, language: str, as_json: bool) -> None:
    """收集界面文字，编译英文词表（需要 GNU gettext）。Gathers the texts of the pages and compiles the English catalogues.

    \b
    示例 Example:
      doudi web messages
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready("test"):
        from doudi.web.messages import compile_all, gather, rooms

        compile_all() if compile_only else gather()
        found = [room.name for room in rooms()]
    if as_json:
        print_json({"rooms": found})
    else:
        click.echo(say(language, f"已编译 {'、'.join(found)}", f"compiled: {', '.join(found)}"))


@web.command()
@click.argument("deed", type=click.Choice(("status", "start", "stop")))
@speaking
@click.pass_context
def database(ctx: click.Context, deed: str, language: str, as_json: bool) -> None:
    """自带数据库的状态、启动、停止；停止不问谁在用。The private server: status, start, stop whoever uses it.

    \b
    示例 Example:
      doudi web database status
    """
    from doudi.cli.output import print_json
    from doudi.web.database import private

    server = private()
    if server is None:
        click.echo(say(language, "用的是 DATABASE_URL 指定的数据库", "DATABASE_URL names the database"))
        return
    if deed == "start":
        server.start()
    elif deed == "stop":
        server.stop()
    process = server.process()
    if as_json:
        print_json({"folder": str(server.folder), "socket": str(server.socket), "process": process})
    elif process:
        click.echo(say(language, f"运行中 {process} {server.folder}", f"running {process} {server.folder}"))
    else:
        click.echo(say(language, f"未运行 {server.folder}", f"not running {server.folder}"))


@web.group()
def user() -> None:
    """账号。Accounts.

    The first security administrator is made here; all others in the browser.
    """


@user.command("add")
@click.argument("username")
@click.argument("role", type=click.Choice(_ROLES))
@click.argument("region")
@click.argument("name")
@click.option("--organisation", default="", help="单位 organisation")
@speaking
def add_user(
    username: str, role: str, region: str, name: str, organisation: str, language: str, as_json: bool
) -> None:
    """新建并启用一个账号，口令只显示一次。Makes an account that is open; its password is shown once.

    \b
    示例 Example:
      doudi web user add security security_administrator 999901000000 陈安
    """
    from doudi.web.start import ready

    with ready():
        from doudi.web.accounts.services.first import add_open_account

        password = add_open_account(username, role, region, name, organisation)
    _tell_password(username, password, language, as_json)


@user.command("password")
@click.argument("username")
@speaking
def new_password(username: str, language: str, as_json: bool) -> None:
    """重置口令并解除锁定，口令只显示一次。Gives a new password, shown once, and ends a lockout.

    \b
    示例 Example:
      doudi web user password security
    """
    from doudi.web.start import ready

    with ready():
        from doudi.web.accounts.services.first import reset_password

        password = reset_password(username)
    _tell_password(username, password, language, as_json)


def _tell_password(username: str, password: str, language: str, as_json: bool) -> None:
    from doudi.cli.output import print_json

    if as_json:
        print_json({"username": username, "password": password})
    else:
        click.echo(say(language, f"{username} 的口令：{password}", f"password of {username}: {password}"))


@web.command()
@click.argument("path", type=FILE)
@speaking
def regions(path: Path, language: str, as_json: bool) -> None:
    """导入区划表 PATH：CSV，列 code、name、valid_from、source，可有 name_en、valid_to。

    Imports divisions from a CSV file. Those known already are left as they are.

    \b
    示例 Example:
      doudi web regions regions.csv
    """
    from doudi.cli.output import print_json
    from doudi.web.start import ready

    with ready():
        from doudi.web.accounts.region_file import read_regions
        from doudi.web.accounts.services.regions import store

        found = read_regions(path)
        new = store(found)
    if as_json:
        print_json({"rows": len(found), "new": new})
    else:
        click.echo(say(language, f"共 {len(found)} 行，新增 {new}", f"{len(found)} rows, {new} new"))


web.add_command(demo)
web.add_command(worker)
web.add_command(load)
web.add_command(export_registry)
web.add_command(keys)
web.add_command(converge_load)
web.add_command(demo_converge)
web.add_command(watch_load)
web.add_command(outreach_load)
web.add_command(proof_load)
web.add_command(watch_decisions)
web.add_command(watch_answers)
