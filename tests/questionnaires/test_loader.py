from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questionnaires.loader import LoadRefused, content_hash, load
from questionnaires.models import Criterion, ExpectedProof, PublishedVersionError, Variable, Version
from tests.questionnaires.folders import SMALL, another, change, copied

pytestmark = pytest.mark.django_db


def test_it_writes_a_version_with_its_questionnaires_in_order():
    version = load(SMALL / "complet")
    assert version.code == "petit-complet"
    assert version.is_open
    assert version.content_sha256 == content_hash(SMALL / "complet")
    assert [(row.code, row.is_answered) for row in version.questionnaires.all()] == [
        ("demande", True),
        ("securite", True),
        ("tests", False),
    ]
    assert [criterion.code for criterion in version.criteria.all()] == [
        "ADM-02",
        "ADM-04",
        "SEC-GOV-01",
        "SEC-GOV-02",
        "SEC-GOV-07",
        "URB-HEB-01",
        "RGPD-FIN-04",
        "SEX-01",
        "TST-U-01",
    ]


def test_it_writes_a_criterion_whole():
    criterion = load(SMALL / "complet").criteria.get(code="URB-HEB-01")
    assert criterion.section.title == "Données de santé"
    assert criterion.condition == "donnees_sante ET hebergement_externe"
    assert criterion.grounds == {
        "donnees_sante": ["le service traite des données de santé", "le service ne traite pas de données de santé"],
        "hebergement_externe": ["l'hébergement est confié à un tiers", "l'hébergement n'est pas confié à un tiers"],
    }
    assert criterion.is_mandatory
    assert criterion.profile == "SSI"
    assert [str(proof) for proof in criterion.expected_proofs.all()] == ["Certificat HDS", "Contrat"]


def test_it_writes_the_reasons_that_a_criterion_admits_and_its_examples(tmp_path: Path):
    folder = another(tmp_path)
    told = (
        "        examples:\n          enough:\n            - Signé.\n          not_enough:\n            - Un modèle.\n"
    )
    change(
        folder,
        "demande.yaml",
        "        guidance:",
        f"{told}        na_reasons:\n          - fonction-absente\n        guidance:",
    )
    version = load(folder)
    absent = {
        "code": "fonction-absente",
        "text": "La fonction visée n'existe pas.",
        "needs_text": True,
        "needs_proof": False,
    }
    carried = {
        "code": "porte-par-prestataire",
        "text": "Un prestataire porte la mesure.",
        "needs_text": False,
        "needs_proof": True,
    }
    own = version.criteria.get(code="ADM-02")
    assert (own.na_reasons, own.examples) == ([absent], {"enough": ["Signé."], "not_enough": ["Un modèle."]})
    assert version.criteria.get(code="ADM-04").na_reasons == []
    assert version.criteria.get(code="SEC-GOV-01").na_reasons == [absent, carried]
    assert version.criteria.get(code="SEX-01").na_reasons == []


def test_it_writes_the_points_merged_into_a_criterion():
    version = load(SMALL / "simplifie")
    assert version.criteria.get(code="SEC-GOV-01").points == [
        {
            "code": "SEC-GOV-02",
            "text": "Un responsable sécurité est désigné.",
            "level": "O",
            "condition": "toujours",
            "coverage": [
                {
                    "kind": "DMN",
                    "edition": "dmn-1",
                    "extent": "partial",
                    "remaining": "Nommez le responsable sécurité de ce service.",
                },
                {"kind": "DMN", "edition": "dmn-2", "extent": "full", "remaining": ""},
            ],
        }
    ]
    assert version.lineage == {
        "version": "petit-complet",
        "merged": {"SEC-GOV-02": "SEC-GOV-01"},
        "removed": ["SEC-GOV-07"],
    }


def test_it_writes_what_each_edition_of_a_certificate_covers():
    version = load(SMALL / "complet")
    assert [(one["kind"], one["code"]) for one in version.certifications] == [
        ("DMN", "dmn-1"),
        ("DMN", "dmn-2"),
        ("TLC", "tlc-1"),
    ]
    criterion = version.criteria.get(code="SEC-GOV-01")
    assert [(row["edition"], row["extent"]) for row in criterion.coverage] == [
        ("dmn-1", "full"),
        ("dmn-2", "full"),
        ("tlc-1", "full"),
    ]
    assert criterion.dispensed_by == ["DMN", "TLC"]
    assert version.criteria.get(code="ADM-02").coverage == []


def test_it_writes_the_orientation_with_its_rules():
    version = load(SMALL / "complet")
    assert version.variables.count() == 12
    variable = version.variables.get(code="type_solution")
    assert variable.choices == [["site", "Site web"], ["ios", "Application iOS"], ["android", "Application Android"]]
    assert [(rule["when"], rule["then"], rule["blocking"]) for rule in version.rules] == [
        ("echange_mes", "donnees_sante", True),
        ("teleconsultation", "donnees_sante", False),
    ]


def test_loading_again_changes_nothing():
    first = load(SMALL / "complet")
    counts = [model.objects.count() for model in (Version, Variable, Criterion, ExpectedProof)]
    assert load(SMALL / "complet") == first
    assert [model.objects.count() for model in (Version, Variable, Criterion, ExpectedProof)] == counts


def test_the_same_code_with_other_content_is_refused(tmp_path: Path):
    load(SMALL / "complet")
    folder = copied(tmp_path)
    change(folder, "demande.yaml", "Un seul fichier", "Un fichier")
    with pytest.raises(LoadRefused) as refusal:
        load(folder)
    assert refusal.value.sentences == [
        "La version « petit-complet » est déjà publiée avec un autre contenu : une version publiée ne change jamais. "
        "Donnez un nouveau code à ces fichiers."
    ]


def test_a_fault_leaves_nothing_behind(tmp_path: Path):
    folder = another(tmp_path)
    change(folder, "tests.yaml", "api_mesures", "api_inconnue")
    with pytest.raises(LoadRefused) as refusal:
        load(folder)
    assert refusal.value.sentences == ["tests.yaml:11 : la variable « api_inconnue » est inconnue"]
    assert not Version.objects.filter(code="petit-autre").exists()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("demande.yaml", "signé", "signée"),
        ("orientation.yaml", "Le service\n", "Votre service\n"),
        ("referentiel.yaml", "Neuf", "9"),
    ],
)
def test_the_hash_follows_every_file(tmp_path: Path, file: str, old: str, new: str):
    folder = copied(tmp_path)
    before = content_hash(folder)
    assert before == content_hash(SMALL / "complet")
    change(folder, file, old, new)
    assert content_hash(folder) != before


def test_the_hash_sees_text_moved_from_a_file_to_another(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("xy")
    (tmp_path / "b.yaml").write_text("z")
    before = content_hash(tmp_path)
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "b.yaml").write_text("yz")
    assert content_hash(tmp_path) != before


# --- A published version never changes -------------------------------------------------------


def test_a_version_may_only_be_closed_or_reopened(full_version: Version):
    full_version.is_open = False
    full_version.save(update_fields=["is_open"])
    assert not Version.objects.get(pk=full_version.pk).is_open
    assert full_version not in Version.objects.open_for_filing()


@pytest.mark.parametrize("fields", [None, ["title"], ["is_open", "title"]])
def test_a_version_cannot_be_saved_otherwise(full_version: Version, fields: list[str] | None):
    full_version.title = "Autre titre"
    with pytest.raises(PublishedVersionError, match="publiez une nouvelle version"):
        full_version.save(update_fields=fields)


def test_a_criterion_cannot_be_saved_again(full_version: Version):
    criterion = full_version.criteria.first()
    assert criterion is not None
    criterion.text = "Plus facile."
    with pytest.raises(PublishedVersionError):
        criterion.save()


@pytest.mark.parametrize("model", [Version, Variable, Criterion, ExpectedProof])
def test_rows_are_neither_updated_nor_deleted_together(full_version: Version, model: type[Criterion]):
    with pytest.raises(PublishedVersionError):
        model.objects.update(id=1)
    with pytest.raises(PublishedVersionError):
        model.objects.all().delete()


def test_criteria_are_not_rewritten_in_bulk(full_version: Version):
    with pytest.raises(PublishedVersionError):
        Criterion.objects.bulk_update(list(full_version.criteria.all()), ["text"])


def test_a_version_cannot_be_deleted(full_version: Version):
    with pytest.raises(PublishedVersionError):
        full_version.delete()


def test_the_newest_open_version_comes_first(full_version: Version, simple_version: Version):
    assert list(Version.objects.open_for_filing()) == [simple_version, full_version]


# --- The commands ----------------------------------------------------------------------------


def test_the_command_says_what_it_loaded_and_what_it_knew(tmp_path: Path, simple_version: Version):
    said = StringIO()
    folder = another(tmp_path)
    call_command("load_referentials", folder, SMALL / "simplifie", stdout=said)
    call_command("load_referentials", folder, stdout=said)
    assert said.getvalue().splitlines() == [
        "petit-autre : chargé, 9 critères.",
        "petit-simplifie : déjà chargé, 7 critères.",
        "petit-autre : déjà chargé, 9 critères.",
    ]


def test_the_command_says_every_fault(tmp_path: Path):
    folder = copied(tmp_path)
    change(folder, "demande.yaml", "profile: MOA", "profile: DSI")
    change(folder, "tests.yaml", "condition: api_mesures", "condition: api")
    with pytest.raises(CommandError) as refusal:
        call_command("load_referentials", folder)
    assert [line.split(" : ")[0] for line in str(refusal.value).splitlines()] == ["demande.yaml:12", "tests.yaml:11"]


def test_linting_loads_nothing(tmp_path: Path):
    said = StringIO()
    call_command("lint_referential", another(tmp_path), stdout=said)
    assert said.getvalue() == "petit-autre : aucune faute ; 12 variables, 3 questionnaires, 9 critères.\n"
    assert not Version.objects.filter(code="petit-autre").exists()


def test_linting_says_every_fault(tmp_path: Path):
    folder = copied(tmp_path)
    change(folder, "tests.yaml", "condition: api_mesures", "condition: api")
    with pytest.raises(CommandError, match=r"^tests.yaml:11 : la variable « api » est inconnue$"):
        call_command("lint_referential", folder)
