"""The complement request prepared, read as the éditeur will read it, then sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import User
from evaluation import drafting
from evaluation.complements import ComplementRequest
from evaluation.grid import grid
from evaluation.models import ComplementDraft, RequestFile
from questionnaires.filetypes import EICAR
from referencing import acts
from referencing.door import Refused
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.working_days import next_working_day
from tests import play
from tests.evaluation import steps


def typed(**more: Any) -> dict[str, Any]:
    return {"deadline": steps.soon().isoformat(), "message": "Bonjour,", "edition": 0, **more}


def prepare(file: Candidature, actor: User, **more: Any) -> ComplementDraft:
    current = drafting.draft_of(file)
    given = {"deadline": steps.soon(), "message": "Bonjour,", "edition": current.edition if current else 0, **more}
    return drafting.save(file, actor=actor, **given)


def as_it_stands(file: Candidature) -> ComplementRequest:
    draft = drafting.draft_of(file)
    assert draft is not None
    return drafting.request_of(grid(file), draft)


def sending(file: Candidature) -> dict[str, Any]:
    return {"seen": file.version, "mark": as_it_stands(file).mark}


@pytest.fixture
def asked(file: Candidature, emile: User) -> Candidature:
    steps.ask(file, "ADM-02", emile)
    return file


def test_an_empty_list_says_what_will_appear(client_of: steps.ClientOf, file: Candidature, emile: User):
    assert "Aucun complément à demander" in client_of(emile).get(steps.url("complements", file)).text
    answer = client_of(emile).get(steps.url("preview_complements", file))
    assert (answer.status_code, answer.url) == (302, steps.url("complements", file))


def test_it_is_saved_before_it_is_sent(client_of: steps.ClientOf, asked: Candidature, emile: User):
    page = steps.url("complements", asked)
    answer = client_of(emile).post(page, typed(preview="1"))
    assert (answer.status_code, answer.url) == (302, steps.url("preview_complements", asked))
    assert steps.stage_of(asked) == Stage.IN_EVALUATION
    answer = client_of(emile).post(page, typed(edition=1, message="Bonsoir,"))
    assert (answer.status_code, answer.url) == (302, page)
    assert "Bonsoir," in client_of(emile).get(page).text


def test_the_preview_shows_what_the_editor_reads_then_sends_it(
    client_of: steps.ClientOf, asked: Candidature, emile: User, alice: User
):
    joined = [play.a_file("modele.txt", b"Un modele.")]
    prepare(asked, emile, message="Merci de joindre <b>la page signée</b> {{ ici }}.", joined=joined)
    preview = client_of(emile).get(steps.url("preview_complements", asked)).text
    sent = client_of(emile).post(steps.url("preview_complements", asked), sending(asked))
    assert (sent.status_code, sent.url) == (302, reverse("referencing:show", args=[asked.reference]))
    assert steps.stage_of(asked) == Stage.COMPLEMENTS_REQUESTED
    read = client_of(alice).get(steps.url("to_do", asked)).text
    for words in (
        "Merci de joindre &lt;b&gt;la page signée&lt;/b&gt; {{ ici }}.",
        "Un contrat signé.",
        "modele.txt",
        "1\u00a0complément vous est demandé",
        "Attendu",
    ):
        assert words in preview
        assert words in read
    assert "Pièce illisible." not in preview + read  # the motive of the verdict stays inside
    assert ComplementDraft.objects.count() == 0


def test_a_list_that_changed_is_read_again_before_it_leaves(client_of: steps.ClientOf, asked: Candidature, emile: User):
    prepare(asked, emile)
    sent = sending(asked)
    steps.ask(asked, "ADM-04", emile)
    answer = client_of(emile).post(steps.url("preview_complements", asked), sent)
    assert answer.status_code == 409
    assert "Rien n'a été envoyé" in answer.text
    assert "ADM-04" in answer.text
    assert steps.stage_of(asked) == Stage.IN_EVALUATION


@pytest.mark.parametrize("changed", ["message", "deadline", "file", "withdrawn"])
def test_whatever_changed_since_the_preview_nothing_unread_is_sent(
    client_of: steps.ClientOf, asked: Candidature, emile: User, sophie: User, changed: str
):
    steps.ask(asked, "ADM-04", emile)
    prepare(asked, emile)
    sent = sending(asked)
    gestures = {
        "message": lambda: prepare(asked, sophie, message="Autre chose."),
        "deadline": lambda: prepare(asked, sophie, deadline=next_working_day(steps.soon() + timedelta(days=1))),
        "file": lambda: prepare(asked, sophie, joined=[play.a_file()]),
        "withdrawn": lambda: steps.say(asked, "ADM-04", emile),
    }
    gestures[changed]()
    assert client_of(emile).post(steps.url("preview_complements", asked), sent).status_code == 409
    assert steps.stage_of(asked) == Stage.IN_EVALUATION


def test_the_second_to_send_is_told(client_of: steps.ClientOf, asked: Candidature, emile: User):
    prepare(asked, emile)
    sent = sending(asked)
    Candidature.objects.filter(pk=asked.pk).update(version=asked.version + 1)
    assert client_of(emile).post(steps.url("preview_complements", asked), sent).status_code == 409


def test_two_who_prepare_it_overwrite_nothing(client_of: steps.ClientOf, asked: Candidature, emile: User, sophie: User):
    prepare(asked, sophie, message="Le message de Sophie.")
    answer = client_of(emile).post(steps.url("complements", asked), typed(message="Le message d'Émile."))
    assert answer.status_code == 409
    assert "Le message de Sophie." in answer.text
    assert "Le message d&#x27;Émile." in answer.text
    assert client_of(emile).post(steps.url("complements", asked), typed(edition=1)).status_code == 302


@pytest.mark.parametrize(
    ("deadline", "sentence"),
    [
        ("", "Fixez une échéance."),
        ("demain", "Écrivez une date, par exemple 31/12/2026."),
        ("2020-01-01", "Cette échéance est passée : choisissez une date à partir du"),
        ("2999-01-01", "Cette échéance est à plus d'un an : vérifiez l'année."),
    ],
)
def test_a_bad_deadline_is_one_sentence(
    client_of: steps.ClientOf, asked: Candidature, emile: User, deadline: str, sentence: str
):
    answer = client_of(emile).post(steps.url("complements", asked), typed(deadline=deadline))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["deadline"]
    assert answer.context["form"].errors["deadline"][0].startswith(sentence)
    assert "Bonjour," in answer.text


def test_a_message_too_long_is_refused_and_kept(client_of: steps.ClientOf, asked: Candidature, emile: User):
    answer = client_of(emile).post(steps.url("complements", asked), typed(message="a" * 200_000))
    assert answer.status_code == 422
    assert "Ce texte compte" in answer.text
    assert "a" * 200_000 in answer.text


def test_files_pass_the_checks_of_a_proof(client_of: steps.ClientOf, asked: Candidature, emile: User):
    page = steps.url("complements", asked)
    for name, content, words in (("outil.exe", b"MZ", "format accepté"), ("v.txt", EICAR, "virus de test")):
        answer = client_of(emile).post(page, typed(joined=play.a_file(name, content)))
        assert answer.status_code == 422
        assert words in answer.text
        assert "Bonjour," in answer.text
    assert RequestFile.objects.count() == 0
    assert client_of(emile).post(page, typed(joined=play.a_file("modele.txt"))).status_code == 302
    assert [file.original_name for file in RequestFile.objects.all()] == ["modele.txt"]


def test_there_is_a_limit_to_how_many(asked: Candidature, emile: User):
    many = [play.a_file(f"{rank}.txt", f"piece {rank}".encode()) for rank in range(drafting.MOST_FILES)]
    prepare(asked, emile, joined=many)
    with pytest.raises(Refused, match="10 pièces jointes au plus"):
        prepare(asked, emile, joined=[play.a_file()])


def test_a_file_taken_off_leaves_no_bytes(
    client_of: steps.ClientOf, asked: Candidature, emile: User, django_capture_on_commit_callbacks
):
    prepare(asked, emile, joined=[play.a_file()])
    kept = RequestFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(emile).post(steps.url("remove_request_file", asked, str(kept.public_id)))
    assert (RequestFile.objects.count(), default_storage.exists(str(kept.file.name))) == (0, False)


def test_a_file_is_read_by_the_two_sides_once_sent_and_stays(
    client_of: steps.ClientOf, asked: Candidature, emile: User, eva: User, alice: User, charlie: User, sophie: User
):
    prepare(asked, emile, joined=[play.a_file()])
    kept = RequestFile.objects.get()
    page = steps.url("request_file", asked, str(kept.public_id))
    before = {who.full_name: opened(client_of(who).get(page)) for who in (emile, sophie, alice, charlie, eva)}
    assert before == {
        "Émile Roux": 200,
        "Sophie Bernard": 200,
        "Alice Martin": 404,
        "Charlie Petit": 404,
        "Eva Noël": 404,
    }
    client_of(emile).post(steps.url("preview_complements", asked), sending(asked))
    after = [opened(client_of(who).get(page)) for who in (emile, sophie, alice, charlie, eva)]
    assert after == [200, 200, 200, 404, 404]
    assert acts.payloads(asked, ActKind.COMPLEMENT_REQUEST)[0]["files"] == [kept.quoted]
    client_of(emile).post(steps.url("remove_request_file", asked, str(kept.public_id)))
    assert RequestFile.objects.count() == 1


def test_an_infected_file_keeps_the_request_home(client_of: steps.ClientOf, asked: Candidature, emile: User):
    prepare(asked, emile, joined=[play.a_file("modele.txt")])
    RequestFile.objects.update(scan=RequestFile.Scan.INFECTED)
    answer = client_of(emile).post(steps.url("preview_complements", asked), sending(asked))
    assert answer.status_code == 422
    assert "« modele.txt » contient un virus" in answer.text
    assert steps.stage_of(asked) == Stage.IN_EVALUATION


def opened(answer: Any) -> int:
    if answer.streaming:
        answer.getvalue()  # a file stays open until it is read
    return int(answer.status_code)
