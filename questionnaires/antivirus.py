"""The antivirus: ClamAV's daemon, spoken to over its socket with INSTREAM. Nothing else is asked of it.

The protocol is that of clamd(8): `zINSTREAM`, blocks each preceded by its length, an empty block, one answer.
"""

import re
import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

BLOCK = 256 * 1024
CONNECTION = 5.0  # seconds
ANSWER = 240.0  # seconds: an archive of 200 MB is long to open
LONGEST_ANSWER = 4096
FOUND = re.compile(r"^stream: (?P<name>.+) FOUND$")
PORT = 3310


class Unreachable(Exception):
    """The antivirus did not say whether the file is safe; the message says why, for the operator."""


@dataclass(frozen=True)
class Judgement:
    """What the antivirus says: `virus` is the name of what it found, empty when the file is safe."""

    virus: str = ""

    @property
    def is_safe(self) -> bool:
        return not self.virus


def scan(content: BinaryIO, address: str) -> Judgement:
    """Have a file read by the antivirus at `address` (unix:///path or tcp://host:port), block by block.

    Raises Unreachable when it does not answer, or answers neither yes nor no (file above its own limit, out of order).
    """
    try:
        with _connected(address) as link:
            answer = _stream(link, content)
    except OSError as error:
        raise Unreachable(f"{address} : {error}") from error
    if answer == "stream: OK":
        return Judgement()
    if found := FOUND.match(answer):
        return Judgement(found["name"])
    raise Unreachable(f"{address} : réponse « {answer[:150]} »")


def ping(address: str) -> None:
    """Raise Unreachable when the antivirus does not answer."""
    try:
        with _connected(address) as link:
            link.sendall(b"zPING\0")
            answer = _answer(link)
    except OSError as error:
        raise Unreachable(str(error)) from error
    if answer != "PONG":
        raise Unreachable(f"réponse « {answer[:150]} »")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        link = socket.create_connection((parts.hostname or "", parts.port or PORT), timeout=CONNECTION)
    else:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(CONNECTION)
        try:
            link.connect(parts.path)
        except OSError:
            link.close()
            raise
    link.settimeout(ANSWER)
    return link


def _stream(link: socket.socket, content: BinaryIO) -> str:
    """Send a file and return the answer. A daemon that has read enough answers, then closes while we still send."""
    try:
        link.sendall(b"zINSTREAM\0")
        while block := content.read(BLOCK):
            link.sendall(struct.pack("!L", len(block)) + block)
        link.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass
    return _answer(link)


def _answer(link: socket.socket) -> str:
    received = b""
    while b"\0" not in received and len(received) < LONGEST_ANSWER:
        block = link.recv(LONGEST_ANSWER)
        if not block:
            break
        received += block
    return received.split(b"\0")[0].decode("utf-8", "replace").strip()
