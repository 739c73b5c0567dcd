"""Is everything the application leans on within reach? Asked at start, by `manage.py ready` and by `/readyz`.

Each check returns one French line when all is well and raises `NotReady`, with one sentence that says what is wrong
and how to mend it, when it is not.
"""

import socket
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.connection import Connection
from kombu.exceptions import OperationalError as BrokerError


class NotReady(Exception):
    """Something the application needs is missing; the message is the sentence to show."""


def database() -> str:
    """Check that the database answers."""
    place = str(connection.settings_dict["HOST"] or connection.settings_dict["NAME"])
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise NotReady(
            f"La base de données ne répond pas ({place} : {_reason(error)}) ; démarrez-la ou corrigez DATABASE_URL."
        ) from None
    return f"Base de données : {connection.display_name}, {place}"


def _reason(error: Exception) -> str:
    """Return the heart of what the driver says: « connection … failed: Connection refused (newline) Is the server… »."""
    first_line, _, _ = str(error).strip().partition("\n")
    return first_line.rpartition(": ")[2].strip() or "sans explication"


def migrations() -> str:
    """Check that the tables are those of this edition of the code."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("La base de données n'est pas à jour ; lancez « manage.py migrate ».")
    return "Tables : à jour"


def storage() -> str:
    """Check that a file can be written and taken away again."""
    place = settings.STORAGE_BUCKET or str(settings.DATA_DIR / "files")
    try:
        name = default_storage.save(f"essais/{uuid.uuid4().hex}", ContentFile(b"essai"))
        default_storage.delete(name)
    except (OSError, BotoCoreError, ClientError) as error:
        raise NotReady(
            f"Le stockage des fichiers n'accepte pas d'écriture ({place} : {error}) ; "
            "rendez-le accessible ou corrigez DATA_DIR ou STORAGE_*."
        ) from None
    return f"Fichiers : {place}"


def broker() -> str:
    """Check that Redis answers, when there is one."""
    if not settings.REDIS_URL:
        return "Travail de fond : sans Redis, par « manage.py work »"
    try:
        with Connection(settings.REDIS_URL, connect_timeout=2) as link:
            link.ensure_connection(max_retries=1, interval_start=0.2)
    except (OSError, BrokerError) as error:
        raise NotReady(f"Redis ne répond pas ({error}) ; démarrez-le ou corrigez REDIS_URL.") from None
    return "Travail de fond : Celery, par Redis"


def antivirus() -> str:
    """Check that something listens where the antivirus should; files wait for it, pages do not."""
    if not settings.CLAMD_SOCKET:
        return "Antivirus : analyse désactivée"
    parts = urlsplit(settings.CLAMD_SOCKET)
    is_unix = parts.scheme == "unix"
    try:
        with socket.socket(socket.AF_UNIX if is_unix else socket.AF_INET) as link:
            link.settimeout(2)
            link.connect(parts.path if is_unix else (parts.hostname, parts.port or 3310))
    except OSError as error:
        raise NotReady(f"L'antivirus ne répond pas ({error}) ; démarrez clamd ou corrigez CLAMD_SOCKET.") from None
    return f"Antivirus : {settings.CLAMD_SOCKET}"


def require_database() -> None:
    """Stop the process, with one sentence, when the database is out of reach: for programs that start on their own."""
    try:
        database()
    except NotReady as problem:
        raise SystemExit(str(problem)) from None
    connection.close()  # what starts here will fork: a connection is never shared between processes


# In the order of the start: what does not need the tables first.
OUTSIDE: tuple[Callable[[], str], ...] = (database, storage, broker)
ALL: tuple[Callable[[], str], ...] = (*OUTSIDE, migrations)
# What an operator looks at. Without the antivirus the pages still answer: a probe must not stop them for it.
OPERATED: tuple[Callable[[], str], ...] = (*ALL, antivirus)
