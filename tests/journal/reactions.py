"""Reactions for the tests of the outbox: each says what it was called with."""

calls: list[tuple[str, int]] = []


def first(seq: int) -> None:
    calls.append(("first", seq))


def second(seq: int) -> None:
    calls.append(("second", seq))


def broken(seq: int) -> None:
    calls.append(("broken", seq))
    raise ValueError("le papier manque")


def killed(seq: int) -> None:
    """As if the process died before the outbox could write anything down."""
    calls.append(("killed", seq))
    raise SystemExit
