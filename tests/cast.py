"""The people of the tests. Each function makes one of them through the services that the product uses."""

from accounts.models import Organisation, User
from accounts.roles import Profile, Role
from accounts.services import create_organisation, give_role, join

PASSWORD = "un mot de passe assez long"


def person(email: str, full_name: str, quality: str = "") -> User:
    return User.objects.create_user(f"{email}@exemple.fr", PASSWORD, full_name=full_name, quality=quality)


def staff(role: Role, email: str, full_name: str, quality: str = "") -> User:
    user = person(email, full_name, quality)
    give_role(user, role)
    return user


def glyco() -> Organisation:
    return create_organisation("Glyco SAS", "732829320", address="12 rue des Lilas, 69003 Lyon")


def concurrent() -> Organisation:
    return create_organisation("Autre Éditeur SA", "404833048", address="3 quai du Port, 13002 Marseille")


def alice(organisation: Organisation) -> User:
    user = person("alice", "Alice Martin", "directrice des produits")
    join(user, organisation, profiles=[Profile.MOA, Profile.SSI], mandated=True)
    return user


def bob(organisation: Organisation) -> User:
    user = person("bob", "Bob Durand", "juriste")
    join(user, organisation, profiles=[Profile.JUR])
    return user


def charlie(organisation: Organisation) -> User:
    user = person("charlie", "Charlie Petit", "gérant")
    join(user, organisation, profiles=[Profile.MOA], mandated=True)
    return user


def members() -> list[User]:
    """Nine people who may sit: the ninth seat decides what eight cannot."""
    names = ("Agnès", "Brice", "Chloé", "Driss", "Elsa", "Farid", "Gaëlle", "Hugo", "Inès")
    return [
        staff(Role.MEMBER, f"membre{rank}", f"{name} Membre", "membre de la commission")
        for rank, name in enumerate(names, start=1)
    ]
