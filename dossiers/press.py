"""The one press: a template in, a tagged PDF out. Nothing else in the house imports WeasyPrint.

What is printed may quote anything a person typed, so the press reads nothing but its own shelf: no file, no network,
no `data:`. The PDF claims PDF/A-3a and PDF/UA-1, names its language and title, and the same page gives the same bytes.
"""

import gc
import io
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kit.context import house

logger = logging.getLogger(__name__)
# WeasyPrint forgives cut images, for the whole process; a proof that is cut must still be refused.
ImageFile.LOAD_TRUNCATED_IMAGES = False

SCHEME = "house:"
FONTS = ("SourceSans3-Regular", "SourceSans3-It", "SourceSans3-Semibold", "SourceSans3-Bold", "SourceCodePro-Regular")
MARIANNE = ("Marianne-Regular", "Marianne-Regular_Italic", "Marianne-Medium", "Marianne-Bold")
# Everything a page may ask for, by name → file among the static files.
SHELF = {
    "print.css": "dossiers/print.css",
    "source-sans.css": "dossiers/source-sans.css",
    "marianne.css": "dossiers/marianne.css",
    **{f"{font}.woff2": f"dossiers/fonts/{font}.woff2" for font in FONTS},
    **{f"{font}.woff2": f"dsfr/dist/fonts/{font}.woff2" for font in MARIANNE},
}
MEDIA_TYPES = {".css": "text/css", ".woff2": "font/woff2"}

# PDF/UA-1 is claimed beside PDF/A-3a; PDF/A asks that a schema it does not know be described in the same packet.
ACCESSIBILITY_CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class Refused(ValueError):
    """An address that is not on the shelf. WeasyPrint goes on without it, as a browser does."""


class ShelfFetcher(URLFetcher):
    """Hands the press its own files and nothing else, whatever the page asks for."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a file of the shelf. Raises `Refused` for any other address."""
        static = SHELF.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if static is None:
            logger.warning("the press refused to read %.200r", url)
            raise Refused("Cette adresse n'est pas celle d'un fichier de l'imprimerie.")
        found = Path(str(finders.find(static)))
        return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": MEDIA_TYPES[found.suffix]})


def render(
    template: str, context: Mapping[str, Any], *, title: str, subject: str = "", made_at: datetime | None = None
) -> bytes:
    """Print a template that extends `dossiers/paper.html` or `dossiers/letter.html` and return the PDF.

    `title` and `subject` go to the metadata, `made_at` is the date printed in them (none: no date, never the clock).
    In the context, `running` heads the pages after the first, `warning` marks and `seal_line` ends them all.
    Everything in `context` is escaped by the template; nothing typed by a person can reach a file or the network.
    """
    page = render_to_string(
        template,
        {
            **house(None),
            "title": title,
            "subject": subject,
            "made_at": made_at,
            "running": title,
            "seal_line": "",
            "warning": "",
            **context,
        },
    )
    return print_page(page)


def print_page(page: str) -> bytes:
    """Print a whole HTML page. Even one written by an enemy reads nothing outside the shelf."""
    case = _cases.current()
    with _undisturbed():
        pdf = HTML(string=page, url_fetcher=ShelfFetcher()).write_pdf(
            pdf_variant="pdf/a-3a", font_config=case.fonts, stylesheets=case.sheets
        )
    return _claim_accessibility(pdf)


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off the collection of garbage: a page is millions of objects that all serve until it is printed.

    Looking among them for some to throw away is a quarter of the time of a long dossier, and frees nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class _TypeCase:
    """Fonts unpacked and style sheets read: what every paper needs and none changes."""

    fonts: FontConfiguration
    sheets: list[CSS]

    @classmethod
    def opened(cls, typeface: str) -> "_TypeCase":
        fonts, fetcher = FontConfiguration(), ShelfFetcher()
        names = ("print.css", f"{typeface}.css")
        return cls(fonts, [CSS(url=SCHEME + name, url_fetcher=fetcher, font_config=fonts) for name in names])


class _Cases(threading.local):
    """The type cases of a thread, by typeface. Opening one for each paper was two thirds of the work of a short one."""

    def __init__(self) -> None:
        self.by_typeface: dict[str, _TypeCase] = {}

    def current(self) -> _TypeCase:
        typeface = "marianne" if settings.BRAND_ETAT else "source-sans"
        if typeface not in self.by_typeface:
            self.by_typeface[typeface] = _TypeCase.opened(typeface)
        return self.by_typeface[typeface]


_cases = _Cases()


def _claim_accessibility(pdf: bytes) -> bytes:
    """Write the second claim in the metadata; the table of objects is left classic, so that files may be appended."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        packet = document.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", ACCESSIBILITY_CLAIM)
        document.Root.Metadata = document.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        printed = io.BytesIO()
        document.save(printed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return printed.getvalue()
