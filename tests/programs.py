"""Programs of the project started as a person or a machine starts them, with an environment of our choosing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What a program needs of the machine; everything else would be a setting of the person who runs the tests.
KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE", "SSL_CERT_DIR", "TMPDIR"}

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k" * 30 + "0123456789abcdefghij!?",
    "ALLOWED_HOSTS": "referencement.example.fr",
    "BASE_URL": "https://referencement.example.fr",
    "DATABASE_URL": "postgres://nom:secret@127.0.0.1:1/base",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "STORAGE_BUCKET": "essai",
    "STORAGE_ENDPOINT": "https://objets.example.fr",
    "STORAGE_ACCESS_KEY": "cle",
    "STORAGE_SECRET_KEY": "secret",
    "CLAMD_SOCKET": "tcp://127.0.0.1:1",
    "EMAIL_URL": "smtp+tls://nom:secret@127.0.0.1:587",
}


def environment(settings: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program: `.env` is not heard, each of its settings being given, empty if need be."""
    explained = (ROOT / ".env.example").read_text().splitlines()
    empty = {line[2:].split("=")[0]: "" for line in explained if line.startswith("# ") and "=" in line}
    del empty["WEB_CONCURRENCY"]  # gunicorn reads it by itself, and an empty one is not a number
    return {name: value for name, value in os.environ.items() if name in KEPT} | empty | settings


def run(*command: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program in the folder of the project and return what it said."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def manage(*arguments: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "manage.py", *arguments, settings=settings)
