"""Settings of the tests: the real ones, in a private folder, deaf to the `.env` of the person who runs them.

`TEST_DATABASE_URL` chooses the database; without it the tests run on SQLite in memory.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / ".env.example"
for name in re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", EXAMPLE.read_text(), flags=re.MULTILINE):
    os.environ[name] = ""
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="referencement-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: E402, F403
from config.settings import TEMPLATES  # noqa: E402
from tests.templates import Undefined  # noqa: E402

# Real hashing is slow on purpose; no test depends on it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()  # type: ignore[index]
# Each test client is a new handler, and WhiteNoise would list 1,700 files for each: let it look for them one by one.
WHITENOISE_AUTOREFRESH = True
# The bell rings in an empty house: a test says itself when the outbox is drained.
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
