"""The one way out of the vault: nothing is given to anybody before the antivirus found it safe."""

from django.http import HttpResponseBase

from kit import files
from questionnaires.models import EvidenceRevision
from questionnaires.models.vault import ScanState

SENTENCES = {
    ScanState.INFECTED: "Ce fichier est en quarantaine : l'antivirus l'a reconnu dangereux, il n'est donné à personne.",
    ScanState.ERROR: "L'antivirus n'a pas encore pu lire ce fichier : un nouvel essai a lieu bientôt, revenez plus tard.",
}
WAITING = "L'antivirus n'a pas encore lu ce fichier : il sera disponible dans quelques instants."


def why_not(revision: EvidenceRevision) -> str:
    """Return the sentence that says why a file is not given now, empty when it is."""
    return "" if revision.is_served else SENTENCES.get(ScanState(revision.scan), WAITING)


def send(revision: EvidenceRevision) -> HttpResponseBase:
    """Send a file to be saved, or the sentence that says why not yet."""
    if sentence := why_not(revision):
        return files.unavailable(sentence)
    return files.attachment(revision.file.open("rb"), name=revision.original_name, media_type=revision.media_type)


def show(revision: EvidenceRevision) -> HttpResponseBase:
    """Show a file inside one of our pages, or the sentence that says why not yet."""
    if sentence := why_not(revision):
        return files.unavailable(sentence)
    return files.preview(revision.file.open("rb"), name=revision.original_name, media_type=revision.media_type)
