"""A change of the orientation is shown before it is made, and made only as it was shown."""

from collections.abc import Callable
from html import unescape

import pytest

from accounts.models import User
from journal.models import Event
from questionnaires import sheets, vault
from questionnaires.models import Answer, Version
from referencing import piles
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
SECRET = "Texte de l'échange, gardé pour l'équipe"
KEEP = {"api_mesures": "oui", "api_documents": "non", "api_agenda": "non"}
STOP = {**KEEP, "api_mesures": "non"}


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    """Exchanges data; SEX-01, which depends on it, is answered and proven."""
    candidature = play.draft(alice, simple_version, facts=play.EXCHANGE)
    answer(candidature, "SEX-01", alice, SECRET)
    proof = vault.deposit(
        candidature.organisation,
        play.a_file("hds.txt", b"Certificat."),
        title="Certificat HDS secret",
        kind="CERT",
        user=alice,
    )
    sheets.attach(candidature.sheet, item_of(candidature, "SEX-01").criterion, proof, alice)
    return candidature


def answer(candidature: Candidature, code: str, user: User, comment: str) -> None:
    item = item_of(candidature, code)
    sheets.save_answer(candidature.sheet, item.criterion, value="met", comment=comment, edition=item.edition, user=user)


def item_of(candidature: Candidature, code: str) -> sheets.Item:
    candidature.sheet.refresh_from_db()
    item = sheets.overview(candidature.sheet).item(code)
    assert item is not None
    return item


def screen(candidature: Candidature) -> str:
    """The address of the screen about the exchange of data."""
    return url(candidature, "orientation", str(sheets.orientation_steps(candidature.sheet)[-1].number))


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def text_of(response: object) -> str:
    return unescape(response.content.decode())  # type: ignore[attr-defined]


def test_a_change_that_moves_criteria_is_shown_and_not_made(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    response = client_of(alice).post(screen(draft), STOP)
    page = text_of(response)
    assert response.status_code == 200
    assert "Rien n'est encore enregistré." in page
    assert "Le parcours passe de « Avec échange de données » à <strong>« Référencement simple »</strong>." in page
    assert "Les tests techniques ne sont plus demandés." in page
    assert "2\u00a0critères sortent</strong></a> ; 1\u00a0réponse est mise de côté avec 1\u00a0preuve." in page
    assert "<strong>SEX-01</strong>" in page
    draft.sheet.refresh_from_db()
    assert draft.sheet.facts["echange_mes"] is True
    assert not Event.objects.filter(kind="orientation.changed").exists()


def test_confirmed_it_is_made_and_leaves_a_trace(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    page = text_of(client.post(screen(draft), STOP))
    response = client.post(url(draft, "orientation", "changer"), {**STOP, "seen": seen_in(page)})
    assert response.headers["Location"] == url(draft, "orientation", "resultat")
    assert item_of(draft, "SEX-01").answer is None
    assert Event.objects.get(kind="orientation.changed").data == {
        "revision": draft.sheet.revision,
        "questions": ["api_mesures"],
        "entering": [],
        "leaving": ["SEX-01", "TST-U-01"],
        "set_aside": ["SEX-01"],
    }


def test_going_back_shows_what_comes_back_and_restores_it(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    client, before = client_of(alice), item_of(draft, "SEX-01")
    for answers in (STOP, KEEP):
        page = text_of(client.post(screen(draft), answers))
        client.post(url(draft, "orientation", "changer"), {**answers, "seen": seen_in(page)})
    assert "1\u00a0réponse gardée revient avec 1\u00a0preuve, à relire." in page
    after = item_of(draft, "SEX-01")
    assert (after.answer, after.uses, after.edition) == (before.answer, before.uses, before.edition)
    assert "Réponse à relire" in text_of(client.get(url(draft, "criteres", "SEX-01")))
    assert "réponse à relire" in text_of(client.get(url(draft, "questionnaires")))
    assert "réponse à relire" in text_of(client.get(url(draft, "verifier")))


def test_an_answer_given_meanwhile_to_a_criterion_that_moves_is_never_moved_unseen(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    seen = seen_in(text_of(client.post(screen(draft), STOP)))
    answer(draft, "SEX-01", bob, "Bob complète")
    response = client.post(url(draft, "orientation", "changer"), {**STOP, "seen": seen})
    page = text_of(response)
    assert response.status_code == 409
    assert "Un collègue a travaillé entre-temps" in page
    assert item_of(draft, "SEX-01").answer is not None
    again = client.post(url(draft, "orientation", "changer"), {**STOP, "seen": seen_in(page)})
    assert again.status_code == 302
    assert item_of(draft, "SEX-01").answer is None


def test_a_colleagues_change_of_the_orientation_is_shown_anew(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    seen = seen_in(text_of(client.post(screen(draft), STOP)))
    sheets.answer_orientation(draft.sheet, {"hebergement_externe": False}, bob)
    response = client.post(url(draft, "orientation", "changer"), {**STOP, "seen": seen})
    assert response.status_code == 409
    draft.sheet.refresh_from_db()
    assert draft.sheet.facts["echange_mes"] is True
    assert draft.sheet.facts["hebergement_externe"] is False


def test_a_screen_that_grew_old_does_not_undo_a_colleagues_answers(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client, old = client_of(alice), draft.sheet.revision
    page = client.get(screen(draft)).content.decode()
    assert f'name="revision" value="{old}"' in page
    sheets.answer_orientation(draft.sheet, {"api_documents": True}, bob)
    response = client.post(screen(draft), {**KEEP, "revision": old})
    assert response.status_code == 409
    assert "Souhaitez" not in text_of(response)
    assert "utilisera-t-il l'API Documents" in text_of(response)
    draft.sheet.refresh_from_db()
    assert draft.sheet.facts["api_documents"] is True


def test_answers_that_change_nothing_are_kept_without_a_question(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    response = client_of(alice).post(screen(draft), {**KEEP, "revision": draft.sheet.revision})
    assert response.headers["Location"] == url(draft, "orientation", "resultat")


@pytest.mark.parametrize("seen", ["", "0-0", "n'importe quoi"])
def test_a_confirmation_of_nothing_seen_is_shown_first(
    draft: Candidature, alice: User, client_of: ClientOf, seen: str
) -> None:
    response = client_of(alice).post(url(draft, "orientation", "changer"), {**STOP, "seen": seen})
    assert response.status_code == 409
    assert item_of(draft, "SEX-01").answer is not None


def test_a_confirmation_that_cannot_be_read_starts_again(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    response = client_of(alice).post(url(draft, "orientation", "changer"), {**STOP, "api_agenda": "peut-être"})
    assert response.headers["Location"] == url(draft, "orientation")


def test_a_confirmation_after_the_depot_is_refused_with_a_sentence(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature, client = play.submitted(alice, simple_version), client_of(alice)
    response = client.post(url(candidature, "orientation", "changer"), {**STOP, "seen": "1-x"}, follow=True)
    assert "les réponses d'orientation ne peuvent plus changer" in text_of(response)


# --- Nothing of it leaks ---------------------------------------------------------------------


def stopped(draft: Candidature, alice: User) -> Candidature:
    sheets.answer_orientation(draft.sheet, {"api_mesures": False}, alice)
    return draft


def test_the_team_sees_what_is_aside_and_what_would_bring_it_back(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    stopped(draft, alice)
    assert "1\u00a0réponse mise de côté" in text_of(client.get(url(draft, "questionnaires")))
    listed = text_of(client.get(url(draft, "pourquoi") + "?state=aside"))
    assert "1\u00a0critère affiché" in listed
    assert "Règle : S'applique quand le service échange des données avec Mon espace santé." in listed
    page = text_of(client.get(url(draft, "criteres", "SEX-01")))
    assert SECRET in page
    assert "Certificat HDS secret" in page
    assert "Elle reviendra telle quelle" in page


def test_the_card_of_a_draft_does_not_count_it(draft: Candidature, alice: User) -> None:
    assert [card.candidature.answers for card in piles.cards_of(alice)] == [1]  # type: ignore[attr-defined]
    stopped(draft, alice)
    assert [card.candidature.answers for card in piles.cards_of(alice)] == [0]  # type: ignore[attr-defined]


def test_nobody_else_ever_sees_it(
    draft: Candidature, alice: User, sophie: User, emile: User, client_of: ClientOf
) -> None:
    """Filed with an answer set aside, then read by support and by an expert: pages, grid, report, acts."""
    from referencing import filing

    stopped(draft, alice)
    play.answer_all(draft, alice)
    filing.submit(draft, actor=alice)
    filing.admit(draft, actor=sophie)
    play.assign(draft, emile, actor=sophie, lead=True)
    hidden = Answer.objects.get(criterion__code="SEX-01").uses.get().revision.public_id
    for reader in (sophie, emile):
        client = client_of(reader)
        for parts in (("questionnaires",), ("questionnaires", "securite"), ("criteres", "SEX-01"), ("pourquoi",),
                      ("orientation", "resultat"), ("recevabilite",), ("evaluation",), ("evaluation", "SEX-01"), ("documents",)):  # fmt: skip
            page = text_of(client.get(url(draft, *parts)))
            assert SECRET not in page, parts
            assert "Certificat HDS secret" not in page, parts
            assert "mise de côté" not in page, parts
        assert client.get(url(draft, "preuves", str(hidden))).status_code == 404
        assert client.get(url(draft, "pourquoi") + "?state=aside").status_code == 200
    acts = " ".join(str(act.payload) for act in draft.acts.all())
    assert SECRET not in acts
    assert "Certificat HDS secret" not in acts


def test_an_answer_that_comes_too_late_is_refused_and_its_text_kept(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    stopped(draft, alice)
    form = {"value": "not_met", "comment": "Mon texte tapé trop tard", "edition": 2}
    response = client_of(alice).post(url(draft, "criteres", "SEX-01"), form)
    page = text_of(response)
    assert response.status_code == 409
    assert "D'après l'orientation, ce critère n'est pas demandé." in page
    assert "Mon texte tapé trop tard" in page
    assert "Vous aviez choisi : <strong>Non conforme</strong>." in page
    assert Answer.objects.get(criterion__code="SEX-01").comment == SECRET


def test_a_proof_that_comes_too_late_says_where_its_file_is(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    stopped(draft, alice)
    upload = {"file": play.a_file("tard.txt", b"Trop tard."), "kind": "DOC", "title": "Tard", "note": ""}
    response = client_of(alice).post(url(draft, "criteres", "SEX-01", "preuves"), upload)
    page = text_of(response)
    assert response.status_code == 422
    assert "La preuve n'a pas été jointe" in page
    assert "Le fichier reste dans le coffre de votre organisation" in page
    assert "D'après l'orientation, ce critère n'est pas demandé." in page
