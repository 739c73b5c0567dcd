import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from kit import probes, readiness
from tests.client import HouseClient


def test_everything_is_within_reach(db: None, capsys: pytest.CaptureFixture[str]):
    call_command("ready")
    assert [line.split(" : ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "Base de données",
        "Fichiers",
        "Travail de fond",
        "Tables",
        "Antivirus",
    ]


def test_the_storage_check_leaves_nothing(db: None):
    readiness.storage()
    assert default_storage.listdir("essais") == ([], [])


def test_a_storage_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path, settings):
    (tmp_path / "files").write_text("a file where a folder should be")
    monkeypatch.setattr(default_storage, "location", str(tmp_path / "files"))
    settings.DATA_DIR = tmp_path
    with pytest.raises(readiness.NotReady, match=r"^Le stockage des fichiers n'accepte pas d'écriture \(.*/files : "):
        readiness.storage()


def test_a_broker_that_does_not_answer_is_named(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(readiness.NotReady, match=r"^Redis ne répond pas \(.*\) ; démarrez-le ou corrigez REDIS_URL\.$"):
        readiness.broker()


def test_a_broker_that_answers_is_ready(settings, private_redis):
    settings.REDIS_URL = private_redis.url
    assert readiness.broker() == "Travail de fond : Celery, par Redis"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            'connection failed: connection to server at "db", port 5432 failed: Connection refused\n\tIs the server up?',
            "Connection refused",
        ),
        (
            'connection failed: FATAL:  password authentication failed for user "nom"',
            'password authentication failed for user "nom"',
        ),
        ("unable to open database file", "unable to open database file"),
        ("", "sans explication"),
    ],
)
def test_the_reason_is_the_heart_of_what_the_driver_says(monkeypatch: pytest.MonkeyPatch, said: str, reason: str):
    def fail() -> None:
        raise OperationalError(said)

    monkeypatch.setattr(connection, "ensure_connection", fail)
    with pytest.raises(readiness.NotReady) as problem:
        readiness.database()
    assert f" : {reason}) ; démarrez-la" in str(problem.value)


def test_the_probe_of_life_asks_nothing_of_anybody(client: HouseClient):
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.content) == (200, b"ok")


def test_the_probe_of_readiness_names_each_check(db: None, client: HouseClient):
    response = client.get("/readyz", headers={"host": "10.0.0.7"})
    assert response.status_code == 200
    assert response.json() == {"database": True, "storage": True, "broker": True, "migrations": True}


def test_the_probe_of_readiness_says_what_is_missing(db: None, client: HouseClient, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "storage": True, "broker": False, "migrations": True}


def test_the_probe_of_readiness_checks_again_only_after_ten_seconds(monkeypatch: pytest.MonkeyPatch):
    now, asked = [1000.0], []

    def something() -> str:
        asked.append(now[0])
        return "Tout va bien"

    monkeypatch.setattr(readiness, "ALL", (something,))
    monkeypatch.setattr(probes.time, "monotonic", lambda: now[0])
    probe = probes.ProbesMiddleware(lambda request: HttpResponse())
    for now[0] in (1000.0, 1009.9, 1010.0, 1012.0):
        assert probe(RequestFactory().get("/readyz")).status_code == 200
    assert asked == [1000.0, 1010.0]
