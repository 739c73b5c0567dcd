"""« Mes certificats ANS »: giving, reading, checking; what the dépôt and the admission ask."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from questionnaires import sheets
from questionnaires.models import Certificate, Version
from referencing import certificates, filing
from referencing.door import Refused, refusals
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.stages import Stage
from referencing.tracks import Provision, provision_of
from tests import play
from tests.certificates import certify, check_all
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
FACTS = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}
TODAY = timezone.localdate()


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, "certificats", *parts, ""])


def form(**changes: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "number": "DMN-77",
        "issuer": "Agence du numérique en santé",
        "product": "Glyco",
        "product_version": "4.2",
        "edition": "dmn-2",
        "issued_on": (TODAY - timedelta(days=30)).isoformat(),
        "valid_until": (TODAY + timedelta(days=700)).isoformat(),
        "file": SimpleUploadedFile("certificat.txt", b"Certificat DMN-77"),
    }
    return {**usual, **changes}


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    """Its orientation declares a certificate, which is not given yet."""
    candidature = play.draft(alice, simple_version, facts=FACTS)
    sheets.remove_certificate(candidature.sheet, "DMN")
    return candidature


@pytest.fixture
def submitted(alice: User, simple_version: Version) -> Candidature:
    return play.submitted(alice, simple_version, facts=FACTS)


def reasons(candidature: Candidature, verb: str, user: User) -> list[str]:
    return [reason.sentence for reason in refusals(candidature, verb, user) if "certificate" in reason.code]


# --- What the tracks ask ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "owed"),
    [
        ({}, ("", ())),
        ({"dmn_certifie": True}, ("DMN", ("DMN",))),
        ({"dmn_certifie": True, "tlc_certifie": True}, ("TLC", ("DMN", "TLC"))),
    ],
)
def test_a_dedicated_track_owes_every_certificate_declared(
    facts: dict[str, bool], owed: tuple[str, tuple[str, ...]]
) -> None:
    assert provision_of(facts) == Provision(False, False, *owed)


def test_the_depot_waits_for_the_certificate_that_is_declared(draft: Candidature, alice: User) -> None:
    assert reasons(draft, "submit", alice) == [
        "Aucun certificat « dispositif médical numérique (DMN) » n'est joint, alors que l'orientation en déclare un : "
        "joignez un certificat valable, ou corrigez l'orientation."
    ]
    certify(draft.sheet, draft.organisation, alice)
    assert reasons(draft, "submit", alice) == []


def test_an_expired_certificate_closes_the_depot(draft: Candidature, alice: User) -> None:
    certify(draft.sheet, draft.organisation, alice, valid_until=TODAY - timedelta(days=1))
    play.answer_all(draft, alice)
    with pytest.raises(Refused, match="a expiré le"):
        filing.submit(draft, actor=alice)
    certify(draft.sheet, draft.organisation, alice, valid_until=TODAY)
    filing.submit(Candidature.objects.get(), actor=alice)


def test_the_filing_holds_the_coverage_that_was_used(submitted: Candidature) -> None:
    filed = Act.objects.get(kind=ActKind.FILING).payload["sheet"]
    assert [one["number"] for one in filed["certificates"]] == ["DMN-2026-114"]
    assert [one["code"] for one in filed["dispensed"]] == ["SEC-GOV-01"]


def test_admission_waits_for_the_check_of_support(submitted: Candidature, sophie: User) -> None:
    assert reasons(submitted, "admit", sophie) == [
        "Certificat DMN n° DMN-2026-114 : vous ne l'avez pas encore vérifié."
    ]
    with pytest.raises(Refused):
        filing.admit(submitted, actor=sophie)
    check_all(submitted.sheet, sophie)
    filing.admit(submitted, actor=sophie)
    (checked,) = Act.objects.get(kind=ActKind.ADMISSION).payload["certificates"]
    assert (checked["kind"], checked["review"]) == ("DMN", "accepted")


def test_a_refused_certificate_sends_its_criteria_back_to_the_editeur(
    submitted: Candidature, alice: User, sophie: User
) -> None:
    certificate = sheets.certificates_of(submitted.sheet)[0]
    certificates.check(submitted, certificate, accepted=False, motive="Autre produit.", actor=sophie)
    assert "vous l'avez refusé" in reasons(submitted, "admit", sophie)[0]
    back = filing.declare_incomplete(
        submitted,
        missing=[{"what": "Un certificat de ce produit", "basis": ""}],
        deadline=TODAY + timedelta(days=20),
        actor=sophie,
    )
    assert reasons(back, "submit", alice) == [
        "Le certificat DMN n° DMN-2026-114 a été refusé par le support : Autre produit : joignez un certificat valable, "
        "ou corrigez l'orientation."
    ]
    assert "criterion:SEC-GOV-01" in [reason.code for reason in refusals(back, "submit", alice)]


def test_a_certificate_is_checked_during_the_examination_only(draft: Candidature, alice: User, sophie: User) -> None:
    certificate = certify(draft.sheet, draft.organisation, alice)
    with pytest.raises(certificates.CannotCheckNow):
        certificates.check(draft, certificate, accepted=True, motive="", actor=sophie)


# --- The pages -------------------------------------------------------------------------------


def test_a_certificate_is_given_and_its_facts_are_kept(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    page = client_of(alice).post(url(draft, "dmn"), form(), follow=True).content.decode()
    assert "1 critère dispensé" in page.replace("\xa0", " ")
    certificate = Certificate.objects.get()
    assert (certificate.number, certificate.edition, certificate.entered_by) == ("DMN-77", "dmn-2", alice)
    assert certificate.revision.expires_on == certificate.valid_until
    event = Event.objects.get(kind="certificate.saved")
    assert (event.subject, event.data["kind"], event.data["edition"]) == (draft.reference, "DMN", "dmn-2")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "Ce champ est obligatoire."),
        ({"file": ""}, "Joignez le fichier du certificat, ou choisissez-en un déjà déposé."),
        ({"valid_until": "2001-01-01"}, "Un certificat expire après avoir été délivré : vérifiez les deux dates."),
        (
            {"issued_on": (TODAY + timedelta(days=1)).isoformat()},
            "Un certificat ne peut pas être délivré dans l&#x27;avenir.",
        ),
        ({"edition": "tlc-1"}, "Sélectionnez un choix valide"),
        ({"file": SimpleUploadedFile("vide.txt", b"")}, "est vide"),
    ],
)
def test_a_bad_form_says_why_and_keeps_what_was_typed(
    draft: Candidature, alice: User, client_of: ClientOf, changes: dict[str, object], sentence: str
) -> None:
    response = client_of(alice).post(url(draft, "dmn"), form(**changes))
    page = response.content.decode()
    assert (response.status_code, sentence in page) == (422, True)
    assert 'value="4.2"' in page
    assert not Certificate.objects.exists()


def test_correcting_keeps_the_file_when_no_other_is_given(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    first = certify(draft.sheet, draft.organisation, alice)
    client = client_of(alice)
    assert 'value="DMN-2026-114"' in client.get(url(draft, "dmn")).content.decode()
    client.post(url(draft, "dmn"), form(file="", existing=first.revision_id))
    again = Certificate.objects.get()
    assert (again.number, again.revision) == ("DMN-77", first.revision)


def test_what_is_missing_is_said_with_the_criteria_that_come_back(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    page = client_of(alice).get(url(draft)).content.decode()
    assert "1\xa0critère revient" in page
    assert "joint, alors que l&#x27;orientation en déclare un" in page
    page = client_of(alice).get(f"/candidatures/{draft.reference}/criteres/SEC-GOV-01/").content.decode()
    assert "Revient : aucun certificat" in page


def test_the_remaining_duty_is_said_where_it_is_answered(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    certify(draft.sheet, draft.organisation, alice, edition="dmn-1")
    page = client_of(alice).get(f"/candidatures/{draft.reference}/criteres/SEC-GOV-01/").content.decode()
    assert "Reste à prouver :</strong> Ne répondez que pour SEC-GOV-02." in page
    assert "Reste à prouver : Nommez le responsable sécurité de ce service." in page


def test_one_that_expires_during_the_procedure_is_announced(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    certify(draft.sheet, draft.organisation, alice, valid_until=TODAY + timedelta(days=60))
    for page in (url(draft), f"/candidatures/{draft.reference}/verifier/"):
        assert "avant la fin de la procédure" in client_of(alice).get(page).content.decode()


def test_it_is_withdrawn_once_and_its_file_stays(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    revision = certify(draft.sheet, draft.organisation, alice).revision
    for _ in range(2):
        client_of(alice).post(url(draft, "dmn", "retirer"))
    assert not Certificate.objects.exists()
    revision.refresh_from_db()
    assert Event.objects.filter(kind="certificate.removed").count() == 1


def test_an_unknown_kind_does_not_exist(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    assert client_of(alice).get(url(draft, "hds")).status_code == 404


def test_after_the_depot_the_form_says_that_it_is_too_late(
    submitted: Candidature, alice: User, client_of: ClientOf
) -> None:
    page = client_of(alice).post(url(submitted, "dmn"), form(), follow=True).content.decode()
    assert "ses certificats ne peuvent plus changer" in page
    assert Certificate.objects.get().number == "DMN-2026-114"


def test_support_reads_the_file_then_checks_it(submitted: Candidature, sophie: User, client_of: ClientOf) -> None:
    client, certificate = client_of(sophie), Certificate.objects.get()
    page = client.get(f"/candidatures/{submitted.reference}/recevabilite/").content.decode()
    assert url(submitted, "dmn", "verifier") in page
    proof = f"/candidatures/{submitted.reference}/preuves/{certificate.revision.public_id}/"
    assert client.get(proof).getvalue() == b"Certificat DMN"
    refused = client.post(url(submitted, "dmn", "verifier"), {"finding": "refused", "motive": ""})
    assert (refused.status_code, "Dites pourquoi le certificat est refusé" in refused.content.decode()) == (422, True)
    client.post(url(submitted, "dmn", "verifier"), {"finding": "accepted", "motive": ""})
    certificate.refresh_from_db()
    assert (certificate.review, certificate.checked_by) == ("accepted", sophie)
    assert Event.objects.get(kind="certificate.checked").data["review"] == "accepted"


def test_once_admitted_the_check_is_closed(submitted: Candidature, sophie: User, client_of: ClientOf) -> None:
    check_all(submitted.sheet, sophie)
    filing.admit(submitted, actor=sophie)
    response = client_of(sophie).post(url(submitted, "dmn", "verifier"), {"finding": "refused", "motive": "Trop tard."})
    assert "pendant l&#x27;examen de la recevabilité" in response.content.decode()
    assert Certificate.objects.get().review == "accepted"


def test_the_evaluators_see_what_was_used_at_filing(
    alice: User, simple_version: Version, sophie: User, emile: User, client_of: ClientOf
) -> None:
    candidature = play.assigned(alice, simple_version, sophie, emile, facts=FACTS)
    assert candidature.stage == Stage.IN_EVALUATION
    page = client_of(emile).get(f"/candidatures/{candidature.reference}/evaluation/").content.decode()
    assert "DMN n° DMN-2026-114" in page
    assert "1\xa0critère dispensé, à ne pas juger" in page


def test_the_page_costs_the_same_whatever_is_dispensed(
    draft: Candidature, alice: User, client_of: ClientOf, django_assert_max_num_queries
) -> None:
    certify(draft.sheet, draft.organisation, alice)
    client = client_of(alice)
    client.get(url(draft))
    with django_assert_max_num_queries(20):
        client.get(url(draft))
