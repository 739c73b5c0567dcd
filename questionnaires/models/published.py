"""What a published référentiel is made of never changes: these rows are created by the loader, then only read."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models


class PublishedVersionError(Exception):
    """Raised when code tries to change or delete a row of a published référentiel."""

    def __init__(self, name: str) -> None:
        super().__init__(f"« {name} » appartient à un référentiel publié : publiez une nouvelle version.")


class PublishedQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: object) -> int:
        raise PublishedVersionError(str(self.model._meta.verbose_name))

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        raise PublishedVersionError(str(self.model._meta.verbose_name))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PublishedVersionError(str(self.model._meta.verbose_name))


class Published(models.Model):
    """A row written once. `changeable` names the only fields that may be saved again, with `update_fields`."""

    changeable: ClassVar[frozenset[str]] = frozenset()

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if not self._state.adding and not (update_fields and set(update_fields) <= self.changeable):
            raise PublishedVersionError(str(self))
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise PublishedVersionError(str(self))
