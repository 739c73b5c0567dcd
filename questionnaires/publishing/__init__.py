"""Versions of the référentiel as people meet them: read, compared, taken out as files, brought in by support."""
