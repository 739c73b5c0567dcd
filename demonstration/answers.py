"""What a fictitious service answers to a criterion: a text of its own, or that of its theme."""

from functools import cache
from pathlib import Path

import yaml

from demonstration.stories import Story
from questionnaires.models import Answer
from questionnaires.sheets import Item

TEXTS = Path(__file__).parent / "texts" / "answers.yaml"
PLANNED = "Pas encore : c'est prévu pour {service} au premier semestre prochain, et suivi par le comité de direction de {company}."


@cache
def texts() -> dict[str, str]:
    return dict(yaml.safe_load(TEXTS.read_text(encoding="utf-8")))


def answer_for(story: Story, item: Item) -> tuple[str, str]:
    """Return the value and the comment of one answer: honest about one recommendation in four."""
    code = item.code
    if not item.criterion.is_mandatory and _draw(story, code) == 0:
        return Answer.Value.NOT_MET, PLANNED.format(**words_of(story))
    return Answer.Value.MET, text_of(code).format(**words_of(story))


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
