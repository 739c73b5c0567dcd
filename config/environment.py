"""Read the environment, and refuse to start with a sentence rather than a traceback.

Every setting comes from here. A missing or absurd value raises `Misconfigured`, a `SystemExit`
whose message is one line: what is wrong and how to mend it.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")  # what is in the environment already wins


class Misconfigured(SystemExit):
    """The application cannot start; the message says why, in one line of French."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"Configuration : {sentence}")


def boolean(name: str, *, default: bool) -> bool:
    """Read 0/1 (or true/false, yes/no…); anything else is refused, never read as false."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on", "oui"}:
        return True
    if raw in {"0", "false", "no", "off", "non"}:
        return False
    raise Misconfigured(f"{name} vaut « {raw} » ; écrivez {name}=1 ou {name}=0.")


def integer(name: str, *, default: int, minimum: int = 1, maximum: int = 10**9) -> int:
    """Read a whole number between two bounds."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdigit() or not minimum <= int(raw) <= maximum:
        raise Misconfigured(f"{name} vaut « {raw} » ; écrivez un nombre entier entre {minimum} et {maximum}.")
    return int(raw)


def text(name: str, *, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def words(name: str, *, default: list[str]) -> list[str]:
    """Read a list separated by commas."""
    raw = os.environ.get(name, "").strip()
    return [word.strip() for word in raw.split(",") if word.strip()] if raw else default


def required(name: str, example: str) -> str:
    value = text(name)
    if not value:
        raise Misconfigured(f"{name} manque alors que PRODUCTION=1 ; ajoutez par exemple {name}={example}.")
    return value


def needed(name: str, example: str, *, production: bool) -> str:
    """Read a value that production cannot do without."""
    return required(name, example) if production else text(name)


def data_dir(base: Path) -> Path:
    """Return the one folder where the embedded default keeps everything; it must be writable.

    A folder that we find empty is marked as ours: `make reset` erases no other.
    """
    folder = Path(text("DATA_DIR", default="var"))
    folder = folder if folder.is_absolute() else base / folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            (folder / ".referencement").write_text("Données de l'application ; « make reset » efface ce dossier.\n")
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Misconfigured(
            f"le dossier {folder} n'est pas accessible en écriture ({error.strerror}) ; "
            "rendez-le accessible ou indiquez-en un autre avec DATA_DIR."
        ) from None
    return folder


def secret_key(folder: Path, *, production: bool) -> str:
    """Return SECRET_KEY; the embedded default makes one once and keeps it in its data folder."""
    if production:
        key = required("SECRET_KEY", "une-longue-suite-de-caractères-au-hasard")
        if len(key) < 50:
            raise Misconfigured("SECRET_KEY compte moins de 50 caractères ; générez-en une plus longue.")
        return key
    if key := text("SECRET_KEY"):
        return key
    kept = folder / "secret_key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(64))
        kept.chmod(0o600)
    return kept.read_text()


def url(name: str, *, schemes: set[str], default: str = "") -> str:
    """Read an address whose scheme must be one of `schemes`."""
    raw = text(name, default=default)
    if raw and urlsplit(raw).scheme not in schemes:
        raise Misconfigured(f"{name} doit commencer par {' ou '.join(sorted(s + '://' for s in schemes))}.")
    return raw
