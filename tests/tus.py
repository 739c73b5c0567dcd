"""A tus client on bare sockets, that loses its connection when told to, and the real server it speaks to."""

import base64
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.programs import ROOT, environment, manage

BLOCK = 1024 * 1024
SIREN = "732829320"
# Signs Alice in without the sign-in page, on a base of its own.
ENTER = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests import cast
alice = cast.alice(cast.glyco())
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(alice.pk), alice.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
print("session", session.session_key)
"""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One person's requests to the server, each on a connection of its own."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session
        page = self.ask("GET", f"/coffre/{SIREN}/deposer/").body.decode()
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        with self._opened(method, path, len(body), headers) as link:
            link.sendall(body)
            return _answer(link)

    def tus(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        return self.ask(method, path, body, **self._tus(headers))

    def cut(self, path: str, content: bytes, offset: int) -> None:
        """Announce the rest of a file, send these bytes of it, and lose the connection."""
        given, length = self._tus({"Upload-Offset": str(offset)}), len(content)
        with self._opened("PATCH", path, self.length - offset, given) as link:
            for start in range(0, length, BLOCK):
                link.sendall(content[start : start + BLOCK])

    def create(self, name: str, length: int) -> str:
        self.length = length
        encoded = base64.b64encode(name.encode()).decode()
        headers = {"Upload-Length": str(length), "Upload-Metadata": f"filename {encoded}"}
        answer = self.tus("POST", f"/coffre/{SIREN}/televersements/", **headers)
        assert answer.status == 201, answer
        return answer.headers["location"]

    def offset(self, path: str, *, beyond: int = -1) -> int:
        """Ask how far a file is; the server may still be putting away what it received before the cut."""
        while True:
            found = int(self.tus("HEAD", path).headers["upload-offset"])
            if found > beyond:
                return found

    def deposit(self, path: str) -> Answer:
        key = path.rstrip("/").rpartition("/")[2]
        body = f"csrfmiddlewaretoken={self.token}&proofs_recu={key}&kind=RAPP".encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", f"/coffre/{SIREN}/deposer/", body, **kind)

    def _tus(self, headers: dict[str, str]) -> dict[str, str]:
        kind = {"Content-Type": "application/offset+octet-stream"} if "Upload-Offset" in headers else {}
        return {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token} | kind | headers

    def _opened(self, method: str, path: str, length: int, headers: dict[str, str]) -> socket.socket:
        link = socket.create_connection(("127.0.0.1", self.port), timeout=120)
        common = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"sessionid={self.session}",
            "Content-Length": str(length),
            "Connection": "close",
        }
        lines = [f"{name}: {value}" for name, value in (common | headers).items()]
        link.sendall("\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode())
        return link


def _answer(link: socket.socket) -> Answer:
    received = b""
    while block := link.recv(BLOCK):
        received += block
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Answer(int(status.split()[1]), headers, body)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Wire, int]]:
    """Run the web server as in production, on a base of its own; give Alice's wire and the number of the process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"DATA_DIR": str(folder), "PORT": str(port), "DEMO": "0"}
    assert manage("migrate", settings=settings).returncode == 0
    entered = manage("shell", "-c", ENTER, settings=settings)
    session = re.findall(r"^session (\w+)$", entered.stdout, re.MULTILINE)[0]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(settings), stderr=subprocess.DEVNULL) as process:
        try:
            yield _connected(port, session), process.pid
        finally:
            process.terminate()
            process.wait()


def _connected(port: int, session: str) -> Wire:
    while True:
        try:
            return Wire(port, session)
        except ConnectionRefusedError:
            continue


def peak_of_workers(master: int) -> int:
    """Return the most memory that a worker of the server ever held, in bytes."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
    return max(int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024 for status in statuses)
