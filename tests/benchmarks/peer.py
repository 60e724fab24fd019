"""This tracker as one more system of the bench beside the project, on each engine.

The bench finds it by ``BENCH_ADAPTERS=tests.benchmarks.peer``; ``make bench`` runs the whole.
``TRACKER_BENCH_MANDATES`` asks for another size than the 20,000 that the others hold: resolutions,
people and updates are as many more.
"""

import html
import os
import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import bench  # type: ignore[import-not-found]  # its own folder is on the path
import psycopg
from sqlalchemy import text

from tests.benchmarks.beside_peers import PORT, SIZE, THEIRS
from tests.benchmarks.peer_work import fill
from tracker import schema
from tracker.database import Database
from tracker.services.kept_counts import add_up_counts, periods_to_add_up
from tracker.services.search_entries import complete

ROOT = Path(__file__).resolve().parents[2]
NEXT = re.compile(r'<a [^>]*rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"')
MANDATES = int(os.environ.get(SIZE, str(THEIRS)))
FIRST_PORT = int(os.environ.get(PORT, "8811"))
# Trials at one time, on ports of their own, have databases of their own.
DATABASE = "tracker_bench" + (
    f"_{MANDATES}_{FIRST_PORT}" if (MANDATES, FIRST_PORT) != (THEIRS, 8811) else ""
)
FORGOTTEN = ("notifications", "mail_messages", "job_runs", "leases", "digest_marks")


class Tracker(bench.Peer):  # type: ignore[misc]  # it has no types
    """The mandate tracker, served as its users get it: ``tracker serve`` with two web processes."""

    first_page = "/sign-in"

    def __init__(self, engine: str, port: int) -> None:
        self.engine, self.port, self.smtp_port = engine, port, port + 2
        self.name = f"tracker-{engine}"
        self.server = f"tracker serve, {bench.WORKERS} web processes x 4 threads, {engine}"

    @property
    def url(self) -> str:
        """Return the address of the database."""
        if self.engine == "sqlite":
            return f"sqlite:///{bench.work(self.name, 'tracker.sqlite3')}"
        part = bench.pg_part
        return (
            f"postgresql://{part('user')}:{part('password')}@{part('host')}:{part('port', '5432')}"
            f"/{DATABASE}"
        )

    def envs(self) -> dict[str, str]:
        """Return the settings."""
        return {
            "TRACKER_ENVIRONMENT": "production",
            "TRACKER_SECRET_KEY": "the bench alone knows this secret, which is long enough",
            "TRACKER_DATABASE_URL": self.url,
            "TRACKER_DATA_DIR": bench.work(self.name, "x")[:-2],
            "TRACKER_BASE_URL": f"http://127.0.0.1:{self.port}",
            "TRACKER_MAIL_FROM": "tracker@example.test",
            "TRACKER_SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "TRACKER_TIME_ZONE": "UTC",
        }

    def command(self, *words: str) -> list[str]:
        """Return a command of the tracker."""
        return [str(Path(sys.executable).with_name("tracker")), *words]

    def setup(self) -> None:
        """Make an empty database of the newest schema."""
        if self.engine == "sqlite":
            for file in Path(bench.work(self.name, "x")).parent.glob("tracker.sqlite3*"):
                file.unlink()
        else:
            with psycopg.connect(
                f"{os.environ['BENCH_PG']} dbname=postgres", autocommit=True
            ) as server:
                server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
                server.execute(f"CREATE DATABASE {DATABASE}")
        schema.upgrade(self.url)

    def seed(self, d: Any) -> None:
        """Write the work, then what search looks through."""
        database = Database(self.url)
        with database.transaction() as session:
            fill(session, d, password=bench.PASSWORD)
        written = 1
        while written:
            with database.transaction() as session:
                written = complete(session)
        with database.transaction() as session:
            for period_id in periods_to_add_up(session):
                add_up_counts(session, period_id)
        database.learn_sizes()
        database.close()

    def start(self) -> Any:
        """Serve."""
        port, workers = str(self.port), str(bench.WORKERS)
        return bench.spawn(
            self.command("serve", "--port", port, "--workers", workers),
            self.name,
            ROOT,
            self.envs(),
        )

    def login(self, n: int = 1) -> Any:
        """Return a client signed in as a person, by address and password."""
        client = bench.Client(self.port)
        _status, _headers, page = client.get("/sign-in")
        status, _headers, _page = client.post(
            "/sign-in",
            {
                "csrf_token": bench.hidden(page.decode(), "csrf_token"),
                "email": f"u{n:03d}@example.test",
                "password": bench.PASSWORD,
            },
        )
        if status not in self.post_ok:
            raise SystemExit(f"Signing in as person {n} was answered with {status}.")
        return client

    def paths(self, op: str, d: Any) -> list[tuple[str, str]] | None:
        """Return the pages of an operation, each with what it must show."""
        if op == "list":
            return self._list_pages()
        if op == "item":
            return [
                (f"/progress/{item.id}", html.escape(item.updates[0][2][:20]).split("&")[0])
                for item in d.page_items
            ]
        if op == "search":
            return [(f"/search?q={'+'.join(words)}", "/body/r") for words in d.queries]
        return [("/compliance/detail", "Division 7")]

    def extra_paths(self, d: Any) -> dict[str, list[tuple[str, str]]]:
        """Return the page of a mandate, the short compliance page, and one resolution's reports."""
        return {
            "mandate": [(f"/body/r{item.res}/{item.no}", item.text[:12]) for item in d.page_items],
            "overview": [("/compliance", "Division 7")],
            "one_resolution_report": [
                (f"/compliance?resolution={n}", "Division") for n in range(1, 21)
            ],
        }

    def csv(self, d: Any) -> str:
        """Return the address of the list of all reports."""
        return "/compliance/list.csv?sort=due"

    def post_form(self, client: Any, item: Any) -> tuple[str, dict[str, str]]:
        """Fetch the form of a report; return what is sent with its next text."""
        _status, _headers, page = client.get(f"/progress/{item.id}")
        text_of_page = page.decode()
        return f"/progress/{item.id}/submit", {
            "csrf_token": bench.hidden(text_of_page, "csrf_token"),
            "version": bench.hidden(text_of_page, "version"),
            "status": "in_progress",
            "done": "Progress update: " + item.text[:300],
            "given_by": "u001, for the bench",
            "language": "en",
        }

    def reminder(self, d: Any) -> dict[str, tuple[list[str], Path, dict[str, str], None]]:
        """Return the job that plans, collects and delivers."""
        at = datetime.combine(d.today, datetime.min.time(), UTC) + timedelta(hours=9)
        return {"tracker jobs run reminders": (self._remind(at), ROOT, self.envs(), None)}

    def retry(self, d: Any, job: Any) -> Any:
        """Return the same job an hour later, when what failed is tried again."""
        at = datetime.combine(d.today, datetime.min.time(), UTC) + timedelta(hours=10)
        return (self._remind(at), *job[1:])

    def reset(self, d: Any) -> None:
        """Forget every reminder."""
        database = Database(self.url)
        with database.transaction() as session:
            for table in FORGOTTEN:
                session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names from above
        database.close()

    def _remind(self, at: datetime) -> list[str]:
        return self.command("jobs", "run", "reminders", "--at", at.isoformat())

    def _list_pages(self) -> list[tuple[str, str]]:
        """Return the addresses of the first ten pages: each leads to the next by a key."""
        client = self.login(bench.READER)
        found: list[tuple[str, str]] = []
        address: str | None = "/compliance?standing=open&sort=due"
        while address and len(found) < 10:
            found.append((address, "/progress/"))
            page = client.get(address)[2].decode()
            match = NEXT.search(page)
            address = html.unescape(match[1] or match[2]) if match else None
        return found


def _work() -> Any:
    """Return the work of the bench in the size that is asked for."""
    times = MANDATES / THEIRS
    day = os.environ.get("BENCH_TODAY")
    return bench.Data(
        bench.env("BENCH_TEXTS"),
        date.fromisoformat(day) if day else None,
        n_res=round(300 * times),
        n_items=MANDATES,
        n_upd=3 * MANDATES,
        n_users=round(200 * times),
    )


PEERS = [Tracker("sqlite", FIRST_PORT), Tracker("postgresql", FIRST_PORT + 1)]
bench.data = _work
