"""The capacities in which a person may act. What each may do is in `referencing/access.py`."""

from django.db import models


class Role(models.TextChoices):
    """A capacity. The first five come from a link with one file; the others are held everywhere."""

    EDITOR = "editor", "éditeur"
    MANDATED = "mandated", "éditeur mandaté"
    EXPERT = "expert", "expert évaluateur"
    LEAD = "lead", "expert coordonnateur"
    MEMBER = "member", "membre de la commission"
    SECRETARY = "secretary", "secrétaire de séance"
    SUPPORT = "support", "support GIE SESAM-Vitale"
    MINISTRY = "ministry", "ministère"
    AUDITOR = "auditor", "auditeur"


# Held by belonging to the group of the same name, whatever the file.
GLOBAL_ROLES = (Role.SECRETARY, Role.SUPPORT, Role.MINISTRY, Role.AUDITOR)
# Groups that open a home and make one eligible for a link (assignment, seat), without opening any file.
POOLS = (Role.EXPERT, Role.MEMBER)


class Profile(models.TextChoices):
    """Trade of a person inside an éditeur's team, or of who should answer a criterion."""

    MOA = "MOA", "Maîtrise d'ouvrage"
    JUR = "JUR", "Juriste RGPD / DPO"
    ARCHI = "ARCHI", "Architecte"
    SSI = "SSI", "Sécurité"
    PASSI = "PASSI", "Auditeur PASSI"
    ACC = "ACC", "Accessibilité"
    IA = "IA", "Intelligence artificielle"
    MED = "MED", "Contenu médical"
