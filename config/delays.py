"""Every delay of the procedure, legal or of the service: what counts it, what it comes from, and how sure that is."""

from config.environment import Misconfigured
from config.procedure import PROCEDURE

# `count` and `unit` name the settings that say how long ("" when a date is given case by case; "mois" is a unit by
# itself); `known` is CONFIRMÉ, MÉMOIRE or INCONNU, as docs/procedure.md explains.
DELAYS: dict[str, dict[str, str]] = {
    "admissibility": {
        "label": "Examen de la recevabilité",
        "count": "admissibility_days",
        "unit": "admissibility_unit",
        "from": "la réception du dossier",
        "source": "objectif du service : aucun délai réglementaire n'a été trouvé",
        "known": "INCONNU",
    },
    "incomplete_reply": {
        "label": "Envoi des pièces manquantes",
        "count": "",
        "unit": "",
        "from": "la demande de pièces",
        "source": "date fixée dans la demande (CRPA, art. L. 114-5)",
        "known": "CONFIRMÉ",
    },
    "evaluation": {
        "label": "Évaluation",
        "count": "evaluation_days",
        "unit": "evaluation_unit",
        "from": "la recevabilité",
        "source": "objectif du service : aucun délai réglementaire n'a été trouvé",
        "known": "INCONNU",
    },
    "complement_reply": {
        "label": "Réponse à la demande de compléments",
        "count": "",
        "unit": "",
        "from": "la demande de compléments",
        "source": "date fixée dans la demande (CRPA, art. L. 114-5)",
        "known": "CONFIRMÉ",
    },
    "commission": {
        "label": "Passage en commission",
        "count": "",
        "unit": "",
        "from": "l'inscription à l'ordre du jour",
        "source": "date de la séance",
        "known": "CONFIRMÉ",
    },
    "decision": {
        "label": "Décision du ministre",
        "count": "decision_days",
        "unit": "decision_unit",
        "from": "l'avis de la commission",
        "source": "objectif du service : aucun délai n'a été trouvé entre l'avis et la décision",
        "known": "INCONNU",
    },
    "silence": {
        "label": "Décision née du silence",
        "count": "silence_months",
        "unit": "mois",
        "from": "la réception du dossier",
        "source": "CRPA, art. L. 231-1, L. 231-4 et L. 114-5",
        "known": "INCONNU",
    },
}
UNITS = {"jours", "ouvres", "mois"}
COUNTED = {key for key, delay in DELAYS.items() if delay["count"]}
for name in ("admissibility_unit", "evaluation_unit", "decision_unit"):
    if PROCEDURE[name] not in UNITS:
        raise Misconfigured(f"{name.upper()} doit valoir « jours », « ouvres » (jours ouvrés) ou « mois ».")
for name in ("suspended_delays", "rolled_delays"):
    if not set(PROCEDURE[name]) <= {*COUNTED, "aucun"}:
        raise Misconfigured(f"{name.upper()} ne peut nommer que aucun, {', '.join(sorted(COUNTED))}.")
