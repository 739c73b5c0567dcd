"""What may happen to a published service, by its official status. Bodies are empty on purpose, as in the hall.

A renewal goes online again from wherever the service is: its new convention replaces what had stopped the old one.
"""

import django_fsm as fsm

from catalogue.vocabulary import Status


class EntryLifecycle:
    """The transitions of an entry of the catalogue."""

    @fsm.transition(
        field="status",
        source=[Status.PRESERIE, Status.HORS_LIGNE, Status.SUSPENDUE, Status.DEREFERENCEE],
        target=Status.EN_LIGNE,
    )
    def go_online(self) -> None:
        """Open the public page."""

    @fsm.transition(field="status", source=Status.EN_LIGNE, target=Status.HORS_LIGNE)
    def go_offline(self) -> None:
        """Hide the page for a while, at the request of the éditeur."""

    @fsm.transition(field="status", source=Status.EN_LIGNE, target=Status.SUSPENDUE)
    def suspend(self) -> None:
        """Keep the page in sight and say that the service is unavailable for now."""

    @fsm.transition(
        field="status",
        source=[Status.PRESERIE, Status.EN_LIGNE, Status.HORS_LIGNE, Status.SUSPENDUE],
        target=Status.DEREFERENCEE,
    )
    def delist(self) -> None:
        """Take the service out of the catalogue."""
