"""What a fictitious service answers to a criterion: a text of its own, or that of its theme."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from demonstration.stories import Story
from questionnaires.models import Answer
from questionnaires.na_reasons import find
from questionnaires.sheets import Item

TEXTS = Path(__file__).parent / "texts" / "answers.yaml"
PLANNED = "Pas encore : c'est prévu pour {service} au premier semestre prochain, et suivi par le comité de direction de {company}."


@cache
def texts() -> dict[str, str]:
    return dict(yaml.safe_load(TEXTS.read_text(encoding="utf-8")))


# Criterion → the reason for which some services set it aside, and their words.
SET_ASIDE = {
    "ETH-CON-10": (
        "contenu-absent",
        "{service} ne diffuse aucune publicité, ni dans l'application ni dans ses courriels, et n'en vend pas.",
    ),
    "ETH-ACC-02": (
        "objectif-atteint",
        "L'audit joint conclut à une conformité totale : il ne reste pas d'écart à planifier pour {service}.",
    ),
    "ETH-ECO-02": (
        "objectif-atteint",
        "La note de {service} dépasse le seuil à partir duquel un plan est demandé ; la mesure jointe le montre.",
    ),
    "INT-STD-01": (
        "aucun-volet",
        "Aucun volet du CI-SIS ne couvre {subject} à ce jour ; {company} suit les concertations en cours.",
    ),
}


@dataclass(frozen=True)
class Said:
    """An answer. `needs_proof` says whether files go with it."""

    value: str
    comment: str
    na_reason: str = ""
    needs_proof: bool = False


def answer_for(story: Story, item: Item) -> Said:
    """Return one answer: honest about one recommendation in four, sparing with « Non applicable »."""
    code, words = item.code, words_of(story)
    code_of_reason, text = SET_ASIDE.get(code, ("", ""))
    reason = find(item.criterion.reasons, code_of_reason)
    if reason and _draw(story, code):
        return Said(Answer.Value.NOT_APPLICABLE, text.format(**words), reason.code, reason.needs_proof)
    if not item.criterion.is_mandatory and _draw(story, code) == 0:
        return Said(Answer.Value.NOT_MET, PLANNED.format(**words))
    return Said(Answer.Value.MET, text_of(code).format(**words), needs_proof=True)


def text_of(code: str) -> str:
    """Return the text of a criterion, else of the longest theme that begins its code. Raises KeyError when none does."""
    known = texts()
    themes = [code.rsplit("-", cut)[0] for cut in range(code.count("-") + 1)]
    return next(known[name] for name in (code, *themes) if name in known)


def words_of(story: Story) -> dict[str, str]:
    return {
        "key": story.key,
        "service": story.name,
        "company": story.company.name,
        "host": story.host,
        "subject": story.subject,
        "site": f"https://{story.key}.example",
    }


def _draw(story: Story, code: str) -> int:
    """The same service always says the same thing, two services do not."""
    return sum(map(ord, story.key + code)) % 4
