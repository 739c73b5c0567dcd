"""The parameters of the commission, from the settings: the law itself reads none."""

from django.conf import settings

from commission.law import Rules


def current() -> Rules:
    """Return the rules in force (docs/procedure.md says which texts are silent)."""
    procedure = settings.PROCEDURE
    return Rules(
        seats=procedure["commission_seats"],
        convocation_days=procedure["convocation_days"],
        casting_vote=procedure["casting_vote"] == "president",
        recused_in_quorum=procedure["recused_in_quorum"],
        abstentions_weigh=procedure["abstentions_weigh"],
    )
