"""Check that no event was edited, removed, added or moved since it was written."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Subquery

from journal.chain import GENESIS, Mark, Row
from journal.models import Event, Head
from journal.verification import verify

CHUNK = 2000


class Command(BaseCommand):
    help = "Vérifie la chaîne du journal ; nomme chaque anomalie et sort en erreur s'il y en a."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            metavar="NUMÉRO:EMPREINTE",
            type=_mark,
            action="append",
            default=[],
            help="une tête relevée plus tôt (sur un dossier scellé, par exemple), qui doit être encore dans la chaîne",
        )

    def handle(self, *, expect: list[Mark], **options: Any) -> None:
        rows = _rows()
        first = next(rows, None)
        head = first[1] if first else _head_of_an_empty_journal()
        flaws = verify((row for row, _ in chain([first] if first else [], rows)), head)
        sentences = [flaw.sentence for flaw in flaws]
        sentences += [
            f"L'événement {mark.seq} d'empreinte {mark.hash}, relevé plus tôt, n'est plus dans le journal."
            for mark in expect
            if not _holds(mark)
        ]
        if sentences or head is None:
            self.stderr.write("\n".join(sentences))
            raise SystemExit(1)
        count = f"{head.seq} événement{'s' if head.seq > 1 else ''} vérifié{'s' if head.seq > 1 else ''}"
        self.stdout.write(f"{count}, chaîne intacte, tête {head.seq} {head.hash}")


def _rows() -> Iterator[tuple[Row, Mark | None]]:
    """Yield each event with the head: read by one statement, they agree even while others write."""
    head = Head.objects.filter(pk=1)
    events = Event.objects.order_by("seq").values_list(
        *Row._fields, Subquery(head.values("seq")), Subquery(head.values("hash"))
    )
    for *columns, seq, hash_ in events.iterator(chunk_size=CHUNK):
        yield Row(*columns), None if seq is None else Mark(seq, hash_)


def _head_of_an_empty_journal() -> Mark | None:
    head = Head.objects.filter(pk=1).first()
    return Mark(head.seq, head.hash) if head else None


def _holds(mark: Mark) -> bool:
    return mark == Mark(0, GENESIS) or Event.objects.filter(seq=mark.seq, hash=mark.hash).exists()


def _mark(text: str) -> Mark:
    seq, _, hash_ = text.partition(":")
    if not (seq.isdecimal() and len(hash_) == len(GENESIS)):
        raise ArgumentTypeError(f"« {text} » n'a pas la forme NUMÉRO:EMPREINTE, par exemple 12:{GENESIS[:8]}…")
    return Mark(int(seq), hash_.lower())
