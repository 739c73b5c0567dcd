"""What each person prefers of the pages."""

from django.db import models


class Layout(models.TextChoices):
    """How the criteria are answered."""

    CRITERION = "criterion", "Un critère par page"
    SECTION = "section", "Une section par page"
