"""What support does with a version: bring it in, publish it, close it to new candidatures."""

from dataclasses import asdict

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from journal.record import record
from questionnaires.loader import LoadRefused, load_texts
from questionnaires.models import ReferentialImport, Version
from questionnaires.publishing.uploads import Received

MOST_FAULTS = 500


class PublicationRefused(Exception):
    """The version cannot be published, closed or opened; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def keep(received: Received, file: UploadedFile, user: User) -> ReferentialImport:
    """Put a file that was read in the archive, with what was found in it."""
    file.seek(0)
    draft = received.draft
    return ReferentialImport.objects.create(
        file=file,
        original_name=received.name,
        size=received.size,
        sha256=received.sha256,
        uploaded_by=user,
        state=ReferentialImport.State.FAULTY if received.faults else ReferentialImport.State.READY,
        faults=[asdict(fault) for fault in received.faults[:MOST_FAULTS]],
        code=draft.code if draft else "",
        title=draft.title if draft else "",
        texts={name: content.decode() for name, content in received.texts.items()},
        content_sha256=received.content_sha256,
    )


def texts_in(received: ReferentialImport) -> dict[str, bytes]:
    return {name: content.encode() for name, content in received.texts.items()}


def publish(received: ReferentialImport, *, actor: User) -> Version:
    """Write the version of an import, for ever, with the fact that says who did and which bytes.

    Raises PublicationRefused when it has faults, is published already, or when its code is taken meanwhile.
    """
    try:
        with transaction.atomic():
            return _publish(ReferentialImport.objects.select_for_update(of=("self",)).get(pk=received.pk), actor)
    except LoadRefused as refused:
        raise PublicationRefused(" ".join(refused.sentences)) from refused
    except IntegrityError as error:
        raise PublicationRefused(
            f"La version « {received.code} » vient d'être publiée par une autre voie : elle ne change plus."
        ) from error


def _publish(row: ReferentialImport, actor: User) -> Version:
    if row.state == ReferentialImport.State.PUBLISHED:
        raise PublicationRefused("Cet import est déjà publié.")
    if row.state == ReferentialImport.State.FAULTY:
        raise PublicationRefused("Ce fichier a des fautes : corrigez-les, puis importez-le de nouveau.")
    if Version.objects.filter(code=row.code).exists():
        raise PublicationRefused(taken(row.code))
    version = load_texts(texts_in(row))
    row.version, row.state = version, ReferentialImport.State.PUBLISHED
    row.published_by, row.published_at = actor, timezone.now()
    row.save(update_fields=["version", "state", "published_by", "published_at"])
    data = {"content_sha256": version.content_sha256, "file_sha256": row.sha256, "import": row.pk}
    record("referential.published", version.code, actor=actor, data=data)
    return version


def taken(code: str) -> str:
    return f"La version « {code} » est déjà publiée, et une version publiée ne change jamais : donnez un nouveau code."


@transaction.atomic
def set_open(version: Version, *, is_open: bool, actor: User) -> None:
    """Let new candidatures choose a version, or not any more; those that have it keep it.

    Raises PublicationRefused rather than leave no version to choose.
    """
    rows = {row.pk: row for row in Version.objects.select_for_update(of=("self",)).order_by("pk")}
    row = rows[version.pk]
    if row.is_open == is_open:
        return
    if not is_open and sum(other.is_open for other in rows.values()) == 1:
        raise PublicationRefused("C'est la dernière version ouverte : sans elle, personne ne pourrait plus candidater.")
    row.is_open = is_open
    row.save(update_fields=["is_open"])
    data = {"content_sha256": row.content_sha256}
    record("referential.opened" if is_open else "referential.closed", row.code, actor=actor, data=data)
