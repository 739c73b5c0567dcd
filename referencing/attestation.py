"""What one attests on one's honour when filing: exactly these sentences, about exactly these answers. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.templatetags.french import plural


@dataclass(frozen=True)
class Attested:
    """What a sheet holds. `print` is that of its answers: two sheets that say the same have the same one."""

    met: int
    not_met: int
    set_aside: int
    files: int
    print: str

    @classmethod
    def of(cls, sheet: Mapping[str, Any]) -> "Attested":
        """Count a sheet as photographed (questionnaires.sheets.snapshot)."""
        criteria = [one for part in sheet["questionnaires"] if part["is_answered"] for one in part["criteria"]]
        values = [one["value"] for one in criteria]
        said = [sheet["revision"], sorted((one["code"], one["edition"]) for one in criteria)]
        return cls(
            met=values.count("met"),
            not_met=values.count("not_met"),
            set_aside=values.count("not_applicable"),
            files=len({proof["sha256"] for one in criteria for proof in one["proofs"]}),
            print=hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16],
        )


def sentences(attested: Attested, *, organisation: str, siren: str) -> list[str]:
    """Return what the person attests, one sentence a line, in the order they are read."""
    met = plural(attested.met, "critère déclaré « Conforme » l'est,critères déclarés « Conforme » le sont")
    told = [
        f"J'agis pour « {organisation} » (SIREN {siren}), qui m'a donné mandat de déposer cette candidature.",
        f"{met} dans la version du service que le public utilise aujourd'hui.",
    ]
    if attested.not_met:
        told.append(
            f"{plural(attested.not_met, 'critère est déclaré « Non conforme »,critères sont déclarés « Non conforme »')}, "
            "avec l'écart et ce qui est prévu pour le corriger."
        )
    if attested.set_aside:
        told.append(
            f"{plural(attested.set_aside, 'critère est déclaré « Non applicable »,critères sont déclarés « Non applicable »')} "
            "pour le motif choisi, et pour lui seul."
        )
    if attested.files:
        told.append(
            f"{plural(attested.files, 'fichier joint est authentique,fichiers joints sont authentiques')}, "
            "à jour, et je peux en produire l'original."
        )
    told.append(
        "J'accepte les règles de référencement, audits compris, et je signale tout changement qui les concerne."
    )
    return told
