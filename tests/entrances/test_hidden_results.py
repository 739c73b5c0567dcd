"""What the éditeur may learn of the evaluation, and when: every entrance, every letter and every paper, at every stage.

One candidature walks through its whole life. Whatever address is asked for by the éditeur's team, mandated or not,
nothing of the evaluation may be read in the answer before it is communicated; names and notes, never.
"""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from accounts.models import User
from evaluation.reports import conclude, draft_of, save_draft
from evaluation.values import Value
from journal.models import Letter
from questionnaires.models import Version
from referencing.door import file_act, move
from referencing.kinds import ActKind
from referencing.models import Candidature, Document
from tests import play
from tests.dossiers.reading import bytes_of, words_of
from tests.entrances.resolver import address, entrances
from tests.entrances.scenes import People, addresses, gather
from tests.entrances.test_methods import NOWHERE
from tests.evaluation import steps

MOTIVE, NOTE = "MOTIFRESERVE7F3A", "NOTEINTERNE7F3A"
SYNTHESIS, RECOMMENDATION = "SYNTHESE7F3A", "RECOMMANDATION7F3A"
NEVER = (NOTE, "Émile Roux", "Eva Noël")
# What is theirs to read once it is communicated: the verdicts, their motives, the two texts.
LATER = (MOTIVE, SYNTHESIS, RECOMMENDATION, Value.MAJOR_RESERVE.value, Value.MAJOR_RESERVE.label)
TEAM = ("mandated", "colleague")
Drain = Callable[[], int]

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_nothing_of_the_evaluation_is_read_before_its_time(simple_version: Version, drain: Drain) -> None:
    people, _ = gather()
    shown = {}
    for stage, candidature in life(people, simple_version):
        drain()
        shown[stage] = _leaks(people, candidature, (*NEVER, *LATER))
    after = shown.pop("rejected")
    assert shown == {
        key: {} for key in ("evaluation", "complements", "second round", "evaluated", "commission", "opinion")
    }
    assert set(after) == {"evaluation:communicated", "papers"}
    assert after["evaluation:communicated"] == set(LATER)
    assert after["papers"] == {MOTIVE, SYNTHESIS, RECOMMENDATION, Value.MAJOR_RESERVE.label}


@pytest.mark.parametrize(
    ("since", "seen_from"), [("rapport", "evaluated"), ("avis", "opinion"), ("decision", "rejected")]
)
def test_the_setting_says_from_when(since: str, seen_from: str, simple_version: Version, settings: object) -> None:
    settings.PROCEDURE = {**settings.PROCEDURE, "report_communicated_from": since}  # type: ignore[attr-defined]
    people, _ = gather()
    opened = {stage: _status(people, candidature) for stage, candidature in life(people, simple_version)}
    stages = list(opened)
    assert opened == {stage: 200 if rank >= stages.index(seen_from) else 404 for rank, stage in enumerate(stages)}


def test_the_setting_says_whether_the_experts_are_named(simple_version: Version, settings: object) -> None:
    settings.PROCEDURE = {**settings.PROCEDURE, "report_communicates": ["experts"]}  # type: ignore[attr-defined]
    people, _ = gather()
    *_, (_, refused) = life(people, simple_version)
    page = _client(people.mandated).get(address("evaluation:communicated", {"reference": refused.reference}))
    assert ("Émile Roux" in page.text, NOTE in page.text) == (True, False)


def test_the_setting_says_whether_the_score_is_told(scored_version: Version, settings: object) -> None:
    settings.PROCEDURE = {**settings.PROCEDURE, "report_communicates": ["score"]}  # type: ignore[attr-defined]
    people, _ = gather()
    *_, (_, refused) = life(people, scored_version)
    where = address("evaluation:communicated", {"reference": refused.reference})
    page = _client(people.mandated).get(where).text
    assert ("Note d'aide à la décision" in page, "L. 311-3-1" in page, NOTE in page) == (True, True, False)
    assert "Émile Roux" not in page


def life(people: People, version: Version) -> Iterator[tuple[str, Candidature]]:
    """Walk a candidature from its evaluation to its refusal, through a round of complements."""
    editor, support, lead = people.mandated, people.support, people.lead
    file = play.assigned(editor, version, support, lead)
    play.assign(file, people.expert, actor=support)
    for code in steps.CODES[1:]:
        steps.say(file, code, people.expert, Value.MAJOR_RESERVE, motive=MOTIVE, private_note=NOTE)
    steps.ask(file, "ADM-02", lead)
    save_draft(file, synthesis=SYNTHESIS, recommendation=RECOMMENDATION, edition=0, actor=lead)
    yield "evaluation", file
    file = steps.send(file, lead)
    yield "complements", file
    steps.rewrite(file, "ADM-02", editor, "Signé.")
    file = steps.give_back(file, editor)
    steps.say(file, "ADM-02", lead, Value.MAJOR_RESERVE, motive=MOTIVE, private_note=NOTE)
    save_draft(file, synthesis=SYNTHESIS, recommendation=RECOMMENDATION, edition=draft_of(file).edition, actor=lead)
    yield "second round", file
    file = conclude(file, actor=lead)
    yield "evaluated", file
    sealed = {"sha256": "0" * 64, "pages": 1, "attachments": [], "journal_head": "0" * 64}
    file_act(file, ActKind.DOSSIER, actor=None, payload=sealed)
    file = move(file, "schedule", actor=support, payload={"seance": "2026-01", "date": "2026-11-30"})
    yield "commission", file
    avis = {"opinion": "unfavourable", "reserves": [], "tally": {}, "seance": "2026-01"}
    file = move(file, "give_opinion", actor=people.secretary, payload=avis)
    yield "opinion", file
    yield "rejected", play.decided(file, "reject", (people.ministry, people.signatory))


def _leaks(people: People, candidature: Candidature, secrets: tuple[str, ...]) -> dict[str, set[str]]:
    """Return what is read that should not be: address → secrets, in the pages, the letters and the papers."""
    found: dict[str, set[str]] = {}
    for who in TEAM:
        client, values = _client(getattr(people, who)), NOWHERE | addresses(candidature, people)
        for name in entrances():
            _note(found, name, _read(client, address(name, values)), secrets)
    letters = Letter.objects.filter(recipient__in=[getattr(people, who) for who in TEAM])
    _note(found, "letters", " ".join(f"{one.title} {one.body}" for one in letters), secrets)
    papers = Document.objects.filter(candidature=candidature, audience=Document.Audience.EDITOR)
    _note(found, "papers", " ".join(words_of(bytes_of(paper)) for paper in papers), secrets)
    return found


def _note(found: dict[str, set[str]], name: str, text: str, secrets: tuple[str, ...]) -> None:
    if read := {secret for secret in secrets if secret in text}:
        found.setdefault(name, set()).update(read)


def _read(client: Client, url: str) -> str:
    response = client.get(url)
    content = response.getvalue()
    if content.startswith(b"PK"):  # a spreadsheet: what is written in its parts
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b" ".join(book.read(part) for part in book.namelist())
    elif content.startswith(b"%PDF"):
        return words_of(content)
    return content.decode(errors="replace").replace("&#x27;", "'")


def _status(people: People, candidature: Candidature) -> int:
    url = address("evaluation:communicated", {"reference": candidature.reference})
    return int(_client(people.mandated).get(url).status_code)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
