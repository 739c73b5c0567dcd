"""Words as people type them: without accents nor capitals. Pure; the same on both databases."""

import re
import unicodedata


def fold(text: str) -> str:
    """Return a text in small letters without accents, its words one space apart.

    >>> fold("Télé-Œil  d'ÉTÉ")
    "tele-oeil d'ete"
    """
    spelt = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", bare).strip()
