"""Numbers given in order, without a gap, one row a series."""

from django.db import models


class Counter(models.Model):
    name = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "compteur"

    def __str__(self) -> str:
        return f"{self.name} : {self.last}"
