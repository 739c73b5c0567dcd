"""The services of the demonstration: what they do, how they answer the orientation, and how far each one goes."""

from dataclasses import dataclass, field

from accounts import demo
from accounts.demo import Company
from referencing.stages import Stage

SIMPLIFIED, FULL = "simplifie-2025", "complet-2023"


@dataclass(frozen=True, eq=False)  # one object a service: hashed by identity, so that its papers are printed once
class Story:
    """A fictitious service. `ends` is the stage where the demonstration leaves it."""

    key: str
    company: Company
    name: str
    purpose: str
    declinations: tuple[str, ...]
    ends: Stage
    host: str
    subject: str  # what the data are about, in the words of the answers
    version: str = SIMPLIFIED
    facts: dict[str, object] = field(default_factory=dict)
    thematics: tuple[str, ...] = ("USAGE_BIEN_ETRE",)
    finalities: tuple[str, ...] = ()  # data exchanged with Mon espace santé, and why, one a line


STORIES: tuple[Story, ...] = (
    Story(
        "glyco",
        demo.GLYCO,
        "Glyco",
        "Carnet de glycémie : la personne diabétique suit ses mesures, les partage avec son médecin et les range dans Mon espace santé.",
        ("ios", "android"),
        Stage.DRAFT,
        "Hébergeur Santé Lyon",
        "les mesures de glycémie",
        facts={"mesures": True, "api_mesures": True},
        thematics=("CARNET_SANTE",),
    ),
    Story(
        "teleconsult",
        demo.TELECONSULT,
        "TéléConsult",
        "Téléconsulter un médecin généraliste ou spécialiste depuis chez soi, recevoir son ordonnance et son compte rendu.",
        ("web", "ios", "android"),
        Stage.ACCEPTED,
        "Nuage Souverain Santé",
        "les comptes rendus de consultation",
        facts={"teleconsultation": True, "tlc_certifie": True, "acces_ps": True},
        thematics=("TELECONSULTATION",),
    ),
    Story(
        "vaccicarnet",
        demo.VACCICARNET,
        "VacciCarnet",
        "Carnet de vaccination de toute la famille : rappels, historique et certificats réunis au même endroit.",
        ("web", "ios", "android"),
        Stage.PUBLISHED,
        "Hébergeur Santé Lyon",
        "les vaccins reçus et les rappels à faire",
        version=FULL,
        facts={"api_documents": True, "mineurs": True, "aidants": True, "contenu_medical": True},
        thematics=("CARNET_VACCIN", "PREVENTION_INFO"),
        finalities=(
            "Lire mes certificats de vaccination, pour compléter le carnet",
            "Ajouter mes certificats de vaccination, pour les retrouver dans Mon espace santé",
        ),
    ),
    Story(
        "sommeilplus",
        demo.SOMMEILPLUS,
        "SommeilPlus",
        "Journal du sommeil : comprendre ses nuits, suivre un programme de six semaines et retrouver un meilleur rythme.",
        ("ios", "android"),
        Stage.COMPLEMENTS_REQUESTED,
        "Nuage Souverain Santé",
        "le journal du sommeil",
        facts={"contenu_medical": True},
    ),
    Story(
        "respirebien",
        demo.RESPIREBIEN,
        "RespireBien",
        "Suivi de l'asthme au quotidien : symptômes, débit de pointe, traitements et plan d'action en cas de crise.",
        ("ios", "android"),
        Stage.SUBMITTED,
        "Hébergeur Santé Lyon",
        "les symptômes et le débit de pointe",
        facts={"mesures": True, "contenu_medical": True},
        thematics=("OBSERVANCE",),
    ),
    Story(
        "mamansuivi",
        demo.MAMANSUIVI,
        "MamanSuivi",
        "Accompagner la grossesse semaine après semaine : rendez-vous, préparation à la naissance, questions à poser.",
        ("web", "ios", "android"),
        Stage.IN_COMMISSION,
        "Nuage Souverain Santé",
        "le suivi de la grossesse",
        facts={"contenu_medical": True, "finalites": ["prevention"]},
        thematics=("PREVENTION_INFO",),
    ),
    Story(
        "osteordv",
        demo.OSTEORDV,
        "OsteoRdv",
        "Prendre rendez-vous avec un ostéopathe près de chez soi et préparer sa séance.",
        ("web",),
        Stage.REJECTED,
        "Hébergement Atlantique",
        "les rendez-vous et le motif de consultation",
        facts={"finalites": ["gestion"]},
        thematics=("GESTION",),
    ),
    Story(
        "nutricoach",
        demo.NUTRICOACH,
        "NutriCoach",
        "Rééquilibrer son alimentation avec un programme établi par des diététiciens, sans calculer chaque calorie.",
        ("ios", "android"),
        Stage.INCOMPLETE,
        "Hébergeur Santé Lyon",
        "le carnet alimentaire",
        facts={"contenu_medical": True},
    ),
    Story(
        "cardioveille",
        demo.CARDIOVEILLE,
        "CardioVeille",
        "Surveiller sa tension et son rythme cardiaque à domicile, avec une alerte à l'équipe soignante quand il le faut.",
        ("ios", "android"),
        Stage.IN_EVALUATION,
        "Nuage Souverain Santé",
        "la tension artérielle et le rythme cardiaque",
        facts={"dispositif_medical": True, "dmn_certifie": True, "mesures": True, "acces_ps": True},
        thematics=("CARNET_SANTE",),
    ),
    Story(
        "nutrifamille",
        demo.NUTRICOACH,
        "NutriCoach Famille",
        "Composer des menus équilibrés pour toute la famille, avec la liste de courses et les allergies de chacun.",
        ("web", "ios"),
        Stage.OPINION_GIVEN,
        "Hébergeur Santé Lyon",
        "les allergies et les préférences alimentaires",
        facts={"mineurs": True},
        thematics=("USAGE_BIEN_ETRE", "PREVENTION_INFO"),
    ),
    Story(
        "souffle",
        demo.RESPIREBIEN,
        "RespireBien Junior",
        "Aider les enfants asthmatiques à reconnaître une crise et à utiliser leur inhalateur, avec leurs parents.",
        ("ios", "android"),
        Stage.EVALUATED,
        "Hébergeur Santé Lyon",
        "les crises et les prises de traitement",
        facts={"mineurs": True, "aidants": True, "contenu_medical": True},
        thematics=("AUTONOMIE",),
    ),
    Story(
        "osteopro",
        demo.OSTEORDV,
        "OsteoRdv Cabinet",
        "Agenda et facturation du cabinet d'ostéopathie.",
        ("web",),
        Stage.INADMISSIBLE,
        "Hébergement Atlantique",
        "l'agenda du cabinet",
        facts={"finalites": ["gestion"], "donnees_sante": False},
        thematics=("GESTION",),
    ),
    Story(
        "allaitement",
        demo.MAMANSUIVI,
        "MamanSuivi Allaitement",
        "Répondre aux questions des jeunes parents sur l'allaitement, jour et nuit.",
        ("ios",),
        Stage.WITHDRAWN,
        "Nuage Souverain Santé",
        "les questions posées",
        facts={"contenu_medical": True},
        thematics=("PREVENTION_INFO",),
    ),
)
