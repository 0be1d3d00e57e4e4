"""What a killed process had started ends with it, with all that it started itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from doudi.web import outliving
from tests.web.jobs.conftest import until

STARTED = """
import subprocess, sys, time
from doudi.web.outliving import end_with_starter

end_with_starter()
below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.DEVNULL)
print(below.pid, file=open(sys.argv[1], "w"), flush=True)
time.sleep(60)
"""
STARTER = "import sys; from doudi.web import outliving; outliving.run([sys.executable, '-c', *sys.argv[1:]])"


def alive(pid: int) -> bool:
    """Whether a process works; one that is dead and not yet taken away does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_process_takes_along_what_it_started(tmp_path: Path):
    told = tmp_path / "pid"
    starter = subprocess.Popen([sys.executable, "-c", STARTER, STARTED, str(told)])
    until(lambda: told.exists() and told.read_text().endswith("\n"), "it has started what is below it")
    below = int(told.read_text())
    assert alive(below)
    os.kill(starter.pid, signal.SIGKILL)
    starter.wait()
    until(lambda: not alive(below), "all is gone")


def test_the_exit_code_is_told():
    assert outliving.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7
