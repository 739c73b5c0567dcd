"""Real files for fictitious services: documents printed by our own press, screens drawn, tables written."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw, ImageFont

from demonstration.answers import words_of
from demonstration.stories import Story
from dossiers import press
from questionnaires.models import ExpectedProof
from questionnaires.sheets import Item

DOCUMENTS = Path(__file__).parent / "texts" / "documents.yaml"
DATED = date(2026, 3, 2)
BLUE, INK, PAPER, GREY = "#000091", "#161616", "#ffffff", "#f6f6f6"
SCREENS = {
    "ETH": ("Qui accède à mes données", ("Vous", "Dr Martin, médecin traitant", "Personne d'autre")),
    "SEC": ("Connexion en deux étapes", ("Mot de passe", "Code à usage unique", "Empreinte de l'appareil")),
    "RGPD": ("Mes consentements", ("Tenir mon carnet : oui", "Statistiques : non", "Retirer mon accord")),
    "RGX": ("Accès à Mon espace santé", ("Lire mes mesures : oui", "Écrire mes mesures : oui", "Tout arrêter")),
    "INT": ("Exporter mes données", ("Format CSV", "Format FHIR", "Recevoir par courriel")),
}


@dataclass(frozen=True)
class ProofFile:
    """A file ready to be deposited; `kind` is an `ExpectedProof.Kind`, `note` says where to look."""

    name: str
    title: str
    kind: str
    content: bytes
    note: str = ""


def proofs_for(story: Story, item: Item) -> tuple[ProofFile, ...]:
    """Return the document of the theme, and a screen when a capture is expected, a table for a measure."""
    kinds = {proof.kind for proof in item.expected}
    files = [_document(story, item.code)]
    screen = next((prefix for prefix in SCREENS if item.code.startswith(prefix)), "")
    if ExpectedProof.Kind.CAPTURE in kinds and screen:
        files.append(_screen(story, screen))
    if ExpectedProof.Kind.MEASURE in kinds:
        files.append(_measures(story))
    return tuple(files)


@cache
def unit_test_report(story: Story) -> ProofFile:
    rows = [("cas", "charge utile", "profil", "résultat")]
    rows += [(f"U-{n:02d}", name, "FHIR R4", "conforme") for n, name in enumerate(("poids", "glycémie", "document"), 1)]
    return ProofFile(f"tests-unitaires-{story.key}.csv", "Rapport de tests unitaires", "TEST", _table(rows))


@cache
def test_book(story: Story) -> ProofFile:
    rows = [("cas", "étape", "attendu", "obtenu", "résultat")]
    rows += [
        ("B-01", "appariement", "jetons reçus", "jetons reçus", "réussi"),
        ("B-04", "jeton expiré", "401 puis renouvellement", "401 puis renouvellement", "réussi"),
        ("B-05", "consentement retiré", "403, flux arrêtés", "403, flux arrêtés", "réussi"),
        ("R-02", "exécution conjointe", "cahier rempli", "cahier rempli", "réussi"),
    ]
    return ProofFile(f"cahier-de-tests-{story.key}.csv", "Cahier de tests", "TEST", _table(rows))


def certificate(story: Story, kind: str) -> ProofFile:
    """Print the certificate of the ANS, « DMN » or « TLC », of a service."""
    name = f"certificat-{kind.lower()}.pdf"
    return _printed(story, next(rank for rank, paper in enumerate(_shelf()) if paper["name"] == name))


@cache
def _shelf() -> list[dict[str, Any]]:
    return list(yaml.safe_load(DOCUMENTS.read_text(encoding="utf-8")))


def _document(story: Story, code: str) -> ProofFile:
    fits = [
        (len(theme), rank) for rank, paper in enumerate(_shelf()) for theme in paper["themes"] if code.startswith(theme)
    ]
    return _printed(story, max(fits)[1])


@cache
def _printed(story: Story, rank: int) -> ProofFile:
    paper, words = _shelf()[rank], words_of(story)
    context = {
        "company": story.company.name,
        "service": story.name,
        "status": paper["status"].format(**words),
        "sections": [(heading, text.format(**words)) for heading, text in paper["sections"]],
        "dated": DATED,
        "signatory": "la direction",
        "running": f"{story.company.name} — {paper['title']}",
    }
    content = press.render("demonstration/proof.html", context, title=paper["title"], subject=story.name)
    return ProofFile(f"{story.key}-{paper['name']}", f"{paper['title']} — {story.name}", paper["kind"], content, "p. 1")


@cache
def _screen(story: Story, theme: str) -> ProofFile:
    """Draw a phone screen: the name of the service, a title, three rows."""
    title, rows = SCREENS[theme]
    image = Image.new("RGB", (540, 960), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 540, 130), fill=BLUE)
    draw.text((36, 48), story.name, fill=PAPER, font=_font(36))
    draw.text((36, 176), title, fill=INK, font=_font(32))
    for rank, row in enumerate(rows):
        top = 260 + rank * 130
        draw.rounded_rectangle((36, top, 504, top + 104), radius=16, fill=GREY)
        draw.text((64, top + 34), row, fill=INK, font=_font(26))
    draw.rounded_rectangle((36, 820, 504, 900), radius=16, fill=BLUE)
    draw.text((220, 842), "Fermer", fill=PAPER, font=_font(28))
    out = io.BytesIO()
    image.save(out, format="PNG")
    return ProofFile(
        f"{story.key}-ecran-{theme.lower()}.png", f"Écran « {title} » — {story.name}", "CAPT", out.getvalue()
    )


@cache
def _measures(story: Story) -> ProofFile:
    rows = [("déclinaison", "énergie", "performance", "données échangées", "écoscore sur 100")]
    rows += [(form, "70", "74", "69", "71") for form in story.declinations]
    return ProofFile(f"{story.key}-ecoscore.csv", f"Écoscore — {story.name}", "MESURE", _table(rows))


def _font(size: int) -> Any:
    return ImageFont.load_default(size)


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8")
