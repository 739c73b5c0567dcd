"""The one way out of the vault: nothing is given to anybody before the antivirus found it safe."""

from django.http import HttpResponseBase

from kit import files
from questionnaires.models import ScannedFile
from questionnaires.models.scanned import ScanState

SENTENCES = {
    ScanState.INFECTED: "Ce fichier est en quarantaine : l'antivirus l'a reconnu dangereux, il n'est donné à personne.",
    ScanState.ERROR: "L'antivirus n'a pas encore pu lire ce fichier : un nouvel essai a lieu bientôt, revenez plus tard.",
}
WAITING = "L'antivirus n'a pas encore lu ce fichier : il sera disponible dans quelques instants."


def why_not(kept: ScannedFile) -> str:
    """Return the sentence that says why a file is not given now, empty when it is."""
    return "" if kept.is_served else SENTENCES.get(ScanState(kept.scan), WAITING)


def send(kept: ScannedFile) -> HttpResponseBase:
    """Send a file to be saved, or the sentence that says why not yet."""
    if sentence := why_not(kept):
        return files.unavailable(sentence)
    return files.attachment(kept.file.open("rb"), name=kept.original_name, media_type=kept.media_type)


def show(kept: ScannedFile, *, asked: str = "") -> HttpResponseBase:
    """Show a file inside one of our pages, or the sentence that says why not yet; of a video, the part `asked` for."""
    if sentence := why_not(kept):
        return files.unavailable(sentence)
    named = {"name": kept.original_name, "media_type": kept.media_type}
    if kept.media_type in files.VIDEOS:
        return files.video(kept.file.open("rb"), **named, size=kept.size, asked=asked)
    return files.preview(kept.file.open("rb"), **named)
