"""The rounds of complements: what was asked, what came back, what it became. Read only, as many queries for any number.

What came back is the difference between what was on file when it was asked and what the éditeur returned, for the
criteria asked and for them alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from evaluation.complements import ComplementRequest
from evaluation.models import Verdict
from questionnaires.differences import CriterionChange, Difference, difference
from questionnaires.models import Criterion
from referencing import access
from referencing.acts import GIVEN_BY_EDITOR
from referencing.kinds import ActKind
from referencing.models import Act, Candidature, Extension
from referencing.overdue import Sent, reminders_sent

CLOSES = (ActKind.COMPLEMENT_RETURN, ActKind.EXPIRY, ActKind.WITHDRAWAL)
TOLD = (*GIVEN_BY_EDITOR, ActKind.COMPLEMENT_REQUEST, ActKind.EXTENSION, ActKind.EXPIRY, ActKind.WITHDRAWAL)


@dataclass(frozen=True)
class AskedItem:
    """One criterion of a request. `change` is None until it came back; `verdict` until it was judged again."""

    code: str
    text: str
    expected: str
    change: CriterionChange | None
    verdict: Verdict | None


@dataclass
class Round:
    """One request, from its sending to what ended it. `rank` counts the requests of the candidature, from 1."""

    rank: int
    request: Act
    before: Mapping[str, Any]
    extended: list[Act] = field(default_factory=list)
    closing: Act | None = None
    asks: list[Extension] = field(default_factory=list)
    reminders: list[Sent] = field(default_factory=list)
    items: list[AskedItem] = field(default_factory=list)
    others: int = 0

    @property
    def asked(self) -> ComplementRequest:
        return ComplementRequest.of_act(self.request.payload)

    @property
    def returned(self) -> Act | None:
        closing = self.closing
        return closing if closing and closing.kind == ActKind.COMPLEMENT_RETURN else None

    @property
    def deadline(self) -> str:
        """The last date given, as acts write it."""
        return str((self.extended[-1] if self.extended else self.request).payload["deadline"])

    @property
    def days(self) -> int | None:
        """Calendar days that the éditeur took, None while they are awaited."""
        return (self.closing.filed_at.date() - self.request.filed_at.date()).days if self.closing else None

    def covers(self, sent: Sent) -> bool:
        after = self.request.filed_at <= sent.written_at
        return after and (self.closing is None or sent.written_at <= self.closing.filed_at)


def rounds_of(candidature: Candidature, reader: User) -> list[Round]:
    """Return the rounds, the latest first. Verdicts are read for those who may read the evaluation, and for them only."""
    acts = candidature.acts.filter(kind__in=TOLD).select_related("filed_by").order_by("pk")
    rounds = shared_out(acts)
    asks = list(candidature.extensions.select_related("asked_by", "answered_by")) if rounds else []
    sent = reminders_sent([candidature.reference]).get(candidature.reference, []) if rounds else []
    codes = {item["criterion"] for one in rounds for item in one.asked.items}
    texts = dict(
        Criterion.objects.filter(version=candidature.sheet.version_id, code__in=codes).values_list("code", "text")
    )
    verdicts = _verdicts(candidature, codes) if access.may(reader, "read_evaluation", candidature) else {}
    for one in rounds:
        one.asks = [ask for ask in asks if ask.round == one.request.round]
        one.reminders = [reminder for reminder in sent if one.covers(reminder)]
        _compare(one, texts, verdicts)
    return rounds[::-1]


def shared_out(acts: Iterable[Act]) -> list[Round]:
    """Share the acts of a candidature, in order, between the requests that they belong to. Pure."""
    rounds: list[Round] = []
    on_file: Mapping[str, Any] = {}
    for act in acts:
        awaited = rounds[-1] if rounds and rounds[-1].closing is None else None
        if act.kind == ActKind.COMPLEMENT_REQUEST:
            rounds.append(Round(len(rounds) + 1, act, on_file))
        elif awaited and act.kind == ActKind.EXTENSION:
            awaited.extended.append(act)
        elif awaited and act.kind in CLOSES:
            awaited.closing = act
        if act.kind in GIVEN_BY_EDITOR:
            on_file = act.payload["sheet"]
    return rounds


def _verdicts(candidature: Candidature, codes: Iterable[str]) -> dict[tuple[str, int], Verdict]:
    rows = Verdict.objects.filter(candidature=candidature, criterion__code__in=list(codes))
    rows = rows.select_related("expert", "criterion").defer("private_note")
    return {(one.criterion.code, one.round): one for one in rows}


def _compare(one: Round, texts: Mapping[str, str], verdicts: Mapping[tuple[str, int], Verdict]) -> None:
    changes: dict[str, CriterionChange] = {}
    if one.returned and one.before:
        found: Difference = difference(one.before, one.returned.payload["sheet"])
        changes = {change.code: change for view in found.questionnaires for change in view.criteria}
    asked = {item["criterion"]: item["expected"] for item in one.asked.items}
    following = one.request.round + 1
    one.items = [
        AskedItem(code, texts.get(code, ""), expected, changes.get(code), verdicts.get((code, following)))
        for code, expected in asked.items()
    ]
    one.others = sum(change.changed for code, change in changes.items() if code not in asked)
