"""How much the vault of proofs holds, and who reads its files before they are served."""

from config import environment
from config.environment import boolean, integer, required

MEGABYTE = 1024 * 1024
EVIDENCE_MAX_BYTES = integer("EVIDENCE_MAX_MB", default=250, maximum=2000) * MEGABYTE
EVIDENCE_QUOTA_BYTES = integer("EVIDENCE_QUOTA_MB", default=20_480) * MEGABYTE
DOSSIER_MAX_BYTES = integer("DOSSIER_MAX_MB", default=200, maximum=2000) * MEGABYTE
UPLOAD_HOURS = integer("UPLOAD_HOURS", default=48, maximum=720)
# What a form may weigh in all; more is refused on the announced length, before a byte is read.
REQUEST_MAX_BYTES = 2 * max(EVIDENCE_MAX_BYTES, DOSSIER_MAX_BYTES)
# Empty: files are not analysed, and every page says so. Production refuses to start without it.
CLAMD_SOCKET = environment.url("CLAMD_SOCKET", schemes={"unix", "tcp"})
if boolean("PRODUCTION", default=False) and not CLAMD_SOCKET:
    required("CLAMD_SOCKET", "tcp://clamav:3310")
