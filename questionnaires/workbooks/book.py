"""What the workbook of a sheet says, before it is given the shape of one format or the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.roles import Profile
from kit.templatetags.french import long_moment, short_date
from questionnaires.completeness import shortcomings
from questionnaires.models import Answer, Criterion, EvidenceRevision, ExpectedProof
from questionnaires.workbooks.columns import LABELS, mark_of, tidy

Value = str | int
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Book:
    """`guide` is one line a row; `requirements` and `proofs` follow the columns of columns.py."""

    guide: tuple[str, ...]
    requirements: tuple[Row, ...]
    proofs: tuple[Row, ...]


def book_of(snapshot: dict[str, Any], *, reference: str, service: str, made_at: datetime) -> Book:
    """Build the workbook of a photograph of a sheet. Three queries at most, whatever its size.

    Only what is asked of the service is in it: an answer hidden by another orientation is not exported.
    """
    asked = [
        (view["title"], shot) for view in snapshot["questionnaires"] if view["is_answered"] for shot in view["criteria"]
    ]
    version = snapshot["version"]
    known = Criterion.objects.filter(version__code=version["code"]).prefetch_related("expected_proofs")
    by_code = {criterion.code: criterion for criterion in known}
    return Book(
        guide=tuple(_guide(reference, service, version["title"], made_at)),
        requirements=tuple(
            _requirement(rank, version["title"], title, shot, by_code[shot["code"]])
            for rank, (title, shot) in enumerate(asked, start=1)
        ),
        proofs=tuple(_proofs([shot for _, shot in asked])),
    )


def _requirement(rank: int, version: str, title: str, shot: dict[str, Any], criterion: Criterion) -> Row:
    expected = list(criterion.expected_proofs.all())
    code, value, comment = shot["code"], shot["value"], shot["comment"]
    reason = shot.get("na_reason") or {"code": "", "text": ""}
    numbers = [f"{code}.01.{order:02d}" for order in range(1, len(expected) + 1)]
    points = [f"{point['code']} — {point['text']}" for point in shot["points"]]
    return (
        version,
        code,
        title,
        shot["section"],
        tidy(shot["text"]),
        tidy(criterion.guidance),
        str(Profile(shot["profile"]).label),
        f"{code}.01",
        "\n".join(points) or tidy(shot["because"]),
        "\n".join(numbers),
        "\n".join(map(str, expected)),
        "",
        str(Criterion.Level(shot["level"]).label),
        rank,
        str(Answer.Value(value).label) if value else "",
        tidy(reason["text"]),
        tidy(comment),
        "\n".join(tidy(proof["title"]) for proof in shot["proofs"]),
        _state(criterion, shot, expected, reason["code"]),
        mark_of(shot["edition"], value, comment, reason["code"]),
    )


def _state(criterion: Criterion, shot: dict[str, Any], expected: list[ExpectedProof], reason: str) -> str:
    lacks = shortcomings(
        shot["value"],
        shot["comment"],
        proofs=len(shot["proofs"]),
        is_written=all(proof.is_written for proof in expected),
        reasons=criterion.reasons,
        na_reason=reason,
    )
    return " ".join(lacks) or "Complet"


def _proofs(asked: list[dict[str, Any]]) -> Iterator[Row]:
    keys = [proof["public_id"] for shot in asked for proof in shot["proofs"]]
    revisions = EvidenceRevision.objects.filter(public_id__in=keys).select_related("evidence")
    dates = {str(one.public_id): (one.deposited_at, one.expires_on) for one in revisions}
    for shot in asked:
        for proof in shot["proofs"]:
            deposited, expires = dates.get(proof["public_id"], (None, None))
            yield (
                shot["code"],
                tidy(proof["title"]),
                str(ExpectedProof.Kind(proof["kind"]).label),
                tidy(proof["original_name"]),
                tidy(proof["note"]),
                proof["sha256"],
                _day(deposited),
                _day(expires),
            )


def _day(value: date | datetime | None) -> str:
    return short_date(value)


def _guide(reference: str, service: str, version: str, made_at: datetime) -> Iterator[str]:
    yield f"Réponses de la candidature {reference} — {tidy(service)}"
    yield f"{version}. Exporté le {long_moment(made_at)}."
    yield ""
    yield "1. Répondez dans la feuille « Exigences », colonnes « Réponse », « Motif » et « Explication »."
    yield "    Elles seules sont relues ; « Motif » ne sert qu'à « Non applicable » : recopiez l'un des motifs admis."
    yield f"2. Réponses admises : {', '.join(LABELS)}. Une case vide efface la réponse."
    yield "3. Ne modifiez ni « ID » ni « Édition » : elles disent à quelle réponse votre texte fait suite."
    yield "4. La feuille est protégée contre les fautes de frappe, sans mot de passe. Vous pouvez filtrer, trier, déplacer"
    yield "    les colonnes ou en ajouter : les colonnes qui ne sont pas les nôtres sont ignorées."
    yield "5. Pas de formule : une cellule calculée est refusée. Une date s'écrit comme du texte."
    yield "6. Les preuves ne se déposent pas par le tableur : la feuille « Preuves » est pour lecture."
    yield "7. Renvoyez le fichier (.xlsx ou .ods) sur la page « Réponses en tableur » : un essai dit d'abord, ligne par"
    yield "    ligne, ce qui changerait et ce qui ne va pas ; rien n'est écrit avant que vous ne confirmiez."
    yield "8. Si un collègue a changé une réponse entre-temps, les deux textes vous sont montrés et vous choisissez."
