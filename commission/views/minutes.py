"""The procès-verbal, for those who may read the séance."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from commission import reading
from kit import files


@require_safe
def download(request: SignedRequest, number: str) -> FileResponse:
    """Send the procès-verbal to be saved, or to be read in the browser with `?lire`."""
    seance = reading.seance_for(request.user, number)
    if not hasattr(seance, "minutes"):
        raise Http404("proces-verbal")
    send = files.preview if "lire" in request.GET else files.attachment
    name = f"SEANCE-{seance.number} - Procès-verbal.pdf"
    return send(seance.minutes.file.open("rb"), name=name, media_type="application/pdf")
