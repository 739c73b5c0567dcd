"""Counting a vote (CRPA, art. R. 133-11). Pure: ballots in, result and its sentence out.

The majority is that of the votes of the members present or represented. The texts say nothing of abstentions: by
default only votes for and against are compared; `Rules.abstentions_weigh` sets them, and the silent, against.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from commission.kinds import Choice
from commission.law import Quorum, Rules


@dataclass(frozen=True)
class Tally:
    """The four numbers add up to the voices entitled. `by` is "majority", "casting_vote", "tie", "quorum"
    or "void".
    """

    votes_for: int
    votes_against: int
    abstentions: int
    silent: int
    adopted: bool
    by: str
    sentence: str

    @property
    def entitled(self) -> int:
        return self.votes_for + self.votes_against + self.abstentions + self.silent

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def count(
    ballots: Mapping[int, Choice],
    entitled: Collection[int],
    rules: Rules,
    *,
    quorum: Quorum,
    presiding: int | None,
) -> Tally:
    """Count the ballots of an item.

    `ballots` maps a member to their choice, whoever handed it in; `entitled` are the members present or represented
    and not recused; `presiding` is the member who presides, None when they withdrew. A ballot of somebody who is not
    entitled is a fault of the program: ValueError.
    """
    strangers = set(ballots) - set(entitled)
    if strangers:
        raise ValueError(f"ballots of members who may not vote: {sorted(strangers)}")
    numbers = Counter(Choice(choice) for choice in ballots.values())
    votes_for, against, abstain = numbers[Choice.FOR], numbers[Choice.AGAINST], numbers[Choice.ABSTAIN]
    silent = len(set(entitled)) - len(ballots)
    adopted, by = _decide(votes_for, against, abstain + silent, ballots.get(presiding or 0), rules)
    if not quorum.reached:
        adopted, by = False, "quorum"
    detail = _detail(votes_for, against, abstain, silent, rules)
    return Tally(votes_for, against, abstain, silent, adopted, by, f"{VERDICTS[by, adopted]} : {detail}.")


def void(reason: str) -> dict[str, Any]:
    """Return the result of a scrutin that will never be counted."""
    empty = Tally(0, 0, 0, 0, False, "void", f"Scrutin annulé. {reason}")
    return {**empty.as_json(), "quorum": ""}


VERDICTS = {
    ("majority", True): "Proposition adoptée",
    ("majority", False): "Proposition rejetée",
    ("casting_vote", True): "Partage égal des voix ; proposition adoptée par la voix prépondérante de la présidence",
    ("casting_vote", False): "Partage égal des voix ; proposition rejetée par la voix prépondérante de la présidence",
    ("tie", False): "Partage égal des voix que rien ne départage ; proposition non adoptée",
    ("quorum", False): "Quorum non atteint ; la proposition ne peut pas être adoptée",
}


def _decide(votes_for: int, against: int, others: int, president: Choice | None, rules: Rules) -> tuple[bool, str]:
    """Say whether the proposition passes, and by what. A president who abstains casts nothing."""
    weight = against + others if rules.abstentions_weigh else against
    if votes_for != weight:
        return votes_for > weight, "majority"
    if rules.casting_vote and president in (Choice.FOR, Choice.AGAINST):
        return president == Choice.FOR, "casting_vote"
    return False, "tie"


def _detail(votes_for: int, against: int, abstain: int, silent: int, rules: Rules) -> str:
    parts = [f"{votes_for} pour", f"{against} contre", f"{abstain} abstention{'s' if abstain > 1 else ''}"]
    if silent:
        parts.append(f"{silent} sans vote")
    weighed = " (abstentions et silences comptés contre)" if rules.abstentions_weigh and abstain + silent else ""
    return ", ".join(parts) + weighed
