"""The words of the commission: seats, states, presence, votes. Apart from the models, so that the law may name them."""

from django.db import models


class Seat(models.TextChoices):
    """The nine seats (arrêté du 24 février 2022: two co-presidents, three for users, four qualified persons)."""

    DNS = "dns", "Coprésidence — délégation au numérique en santé"
    CNAM = "cnam", "Coprésidence — Caisse nationale de l'assurance maladie"
    CITIZEN_1 = "citizen_1", "Usagers — comité citoyen, premier siège"
    CITIZEN_2 = "citizen_2", "Usagers — comité citoyen, second siège"
    USERS = "users", "Usagers — associations agréées"
    MEDICAL = "medical", "Personnalité qualifiée — expertise médicale"
    DATA = "data", "Personnalité qualifiée — protection des données et éthique"
    TECHNICAL = "technical", "Personnalité qualifiée — expertise technique"
    COMPANIES = "companies", "Personnalité qualifiée — entreprises du numérique en santé"


# Seats held by reason of an office: the only ones that may be substituted (CRPA, art. R. 133-3).
OFFICES = (Seat.DNS, Seat.CNAM)


class SeanceState(models.TextChoices):
    PLANNED = "planned", "En préparation"
    CONVENED = "convened", "Convoquée"
    OPEN = "open", "Ouverte"
    CLOSED = "closed", "Close"


class ItemState(models.TextChoices):
    PENDING = "pending", "À examiner"
    OPEN = "open", "En cours d'examen"
    CLOSED = "closed", "Avis rendu"
    ADJOURNED = "adjourned", "Ajourné"


LIVE = (ItemState.PENDING, ItemState.OPEN)


class Mode(models.TextChoices):
    """How a member takes part. The first three are announced, then noted by the secretary at the roll call."""

    PRESENT = "present", "En salle"
    REMOTE = "remote", "À distance"
    REPRESENTED = "represented", "A donné mandat"
    EXCUSED = "excused", "Excusé"
    ABSENT = "absent", "Absent"
    UNANSWERED = "unanswered", "Sans réponse"


ATTENDING = (Mode.PRESENT, Mode.REMOTE)


class Choice(models.TextChoices):
    FOR = "for", "Pour"
    AGAINST = "against", "Contre"
    ABSTAIN = "abstain", "Abstention"
