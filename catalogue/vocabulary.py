"""Words of the public catalogue, with the codes of the official application of Mon espace santé (August 2025)."""

from django.db import models


class Status(models.TextChoices):
    """The five official statuses of a published service."""

    PRESERIE = "PRESERIE", "Préserie"
    EN_LIGNE = "EN_LIGNE", "En ligne"
    HORS_LIGNE = "HORS_LIGNE", "Hors ligne"
    SUSPENDUE = "SUSPENDUE", "Suspendu"
    DEREFERENCEE = "DEREFERENCEE", "Déréférencé"


# A suspended service stays in sight, said to be unavailable; the other statuses hide it.
IN_SIGHT = (Status.EN_LIGNE, Status.SUSPENDUE)


class EconomicModel(models.TextChoices):
    GRATUIT = "GRATUIT", "Gratuit"
    GRATUIT_ACHATS_INTEGRES = "GRATUIT_ACHATS_INTEGRES", "Gratuit, avec achats intégrés"
    PAYANT = "PAYANT", "Payant"


class Thematic(models.TextChoices):
    USAGE_BIEN_ETRE = "USAGE_BIEN_ETRE", "Bien-être"
    CARNET_SANTE = "CARNET_SANTE", "Carnet de santé"
    CARNET_VACCIN = "CARNET_VACCIN", "Carnet de vaccination"
    GESTION = "GESTION", "Gestion et prise de rendez-vous"
    OBSERVANCE = "OBSERVANCE", "Observance médicamenteuse"
    PRE_ADMISSION = "PRE_ADMISSION", "Pré-admission"
    PREVENTION_INFO = "PREVENTION_INFO", "Prévention ou information de santé"
    AUTONOMIE = "AUTONOMIE", "Service favorisant l'autonomie"
    TELECONSULTATION = "TELECONSULTATION", "Services de téléconsultation"


class Region(models.TextChoices):
    """The 18 regions, by INSEE code. A service without any is offered in the whole country."""

    ARA = "84", "Auvergne-Rhône-Alpes"
    BFC = "27", "Bourgogne-Franche-Comté"
    BRE = "53", "Bretagne"
    CVL = "24", "Centre-Val de Loire"
    COR = "94", "Corse"
    GES = "44", "Grand Est"
    GUA = "01", "Guadeloupe"
    GUY = "03", "Guyane"
    HDF = "32", "Hauts-de-France"
    IDF = "11", "Île-de-France"
    REU = "04", "La Réunion"
    MAR = "02", "Martinique"
    MAY = "06", "Mayotte"
    NOR = "28", "Normandie"
    NAQ = "75", "Nouvelle-Aquitaine"
    OCC = "76", "Occitanie"
    PDL = "52", "Pays de la Loire"
    PAC = "93", "Provence-Alpes-Côte d'Azur"


class Device(models.TextChoices):
    """Where the service is used: one address each."""

    WEB = "web", "Site web"
    IOS = "ios", "iPhone et iPad"
    ANDROID = "android", "Android"
