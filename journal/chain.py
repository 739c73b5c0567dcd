"""The hash of an event: what it covers, how it is computed. Pure; `journal/verification.py` walks the chain.

Each event carries the hash of the one before it, so that no row can be changed, removed, added or moved without
breaking every hash that follows. Changing anything here breaks the journals already written.
"""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

# Nothing else in the house hashes text that begins so: the hash of an event is the hash of nothing else.
EVENT_PREFIX = b"referencement.journal.event.v1\n"
GENESIS = hashlib.sha256(b"referencement.journal.genesis.v1\n").hexdigest()


class Mark(NamedTuple):
    """A point of the chain that can be noted elsewhere (printed on a sealed PDF), then looked for."""

    seq: int
    hash: str


class Row(NamedTuple):
    """One event as plain values, in the order of the columns."""

    seq: int
    at: datetime
    kind: str
    subject: str
    actor_id: int | None
    data: dict[str, Any]
    previous_hash: str
    hash: str

    @property
    def is_whole(self) -> bool:
        """Tell whether the columns still match the hash."""
        return self.hash == self.hash_as(self.seq)

    def hash_as(self, seq: int) -> str:
        """Return the hash that the same columns would have under another number."""
        return digest(self.previous_hash, seq, self.at, self.kind, self.subject, self.actor_id, self.data)


def canonical(seq: int, at: datetime, kind: str, subject: str, actor_id: int | None, data: dict[str, Any]) -> bytes:
    """Return the one JSON text of an event: sorted keys, no spaces, UTF-8, time in UTC to the microsecond.

    Raises ValueError when `at` has no time zone or when `data` has no exact JSON form.
    """
    if at.tzinfo is None:
        raise ValueError("la date d'un événement porte toujours un fuseau horaire")
    content = {
        "actor": actor_id,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "data": data,
        "kind": kind,
        "seq": seq,
        "subject": subject,
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(
    previous_hash: str, seq: int, at: datetime, kind: str, subject: str, actor_id: int | None, data: dict[str, Any]
) -> str:
    """Return the SHA-256 of an event, as 64 hexadecimal digits."""
    content = canonical(seq, at, kind, subject, actor_id, data)
    return hashlib.sha256(EVENT_PREFIX + previous_hash.encode() + b"\n" + content).hexdigest()


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` as any database gives it back: text keys, lists, and no whole number written as a float.

    PostgreSQL gives 1e+22 back as 10000000000000000000000 where SQLite keeps the float; the hash must not depend on it.
    Raises TypeError for a value JSON does not know, ValueError for NaN or infinity.
    """
    return json.loads(json.dumps(data, allow_nan=False), parse_float=_number)


def _number(text: str) -> int | float:
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else float(text)
