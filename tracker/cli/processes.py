"""Several processes as one: started together, started again when one dies, ended in order."""

import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

logger = logging.getLogger(__name__)

END_WITHIN = 20.0  # seconds that a process has to finish what it does
RESTART_PAUSE = 1.0  # seconds between two starts of a process that dies at once
LOOK_EVERY = 0.05
_WATCHED = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})


@dataclass(slots=True)
class Part:
    """One process: its name in the log and what it does until it gets SIGTERM."""

    name: str
    work: Callable[[], None]
    process_id: int = 0
    started_at: float = 0.0


def run_parts(parts: Sequence[Part]) -> None:
    """Run the parts until this process gets SIGTERM or SIGINT, then end them in their order.

    A part that dies is started again. When this process itself is killed, the parts end too.
    """
    # Signals wait until sigwait takes them, so that none arrives between a fork and its record.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    watch, alive = os.pipe()
    try:
        for part in parts:
            _start(part, watch, alive)
        while signal.sigwait(_WATCHED) == signal.SIGCHLD:
            _start_the_dead(parts, watch, alive)
        for part in parts:
            _end(part)
    finally:
        os.close(watch)
        os.close(alive)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(part: Part, watch: int, alive: int) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    part.started_at = time.monotonic()
    part.process_id = os.fork()
    if part.process_id == 0:
        os.close(alive)
        _be(part, watch)
    logger.info("%s started as process %s", part.name, part.process_id)


def _be(part: Part, watch: int) -> None:
    """Do the work of ``part`` in the new process and never return from it."""
    status = 1
    try:
        # Ctrl-C reaches every process of a terminal; the parent alone answers it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
        threading.Thread(target=_end_with_parent, args=(watch,), daemon=True).start()
        part.work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        if sys.exc_info()[0] is not None:
            logger.critical("%s failed: %s", part.name, traceback.format_exc())
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # what the parent wants done at its exit is not for its children


def _end_with_parent(watch: int) -> None:
    """End this process when the parent is gone: then its end of the pipe is closed."""
    os.read(watch, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(END_WITHIN)
    os.kill(os.getpid(), signal.SIGKILL)


def _start_the_dead(parts: Sequence[Part], watch: int, alive: int) -> None:
    for part in parts:
        if not _is_dead(part):
            continue
        logger.error("%s (process %s) ended; it is started again", part.name, part.process_id)
        if time.monotonic() - part.started_at < RESTART_PAUSE:
            time.sleep(RESTART_PAUSE)
        _start(part, watch, alive)


def _is_dead(part: Part) -> bool:
    return os.waitpid(part.process_id, os.WNOHANG)[0] == part.process_id


def _end(part: Part) -> None:
    os.kill(part.process_id, signal.SIGTERM)
    ends_at = time.monotonic() + END_WITHIN
    while not _is_dead(part):
        if time.monotonic() >= ends_at:
            logger.error("%s (process %s) does not end; it is killed", part.name, part.process_id)
            os.kill(part.process_id, signal.SIGKILL)
            os.waitpid(part.process_id, 0)
            return
        time.sleep(LOOK_EVERY)
