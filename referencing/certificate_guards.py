"""What the dedicated tracks ask besides: the certificate itself, valid on the day, then checked by support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from questionnaires import sheets
from referencing.refusals import Refusal, guard
from referencing.tracks import provision_of

if TYPE_CHECKING:
    from referencing.models import Candidature

PAGE = "referencing:certificates"


@guard
def certificates_are_on_file(candidature: Candidature) -> Iterator[Refusal]:
    """Sur un parcours dédié, chaque certificat ANS déclaré est joint et valable le jour du dépôt."""
    holding = sheets.holding_of(candidature.sheet)
    for kind in provision_of(candidature.sheet.facts).certificates:
        if holding.valid(kind) is None:
            why = holding.why_not(kind)
            sentence = f"{why[0].upper()}{why[1:]} : joignez un certificat valable, ou corrigez l'orientation."
            yield Refusal(f"certificate:{kind}", sentence, "l'éditeur", PAGE)


@guard
def certificates_are_checked(candidature: Candidature) -> Iterator[Refusal]:
    """Sur un parcours dédié, le support a vérifié chaque certificat ANS déclaré."""
    owed = provision_of(candidature.sheet.facts).certificates
    if not owed:
        return
    for certificate in sheets.certificates_of(candidature.sheet):
        if certificate.kind not in owed or certificate.review == certificate.Review.ACCEPTED:
            continue
        sentence = f"{certificate} : vous ne l'avez pas encore vérifié."
        if certificate.is_refused:
            sentence = (
                f"{certificate} : vous l'avez refusé ; les critères qu'il couvrait reviennent. "
                "Demandez les pièces manquantes."
            )
        yield Refusal(f"certificate:{certificate.kind}", sentence, "le support", PAGE)
