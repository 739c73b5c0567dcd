"""Double evaluation, played: the second expert's opinions, and one divergence left for the lead to settle."""

from accounts.roles import Role
from demonstration import judgements
from demonstration.stories import Story
from demonstration.troupe import Troupe
from evaluation import judging
from evaluation.double import needs_second
from evaluation.grid import grid
from evaluation.values import Value


def give_second_opinions(troupe: Troupe, story: Story) -> None:
    """Eva finds what Émile found, on every criterion where he waits for her."""
    for code in _waiting(troupe, story):
        _say(troupe, story, code, *judgements.verdict_for(story, code, troupe.of(story).round))


def differ_on_one(troupe: Troupe, story: Story) -> None:
    """Eva differs on the first criterion where Émile waits for her, and leaves the others to whoever plays her."""
    code = next(iter(_waiting(troupe, story)), "")
    if code:
        motive = "La pièce établit l'exigence pour le site, mais ne dit rien des applications mobiles."
        _say(troupe, story, code, Value.MINOR_RESERVE, motive, "")


def _waiting(troupe: Troupe, story: Story) -> list[str]:
    whole = grid(troupe.of(story))
    return [line.code for line in whole.lines if needs_second(line) and len(line.fresh_opinions) == 1]


def _say(troupe: Troupe, story: Story, code: str, value: str, motive: str, expected: str) -> None:
    candidature, second = troupe.of(story), troupe.playing(Role.EXPERT, 1)
    judging.judge(candidature, code, value=value, motive=motive, expected=expected, edition=0, expert=second)
