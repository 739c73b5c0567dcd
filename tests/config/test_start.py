"""A start that cannot succeed says why, in one sentence, and stops."""

import sys
from pathlib import Path

import pytest

from tests.programs import PRODUCTION, manage, run

pytestmark = pytest.mark.once


def only_sentence(text: str) -> str:
    """Return the single line that a program wrote to complain."""
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"SECRET_KEY": ""},
            "SECRET_KEY manque alors que PRODUCTION=1 ; ajoutez par exemple "
            "SECRET_KEY=une-longue-suite-de-caractères-au-hasard.",
        ),
        ({"SECRET_KEY": "court"}, "SECRET_KEY compte moins de 50 caractères ; générez-en une plus longue."),
        (
            {"DEMO": "1"},
            "DEMO=1 ouvre tous les comptes sans mot de passe ; retirez DEMO quand PRODUCTION=1.",
        ),
        (
            {"DEBUG": "1"},
            "DEBUG=1 montre l'intérieur de l'application ; retirez DEBUG quand PRODUCTION=1.",
        ),
        (
            {"ALLOWED_HOSTS": "*"},
            "ALLOWED_HOSTS doit nommer les domaines servis, par exemple ALLOWED_HOSTS=referencement.example.fr.",
        ),
        ({"BASE_URL": "http://referencement.example.fr"}, "BASE_URL doit commencer par https://."),
        (
            {"DATABASE_URL": "sqlite:///base"},
            "DATABASE_URL doit désigner PostgreSQL quand PRODUCTION=1, par exemple "
            "DATABASE_URL=postgres://nom:secret@hote:5432/base.",
        ),
        (
            {"REDIS_URL": ""},
            "REDIS_URL manque alors que PRODUCTION=1 ; ajoutez par exemple REDIS_URL=rediss://hote:6379/0.",
        ),
        (
            {"STORAGE_BUCKET": ""},
            "STORAGE_BUCKET manque alors que PRODUCTION=1 ; ajoutez par exemple STORAGE_BUCKET=referencement.",
        ),
        (
            {"EMAIL_URL": ""},
            "EMAIL_URL manque alors que PRODUCTION=1 ; ajoutez par exemple EMAIL_URL=smtp+tls://nom:secret@hote:587.",
        ),
        (
            {"CLAMD_SOCKET": ""},
            "CLAMD_SOCKET manque alors que PRODUCTION=1 ; ajoutez par exemple CLAMD_SOCKET=tcp://clamav:3310.",
        ),
        ({"CLAMD_SOCKET": "clamav:3310"}, "CLAMD_SOCKET doit commencer par tcp:// ou unix://."),
        (
            {"REMINDER_DAYS_BEFORE": "7,-2"},
            "REMINDER_DAYS_BEFORE doit énumérer des jours, par exemple REMINDER_DAYS_BEFORE=7,2.",
        ),
        (
            {"PROOF_REMINDER_DAYS": "60,bientôt"},
            "PROOF_REMINDER_DAYS doit énumérer des jours, par exemple PROOF_REMINDER_DAYS=60,15.",
        ),
        (
            {"PROOF_KINDS_THAT_LAPSE": "CERTIFICAT"},
            "PROOF_KINDS_THAT_LAPSE ne peut nommer que AIPD, ATTEST, CAPT, CERT, CONTRAT, DECL, DEMO, DOC, MESURE, "
            "RAPP, REGISTRE, TEST, URL, aucune.",
        ),
        ({"PRODUCTION": "peut-être"}, "PRODUCTION vaut « peut-être » ; écrivez PRODUCTION=1 ou PRODUCTION=0."),
        ({"PORT": "99999"}, "PORT vaut « 99999 » ; écrivez un nombre entier entre 1 et 65535."),
        (
            {"REPORT_COMMUNICATED_FROM": "jamais"},
            "REPORT_COMMUNICATED_FROM doit valoir « rapport », « avis » ou « decision ».",
        ),
        ({"REPORT_COMMUNICATES": "notes"}, "REPORT_COMMUNICATES ne peut nommer que experts, score."),
        ({"SILENCE_MEANS": "oui"}, "SILENCE_MEANS doit valoir « rejet » ou « acceptation »."),
    ],
)
def test_a_missing_or_absurd_setting_stops_the_start(settings: dict[str, str], sentence: str, tmp_path: Path):
    result = manage("check", settings=PRODUCTION | {"DATA_DIR": str(tmp_path)} | settings)
    assert result.returncode == 1
    assert only_sentence(result.stderr) == f"Configuration : {sentence}"


def test_a_data_folder_that_cannot_be_written_stops_the_start(tmp_path: Path):
    (tmp_path / "file").write_text("")
    result = manage("check", settings={"DATA_DIR": str(tmp_path / "file" / "var")})
    assert result.returncode == 1
    assert only_sentence(result.stderr) == (
        f"Configuration : le dossier {tmp_path}/file/var n'est pas accessible en écriture (Not a directory) ; "
        "rendez-le accessible ou indiquez-en un autre avec DATA_DIR."
    )


def test_production_settings_have_nothing_to_mend(tmp_path: Path):
    result = manage("check", "--deploy", "--fail-level", "WARNING", settings=PRODUCTION | {"DATA_DIR": str(tmp_path)})
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "manage.py", "ready"],
        [sys.executable, "manage.py", "prepare"],
        [sys.executable, "manage.py", "migrate"],
        [sys.executable, "-m", "gunicorn", "config.wsgi"],
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--pool", "solo"],
        [sys.executable, "-m", "celery", "-A", "config.celery", "beat", "--schedule", "CLOCK"],
    ],
    ids=["ready", "prepare", "migrate", "gunicorn", "worker", "beat"],
)
def test_a_database_out_of_reach_stops_the_start_of_every_program(command: list[str], tmp_path: Path):
    settings = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://nom:secret@127.0.0.1:1/base",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    result = run(*(str(tmp_path / "clock") if word == "CLOCK" else word for word in command), settings=settings)
    assert result.returncode == 1
    assert (
        "La base de données ne répond pas (127.0.0.1 : Connection refused) ; démarrez-la ou corrigez DATABASE_URL."
        in result.stderr
    )
    assert "Traceback" not in result.stderr
    assert "secret" not in result.stderr
