"""The columns of the sheet « Exigences »: the fourteen of the export to Convergence, then ours, where one answers."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from questionnaires.models import Answer

GUIDE, REQUIREMENTS, PROOFS = "Mode d'emploi", "Exigences", "Preuves"


@dataclass(frozen=True)
class Column:
    """`width` is in characters; only an `open` column is read back, with the two that say of what: ID and Édition."""

    name: str
    width: int
    open: bool = False


CONVERGENCE = (
    Column("Périmètre", 16),
    Column("ID", 14),
    Column("Chapitre", 20),
    Column("Fonction", 20),
    Column("Exigence", 60),
    Column("Commentaire", 40),
    Column("Profil", 18),
    Column("N° scénario", 16),
    Column("Scénario de conformité", 50),
    Column("N° preuve", 18),
    Column("Preuve", 30),
    Column("Profil historique", 12),
    Column("Criticité", 14),
    Column("Ordre", 8),
)
ANSWER = Column("Réponse", 18, open=True)
REASON = Column("Motif", 44, open=True)
COMMENT = Column("Explication", 60, open=True)
OURS = (ANSWER, REASON, COMMENT, Column("Preuves jointes", 34), Column("État", 30), Column("Édition", 16))
COLUMNS = CONVERGENCE + OURS
READ = ("ID", "Réponse", "Explication", "Édition")
"""The columns without which a file cannot be read back; « Motif » may be missing, and says then nothing."""
PROOF_COLUMNS = (
    Column("ID", 14),
    Column("Intitulé", 44),
    Column("Nature", 20),
    Column("Fichier", 36),
    Column("Où regarder", 30),
    Column("Empreinte SHA-256", 68),
    Column("Déposée le", 14),
    Column("Expire le", 14),
)

LABELS = [str(label) for label in Answer.Value.labels]
LONGEST_COMMENT = 20_000
MARK = re.compile(r"\d{1,9}-([0-9a-f]{8})")


def folded(text: str) -> str:
    """Return a name as it is compared: neither case, nor accents, nor blanks count."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())


def tidy(text: str) -> str:
    """Return a text as it goes out and is compared: one kind of line end, nothing that XML cannot hold, no blank around.

    A tabulation is a blank: LibreOffice loses those of a cell.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in lines if char == "\n" or (char >= " " and char not in "\ufffe\uffff")).strip()


def mark_of(edition: int, value: str, comment: str, reason: str = "") -> str:
    """Return what the column « Édition » holds: the edition of the answer, and a fingerprint of what it said.

    A proof given meanwhile makes a new edition without touching the answer: the fingerprint tells them apart.
    """
    return f"{edition}-{fingerprint(value, comment, reason)}"


def fingerprint(value: str, comment: str, reason: str = "") -> str:
    """Return what stands for an answer: its value, its explanation, the code of its reason for « Non applicable »."""
    return sha256("\0".join((value, tidy(comment), reason)).encode()).hexdigest()[:8]


NEVER_ANSWERED = mark_of(0, "", "")
