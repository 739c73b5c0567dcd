"""The press: closed to everything but its own shelf, and what it prints is accessible."""

import io
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from fontTools.ttLib import TTFont

from dossiers import press, seal
from questionnaires import filetypes
from questionnaires.contents import FileRefused
from tests.dossiers.reading import complaints_of_qpdf, letters, opened, structure, words_of
from tests.questionnaires import samples

AT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
PAGE = '<!DOCTYPE html><html lang="fr-FR"><head><title>Essai</title>{head}</head><body>{body}</body></html>'


class Spy(BaseHTTPRequestHandler):
    """Notes every address asked for."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture
def spy() -> Iterator[str]:
    """The address of a server that should never be asked for anything."""
    Spy.asked = []
    server = HTTPServer(("127.0.0.1", 0), Spy)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def a_convention(**context: object) -> bytes:
    """Print a convention, which quotes people at length."""
    organisation = SimpleNamespace(name="Glyco SAS", address="12 rue des Lilas, 69003 Lyon")
    service = SimpleNamespace(name="Glyco")
    known = {
        "candidature": SimpleNamespace(reference="MES-2026-0001", service=service),
        "organisation": organisation,
        "siren": "732 829 320",
        "declinations": "application iOS",
        "at": AT,
        "seal_line": "Journal, événement n° 12",
        "decided_on": AT,
        "referential": {"title": "Petit référentiel"},
        "data_categories": "Glycémie.",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2027, 4, 1),
        "months": 12,
        "parties": [],
    }
    return press.render(
        "dossiers/convention.html", {**known, **context}, title="Convention MES-2026-0001", subject="Glyco", made_at=AT
    )


def test_what_a_person_typed_is_printed_as_typed(spy: str):
    typed = (
        "<link rel=attachment href=file:///etc/hostname> "
        f"<img src={spy}/image.png> </p><script>alert(1)</script> "
        "{{ 7*7 }} {% load static %} &amp; © œ"
    )
    pdf = a_convention(data_categories=typed)
    assert letters(typed) in letters(words_of(pdf))
    assert seal.inspect(pdf) == []
    assert Spy.asked == []


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=attachment href=file:///etc/hostname>",
        "<link rel=attachment href=data:text/plain,secret>",
        "<link rel=attachment href=house:../../config/settings.py>",
        "<link rel=attachment href={spy}/attached.txt>",
        "<link rel=stylesheet href={spy}/sheet.css>",
        "<style>@import url({spy}/imported.css); @font-face {{ font-family: x; src: url({spy}/font.woff2) }}</style>",
        "<style>body {{ background: url(file:///etc/hostname); list-style-image: url({spy}/bullet.png) }}</style>",
    ],
)
def test_even_a_hostile_page_reads_nothing(head: str, spy: str):
    body = f"<p>bonjour</p><img alt='' src={spy}/image.png><object data={spy}/object.svg></object>"
    pdf = press.print_page(PAGE.format(head=head.format(spy=spy), body=body))
    assert words_of(pdf) == "bonjour 1 / 1"
    assert seal.inspect(pdf) == []
    assert Spy.asked == []


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1/", "data:,x", "house:../press.py", "house:"]
)
def test_the_fetcher_hands_out_its_shelf_only(address: str):
    with pytest.raises(press.Refused):
        press.ShelfFetcher().fetch(address)


def test_every_file_of_the_shelf_exists():
    fetched = {name: press.ShelfFetcher().fetch(f"house:{name}").read() for name in press.SHELF}
    assert {name for name, content in fetched.items() if not content} == set()


def test_the_shelf_is_open_under_its_own_scheme_only(tmp_path: Path):
    sheet = tmp_path / "print.css"
    sheet.write_text("body { color: red }")
    with pytest.raises(press.Refused):
        press.ShelfFetcher().fetch(sheet.as_uri())


def test_a_paper_says_its_language_its_title_and_its_structure(tmp_path: Path):
    pdf = a_convention()
    with opened(pdf) as document:
        root = document.Root
        assert str(root.Lang) == "fr-FR"
        assert bool(root.MarkInfo.Marked) is True
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert str(document.docinfo.Title) == "Convention MES-2026-0001"
        assert str(document.docinfo.Subject) == "Glyco"
        assert str(document.docinfo.Author) == "Guichet de référencement (démonstration)"
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Convention MES-2026-0001"
        tags = [str(element.get("/S", "")) for element in structure(root.StructTreeRoot.K[0])]
    assert tags[0] == "/Document"
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/Caption"} <= set(tags)
    assert complaints_of_qpdf(pdf, tmp_path) == ""


def typefaces_of(pdf: bytes) -> set[str]:
    """Return the names that the embedded fonts give themselves; a font not embedded fails."""
    with opened(pdf) as document:
        files = [
            font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()
            for page in document.pages
            for font in page.resources.Font.values()
        ]
    return {name for file in files for name in TTFont(io.BytesIO(file))["CFF "].cff.fontNames}


def test_every_font_is_embedded_and_open():
    assert typefaces_of(a_convention()) == {"SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-Bold"}


def test_the_same_page_gives_the_same_bytes():
    assert a_convention() == a_convention()


@override_settings(BRAND_ETAT=True, BRAND_LINES=["Ministère", "chargé", "de la santé"])
def test_the_typeface_of_the_state_is_for_the_state():
    pdf = a_convention()
    words = words_of(pdf)
    assert typefaces_of(pdf) == {"Marianne-Regular", "Marianne-RegularItalic", "Marianne-Medium", "Marianne-Bold"}
    assert "Ministère chargé de la santé Liberté Égalité Fraternité" in words
    assert "Guichet de référencement (démonstration) Cellule" not in words


@override_settings(DEMO=True)
def test_a_demonstration_says_so_on_every_page():
    pdf = a_convention(data_categories="Une ligne.\n" * 80)
    assert words_of(pdf).count("Démonstration — données fictives") == press.page_count(pdf)


def test_the_press_does_not_make_the_vault_accept_a_cut_image():
    cut = SimpleUploadedFile("schema.jpg", samples.image("JPEG", (200, 200))[:-900])
    with pytest.raises(FileRefused, match="est endommagé"):
        filetypes.examine(cut, max_bytes=10**6)
