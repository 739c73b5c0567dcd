"""The commission: who sits, when it meets, what it examines, how it votes."""

from commission.models.agenda import AgendaItem, Dissent, Recusal
from commission.models.member import Member
from commission.models.minutes import Minutes
from commission.models.seance import Presence, Seance
from commission.models.vote import Ballot, Poll

__all__ = ["AgendaItem", "Ballot", "Dissent", "Member", "Minutes", "Poll", "Presence", "Recusal", "Seance"]
