"""The files that the éditrice deposits: real PDF and PNG, each with bytes of its own."""

from tests.questionnaires.samples import image, pdf

# Code of a criterion → name and bytes of its proof.
GIVEN: dict[str, tuple[str, bytes]] = {
    "ADM-02": ("formulaire.pdf", pdf(pages=2)),
    "SEC-GOV-01": ("politique-de-securite.pdf", pdf(pages=3)),
    "SEC-GOV-02": ("lettre-de-mission.png", image("PNG")),
    "URB-HEB-01": ("certificat-hds.pdf", pdf(pages=1)),
}
ADDED = ("SEC-GOV-02", "lettre-de-mission-signee.png", image("PNG", (60, 40)))
