"""A real IMAP server (Dovecot, of Debian's dovecot-imapd) for one test, on a port of its own."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 30.0  # seconds
_NOBODY = "nobody"  # whose the mail is where root runs the tests: Dovecot gives root none
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 0
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def is_there() -> bool:
    """Tell whether the server is installed."""
    return shutil.which("dovecot") is not None


@contextmanager
def served_mailbox() -> Iterator[str]:
    """Yield the address of a mailbox, empty at first, with its user and password."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
    port = _free_port()
    user = getpass.getuser() if os.getuid() else _NOBODY
    group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    for name in ("mail", "home"):
        (folder / name).mkdir()
        if not os.getuid():
            shutil.chown(folder / name, user, group)
    folder.chmod(0o755)
    settings = folder / "dovecot.conf"
    settings.write_text(_CONFIGURATION.format(folder=folder, port=port, user=user, group=group))
    with subprocess.Popen(
        ["dovecot", "-F", "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            _wait(port, process, folder / "log")
            yield f"imap://tracker:secret@127.0.0.1:{port}/INBOX"
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def signed_in(url: str) -> Iterator[imaplib.IMAP4]:
    """Yield a connection of the test's own, to put mails there and to see where they went."""
    connection = imaplib.IMAP4("127.0.0.1", int(url.rpartition(":")[2].partition("/")[0]))
    connection.login("tracker", "secret")
    yield connection
    connection.logout()


def contents(connection: imaplib.IMAP4, folder: str) -> list[bytes]:
    """Return the mails of a folder; none where it is not there."""
    if connection.select(folder, readonly=True)[0] != "OK":
        return []
    _, (numbers,) = connection.search(None, "ALL")
    found = []
    for number in numbers.split():
        _, parts = connection.fetch(number.decode(), "(BODY.PEEK[])")
        found += [part[1] for part in parts if isinstance(part, tuple)]
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            if probe.recv(4).startswith(b"* OK"):
                return
        time.sleep(0.05)
    told = log.read_text() if log.exists() else "no log"
    raise RuntimeError(f"Dovecot does not answer: {told[-2000:]}")
