"""Gestures around the experts: what they say of themselves, what they are proposed, what they answer."""

from accounts.roles import Role
from demonstration.stories import Story
from demonstration.troupe import Troupe
from evaluation import assignments, invitations
from evaluation.domains import Domain
from evaluation.models import ExpertProfile

# In the order of the troupe: Émile, Eva, Hugo, Inès. Employers are invented.
PROFILES = (
    ("Cabinet Garnier Sécurité", "901000000", (Domain.SECURITY, Domain.EXCHANGE, Domain.ADMINISTRATIVE), 160),
    ("Interop Conseil", "901100008", (Domain.INTEROPERABILITY, Domain.URBANISATION, Domain.SECURITY), 140),
    ("Institut Données & Société", "901200006", (Domain.PRIVACY, Domain.ETHICS), 90),
    ("CHU de l'Exemple", "901300004", (Domain.ETHICS, Domain.ADMINISTRATIVE), 60),
)


def write_profiles(troupe: Troupe) -> None:
    for expert, (employer, siren, competences, capacity) in zip(troupe.all_playing(Role.EXPERT), PROFILES, strict=True):
        ExpertProfile.objects.create(
            user=expert,
            employer=employer,
            employer_siren=siren,
            competences=[domain.value for domain in competences],
            capacity=capacity,
        )


def assign(troupe: Troupe, story: Story) -> None:
    """Émile leads; Eva judges the doctrine, security and personal data; both accept and declare no interest."""
    candidature, support = troupe.of(story), troupe.playing(Role.SUPPORT)
    domains = [Domain.URBANISATION, Domain.INTEROPERABILITY, Domain.SECURITY, Domain.PRIVACY]
    lead = assignments.propose(candidature, troupe.playing(Role.EXPERT), actor=support, lead=True)
    other = assignments.propose(candidature, troupe.playing(Role.EXPERT, 1), actor=support, domains=domains)
    for made in (lead, other):
        invitations.accept(made)


def propose_to_hugo(troupe: Troupe, story: Story) -> None:
    assignments.propose(
        troupe.of(story), troupe.playing(Role.EXPERT, 2), actor=troupe.playing(Role.SUPPORT), domains=[Domain.PRIVACY]
    )


def hugo_recuses(troupe: Troupe, story: Story) -> None:
    made = troupe.of(story).assignments.get(expert=troupe.playing(Role.EXPERT, 2))
    invitations.recuse(made, interest="J'ai conseillé cet éditeur l'an dernier sur son analyse d'impact.")


def invite_ines(troupe: Troupe, story: Story) -> None:
    """Left to answer by whoever plays Inès."""
    assignments.propose(
        troupe.of(story), troupe.playing(Role.EXPERT, 3), actor=troupe.playing(Role.SUPPORT), domains=[Domain.ETHICS]
    )
