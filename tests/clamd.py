"""A ClamAV daemon that speaks the real protocol on a real socket, and knows one virus: the industry's test string."""

import socket
import struct
import threading
from pathlib import Path
from typing import Any

from questionnaires.filetypes import EICAR

LIMIT = 25 * 1024 * 1024


class FakeClamd:
    """Listens on a Unix socket. `received` keeps what it read; `limit` is its StreamMaxLength; `answer` replaces its own."""

    def __init__(self, folder: Path, *, limit: int = LIMIT, answer: bytes | None = None) -> None:
        self.path = folder / "clamd.sock"
        self.address = f"unix://{self.path}"
        self.limit, self.answer = limit, answer
        self.received: list[bytes] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(self.path))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "FakeClamd":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        self.path.unlink()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            with link, link.makefile("rb") as stream:
                link.sendall(self._judge(stream) + b"\0")

    def _judge(self, stream: Any) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)
        if self.answer is not None:
            return self.answer
        if command == b"zPING\0":
            return b"PONG"
        if command != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND"
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR"
        self.received.append(content)
        return b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"
