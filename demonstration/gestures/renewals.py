"""Gestures around certificates and renewals: what the dedicated tracks and a second candidature ask."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.roles import Role
from demonstration import proofs
from demonstration.stories import Story
from demonstration.troupe import Troupe
from questionnaires import sheets, vault
from questionnaires.certificate_forms import ISSUER
from questionnaires.models import Version
from referencing import certificates, renewal
from referencing.origins import Motive

# Kind → days of validity left when it is given: the second one expires while the file is examined.
VALIDITY = {"TLC": 900, "DMN": 90}


def give_certificate(troupe: Troupe, story: Story) -> None:
    """Give the certificates that the orientation declares, of their latest edition."""
    candidature, editor, today = troupe.of(story), troupe.editor(story), timezone.localdate()
    for kind in sheets.kinds_asked(candidature.sheet):
        paper = proofs.certificate(story, kind)
        content = ContentFile(paper.content, name=paper.name)
        revision = vault.deposit(candidature.organisation, content, title=paper.title, kind=paper.kind, user=editor)
        given = sheets.Given(
            number=f"ANS-{kind}-2024-{len(story.key):03}",
            issuer=ISSUER,
            product=story.name,
            product_version="4.2",
            edition=sheets.editions_of(candidature.sheet, kind)[-1][0],
            issued_on=today - timedelta(days=400),
            valid_until=today + timedelta(days=VALIDITY[kind]),
        )
        certificates.save(candidature, kind, given, revision=revision, actor=editor)


def check_certificates(troupe: Troupe, story: Story) -> None:
    candidature = troupe.of(story)
    for certificate in sheets.certificates_of(candidature.sheet):
        certificates.check(candidature, certificate, accepted=True, motive="", actor=troupe.playing(Role.SUPPORT))


def renew(troupe: Troupe, story: Story) -> None:
    """Open the renewal of a published service in the référentiel of the day, and read a first questionnaire again."""
    version, editor = Version.objects.open_for_filing()[0], troupe.editor(story)
    opened = renewal.take_up(troupe.of(story), Motive.RENEWAL, version, actor=editor)
    first = sheets.overview(opened.sheet).questionnaires[0]
    sheets.confirm(opened.sheet, {item.code for item in first.items}, editor)
