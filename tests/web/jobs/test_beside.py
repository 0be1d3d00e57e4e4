"""Who keeps the worker beside the server of pages (``tests.web.test_commands`` sees both at the console)."""

from __future__ import annotations

import signal
import sys
import threading

from doudi.web.jobs.keeping import Keeper
from doudi.web.jobs.process import HOPELESS
from tests.web.jobs.conftest import until


def test_a_keeper_does_not_start_again_what_cannot_start():
    keeper = Keeper([sys.executable, "-c", f"raise SystemExit({HOPELESS})"])
    assert keeper.keep() == HOPELESS


def test_a_keeper_that_is_stopped_ends_its_worker():
    keeper = Keeper([sys.executable, "-c", "import time; time.sleep(600)"])
    thread = threading.Thread(target=keeper.keep)
    thread.start()
    until(lambda: keeper.worker, "the worker starts")
    keeper.stop()
    thread.join()
    assert keeper.worker is not None
    assert keeper.worker.poll() == -signal.SIGTERM
