"""The cast of the demonstration: who one can be, and what they can show. All invented, SIREN numbers included."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.roles import Profile, Role


@dataclass(frozen=True)
class Company:
    """A fictitious éditeur; `siren` is nine digits with a right key."""

    name: str
    siren: str


@dataclass(frozen=True)
class Person:
    """One of the cast. `role` is EDITOR for those who have a `company`, or are about to join one."""

    email: str
    full_name: str
    quality: str
    role: Role
    can_do: str
    company: Company | None = None
    profiles: tuple[str, ...] = ()
    is_mandated: bool = False


GLYCO = Company("Glyco SAS", "900100009")
TELECONSULT = Company("TéléConsult France", "900200007")
VACCICARNET = Company("VacciCarnet", "900300005")
SOMMEILPLUS = Company("SommeilPlus", "900400003")
RESPIREBIEN = Company("RespireBien", "900500000")
MAMANSUIVI = Company("MamanSuivi", "900600008")
OSTEORDV = Company("OsteoRdv", "900700006")
NUTRICOACH = Company("NutriCoach", "900800004")
CARDIOVEILLE = Company("CardioVeille", "900900002")


def _editor(address: str, name: str, quality: str, company: Company, can_do: str, *profiles: Profile) -> Person:
    return Person(
        address, name, quality, Role.EDITOR, can_do, company, tuple(str(profile.value) for profile in profiles), True
    )


EDITORS = (
    _editor("alice@glyco.example", "Alice Dubreuil", "directrice produit", GLYCO,
            "préparer et déposer la candidature d'un carnet de glycémie", Profile.MOA, Profile.ARCHI),
    Person("bob@glyco.example", "Bob Lefranc", "juriste", Role.EDITOR,
           "répondre aux critères juridiques, sans pouvoir déposer", GLYCO, (Profile.JUR.value,)),
    Person("jeanne@dpo-partage.example", "Jeanne Corbel", "déléguée à la protection des données", Role.EDITOR,
           "accepter l'invitation de Glyco SAS dans son équipe"),
    _editor("thea@teleconsult.example", "Théa Morvan", "directrice générale", TELECONSULT,
            "suivre une téléconsultation jusqu'à sa convention", Profile.MOA),
    _editor("victor@vaccicarnet.example", "Victor Anselme", "chef de produit", VACCICARNET,
            "suivre un carnet de vaccination publié au catalogue", Profile.MOA, Profile.ARCHI),
    _editor("solene@sommeilplus.example", "Solène Kervella", "responsable qualité", SOMMEILPLUS,
            "répondre à une demande de compléments", Profile.MOA, Profile.SSI),
    _editor("remi@respirebien.example", "Rémi Chastaing", "directeur technique", RESPIREBIEN,
            "attendre l'examen de recevabilité d'un suivi de l'asthme", Profile.ARCHI, Profile.SSI),
    _editor("maya@mamansuivi.example", "Maya Ferrand", "fondatrice", MAMANSUIVI,
            "suivre un service inscrit à la prochaine séance", Profile.MOA, Profile.MED),
    _editor("oscar@osteordv.example", "Oscar Vidalin", "gérant", OSTEORDV,
            "lire une décision de refus et ses voies de recours", Profile.MOA),
    _editor("nina@nutricoach.example", "Nina Belhadj", "cheffe de projet", NUTRICOACH,
            "compléter une candidature déclarée incomplète", Profile.MOA),
    _editor("celia@cardioveille.example", "Célia Rouvier", "directrice médicale", CARDIOVEILLE,
            "suivre un dispositif médical numérique en évaluation", Profile.MED, Profile.MOA),
)  # fmt: skip
EXPERTS = (
    Person("emile@experts.example", "Émile Garnier", "expert sécurité", Role.EXPERT,
           "coordonner une évaluation et conclure le rapport"),
    Person("eva@experts.example", "Eva Lindqvist", "experte interopérabilité", Role.EXPERT, "évaluer critère par critère"),
    Person("hugo@experts.example", "Hugo Pasquier", "expert éthique et données", Role.EXPERT, "évaluer critère par critère"),
    Person("ines@experts.example", "Inès Abadie", "experte contenu médical", Role.EXPERT, "évaluer critère par critère"),
)  # fmt: skip
MEMBERS = tuple(
    Person(
        f"{address}@commission.example", name, quality, Role.MEMBER, "lire les dossiers, se déporter, voter en séance"
    )
    for address, name, quality in (
        ("pauline", "Pauline Estève", "coprésidente, Délégation au numérique en santé"),
        ("antoine", "Antoine Brissac", "coprésident, Caisse nationale de l'assurance maladie"),
        ("fatou", "Fatou Diarra", "représentante des usagers, comité citoyen"),
        ("gilles", "Gilles Norbert", "représentant des usagers, comité citoyen"),
        ("helene", "Hélène Rousset", "représentante des usagers, associations agréées"),
        ("jules", "Jules Caradec", "personnalité qualifiée, expertise médicale"),
        ("karima", "Karima Zerouali", "personnalité qualifiée, données et éthique"),
        ("louis", "Louis Montagnac", "personnalité qualifiée, sécurité et interopérabilité"),
        ("odile", "Odile Vernet", "personnalité qualifiée, entreprises du numérique en santé"),
    )
)
STAFF = (
    Person("simone@commission.example", "Simone Aubry", "secrétaire de séance", Role.SECRETARY,
           "préparer l'ordre du jour, tenir la séance, clore les votes"),
    Person("sophie@support.example", "Sophie Marchand", "chargée d'instruction", Role.SUPPORT,
           "examiner la recevabilité, confier les dossiers, publier"),
    Person("samuel@support.example", "Samuel Thibault", "responsable du guichet", Role.SUPPORT,
           "suivre les retards et les demandes de compléments"),
    Person("marc@ministere.example", "Marc Delattre", "chef de bureau", Role.MINISTRY, "préparer une décision"),
    Person("mona@ministere.example", "Mona Castellan", "sous-directrice, par délégation", Role.MINISTRY,
           "signer ce qu'une autre personne a préparé"),
    Person("aude@audit.example", "Aude Salvy", "auditrice", Role.AUDITOR, "tout lire, ne rien changer"),
)  # fmt: skip
CAST: tuple[Person, ...] = (*EDITORS, *EXPERTS, *MEMBERS, *STAFF)
GROUPS: tuple[tuple[str, Role], ...] = (
    ("Éditeurs", Role.EDITOR),
    ("Support du guichet", Role.SUPPORT),
    ("Experts évaluateurs", Role.EXPERT),
    ("Secrétariat de séance", Role.SECRETARY),
    ("Membres de la commission", Role.MEMBER),
    ("Ministère", Role.MINISTRY),
    ("Audit", Role.AUDITOR),
)


def by_group(present: Collection[str]) -> list[tuple[str, list[Person]]]:
    """Return the cast by capacity, only those whose e-mail is in `present` (the demonstration made their account)."""
    return [
        (title, people)
        for title, role in GROUPS
        if (people := [person for person in CAST if person.role == role and person.email in present])
    ]
