"""Criteria as they were published, remembered by each process: a published référentiel never changes."""

from functools import lru_cache

from questionnaires.models import Criterion


@lru_cache(maxsize=2_000)
def criterion(version: int, code: str) -> Criterion:
    """Return a criterion with its section, its questionnaire and the proofs it expects; it is shared, only to be read.

    Raises Criterion.DoesNotExist; what does not exist is not remembered.
    """
    asked = Criterion.objects.select_related("section__questionnaire").prefetch_related("expected_proofs")
    return asked.get(version=version, code=code)
