"""``tracker serve``: web processes on one socket and one scheduler, begun and ended together."""

import gc
import logging
import resource
import signal
import socket
from collections.abc import Sequence
from types import FrameType
from typing import Any

import click
from waitress.server import create_server

from config import Settings, embedded_database_url
from tracker import schema
from tracker.cli.context import CommandContext, CreateApplication, RunScheduler
from tracker.cli.lanes import Lanes, Work
from tracker.cli.processes import Part, run_parts
from tracker.cli.setup import set_up_link
from tracker.database import Database
from tracker.domain.errors import Unavailable
from tracker.installation import make_installation

THREADS = 4  # requests that one web process answers at a time
# Open connections of one web process, as far as it may open files. A browser keeps six, and a crowd
# must not take those of the house: at waitress' own hundred nobody else is let in.
MOST_CONNECTIONS = 2000
CROWD = "/public/"  # what the addresses begin with that everybody may read
NEW_OBJECTS = 10_000  # after which the collector of garbage looks; a page makes some thousands


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def serve(context: CommandContext, host: str, port: int, workers: int) -> None:
    """Serve the site and ring for the jobs, until Ctrl-C or SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    serve_until_stopped(context, host=host, port=port, workers=workers)


def serve_until_stopped(context: CommandContext, *, host: str, port: int, workers: int) -> None:
    """Serve until this process is told to end; raises Unavailable when it cannot begin."""
    settings = context.settings
    if make_embedded_database(settings):
        click.echo("There was no database yet, so an empty one was made in the data folder.")
    check_database(settings.database_url)
    listening = listen(host, port)
    address = f"http://{_in_address(host)}:{listening.getsockname()[1]}"
    # In the order in which they end: nobody asks any more when the scheduler goes.
    parts = [
        Part(f"web {number}", lambda: _answer(settings, context.create_app, listening))
        for number in range(1, workers + 1)
    ]
    parts.append(Part("scheduler", lambda: _ring(settings, context.run_scheduler, listening)))
    click.echo(f"Serving {address} ({workers} web processes, one scheduler). Ctrl-C ends it.")
    _tell_set_up_link(settings, address)
    run_parts(parts)
    listening.close()
    click.echo("Ended.")


def make_embedded_database(settings: Settings) -> bool:
    """Make the database file that is used by default when it is not there, or holds no table.

    Tell whether it was made.

    A database that somebody named is left to them: a wrong name must not be served as an empty one.
    """
    file = settings.data_dir / "tracker.sqlite3"
    if settings.database_url != embedded_database_url(settings.data_dir):
        return False
    if file.exists() and not schema.is_bare(settings.database_url):
        return False
    schema.upgrade(settings.database_url)
    return True


def _tell_set_up_link(settings: Settings, address: str) -> None:
    installation = make_installation(settings)
    try:
        link = set_up_link(installation, settings.base_url if settings.is_production else address)
    finally:
        installation.database.close()  # before the processes are made, which must not share it
    if link is not None:
        click.echo(f"Set up this tracker (good once within a day): {link}")


def check_database(url: str) -> None:
    """Refuse with Unavailable when the tables are not those of this version.

    A database that does not answer raises its own OperationalError.
    """
    database = Database(url)
    try:
        with database.reading() as session:
            found = schema.current_revision(session.connection())
    finally:
        database.close()
    if found != schema.newest_revision():
        raise Unavailable(
            "The database is not up to date (it stands at migration %(found)s, this version needs "
            "%(needed)s). Run: tracker database upgrade",
            found=found or "none",
            needed=schema.newest_revision(),
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on ``host`` and ``port`` (0: any that is free)."""
    try:
        return _bound(host, port)
    except OSError as error:
        raise Unavailable(
            "Port %(port)s of %(host)s cannot be used (%(reason)s): end the program that uses it, "
            "or choose another with --port.",
            port=port,
            host=host,
            reason=error.strerror or str(error),
        ) from error


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    return listening


def _answer(settings: Settings, create_app: CreateApplication, listening: socket.socket) -> None:
    server = create_server(
        create_app(settings),
        sockets=[listening],
        threads=THREADS,
        connection_limit=_most_connections(),
        asyncore_use_poll=True,  # the other way of waiting ends with a file's number above 1023
        ident=None,
        # The application reads what the one proxy before it says, and only in production.
        clear_untrusted_proxy_headers=not settings.is_production,
    )
    server.task_dispatcher.queue = Lanes(_is_crowd)
    _spare_the_collector()
    # Only now: while modules are imported, what a handler raises can be swallowed, and then the
    # process serves on although it was told to end.
    signal.signal(signal.SIGTERM, _leave)
    server.run()
    server.close()


def _most_connections() -> int:
    files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(MOST_CONNECTIONS, files // 2)  # the others are for what answers open


def _is_crowd(work: Work) -> bool:
    # What waitress has read of a connection and not answered yet; the first comes next.
    asked: Sequence[Any] = getattr(work, "requests", ())
    return bool(asked) and asked[0].path.startswith(CROWD)


def _spare_the_collector() -> None:
    """Let the collector of garbage pass over what stays, and look less often for what does not."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)


def _ring(settings: Settings, run_scheduler: RunScheduler, listening: socket.socket) -> None:
    listening.close()
    run_scheduler(make_installation(settings))


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
