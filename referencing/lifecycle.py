"""What may happen to a candidature: the whole procedure, verb by verb.

Bodies are empty on purpose. `referencing.door` alone calls a transition, inside one transaction, and what is written
beside the stage is in `referencing/bookkeeping.py`. Who may is in `referencing/rights.py`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import django_fsm as fsm

from referencing import certificate_guards, guards
from referencing.kinds import ActKind
from referencing.refusals import Guard
from referencing.stages import OPEN, Stage


def verb(
    source: Stage | Sequence[Stage],
    target: Stage,
    *,
    label: str,
    done: str,
    files: ActKind,
    conditions: Sequence[Guard] = (),
    danger: bool = False,
) -> Callable[[Callable[..., None]], Any]:
    """Declare a transition. `label` names the button by its result, `done` tells it happened, `files` is the act filed."""

    def declare(method: Callable[..., None]) -> Any:
        return fsm.transition(
            field="stage",
            source=[source] if isinstance(source, Stage) else list(source),
            target=target,
            conditions=list(conditions),
            permission=f"referencing.{method.__name__}",
            custom={"label": label, "done": done, "files": files, "danger": danger},
        )(method)

    return declare


class Lifecycle:
    """The transitions, in the order of the procedure."""

    filing: tuple[ActKind, dict[str, Any]] | None = None  # the act being filed, seen by the guards
    passed: frozenset[Guard] = frozenset()  # guards the door has just asked, under the lock: not asked twice

    @verb(
        (Stage.DRAFT, Stage.INCOMPLETE),
        Stage.SUBMITTED,
        label="Déposer la candidature",
        done="Candidature déposée",
        files=ActKind.FILING,
        conditions=(
            guards.orientation_is_answered,
            certificate_guards.certificates_are_on_file,
            guards.sheet_is_complete,
            guards.unit_tests_are_on_file,
        ),
    )
    def submit(self) -> None:
        """File the candidature, or file it again once completed."""

    @verb(
        Stage.SUBMITTED,
        Stage.IN_EVALUATION,
        label="Déclarer recevable",
        done="Candidature déclarée recevable",
        files=ActKind.ADMISSION,
        conditions=(certificate_guards.certificates_are_checked,),
    )
    def admit(self) -> None:
        """Send to the experts."""

    @verb(
        Stage.SUBMITTED,
        Stage.INCOMPLETE,
        label="Demander les pièces manquantes",
        done="Candidature déclarée incomplète",
        files=ActKind.INCOMPLETENESS,
        conditions=(guards.missing_pieces_are_listed,),
    )
    def declare_incomplete(self) -> None:
        """List what is missing and give a deadline (CRPA, art. L. 114-5)."""

    @verb(
        Stage.SUBMITTED,
        Stage.INADMISSIBLE,
        label="Déclarer irrecevable",
        done="Candidature déclarée irrecevable",
        files=ActKind.INADMISSIBILITY,
        conditions=(guards.grounds_are_written,),
        danger=True,
    )
    def declare_inadmissible(self) -> None:
        """Refuse to examine, with written grounds."""

    @verb(
        Stage.IN_EVALUATION,
        Stage.COMPLEMENTS_REQUESTED,
        label="Envoyer la demande de compléments",
        done="Compléments demandés",
        files=ActKind.COMPLEMENT_REQUEST,
        conditions=(guards.request_is_targeted,),
    )
    def request_complements(self) -> None:
        """Reopen exactly the criteria named; the clock is suspended."""

    @verb(
        Stage.COMPLEMENTS_REQUESTED,
        Stage.COMPLEMENTS_REQUESTED,
        label="Accorder un délai",
        done="Délai prolongé",
        files=ActKind.EXTENSION,
        conditions=(guards.new_deadline_is_later,),
    )
    def extend_deadline(self) -> None:
        """Give the éditeur more time; the clock stays suspended and the reminders start again."""

    @verb(
        Stage.COMPLEMENTS_REQUESTED,
        Stage.IN_EVALUATION,
        label="Renvoyer les compléments",
        done="Compléments renvoyés",
        files=ActKind.COMPLEMENT_RETURN,
        conditions=(guards.every_request_is_answered,),
    )
    def return_complements(self) -> None:
        """Give back the answers asked for; a new round of evaluation opens."""

    @verb(
        Stage.IN_EVALUATION,
        Stage.EVALUATED,
        label="Remettre le rapport d'évaluation",
        done="Évaluation terminée",
        files=ActKind.REPORT,
        conditions=(guards.report_is_whole,),
    )
    def conclude_evaluation(self) -> None:
        """File the report: the act that ends the evaluation."""

    @verb(
        Stage.EVALUATED,
        Stage.IN_COMMISSION,
        label="Inscrire à l'ordre du jour",
        done="Candidature inscrite à une séance",
        files=ActKind.SCHEDULING,
        conditions=(guards.dossier_is_sealed, guards.test_book_is_on_file),
    )
    def schedule(self) -> None:
        """Put on the ordre du jour of a séance."""

    @verb(
        Stage.IN_COMMISSION,
        Stage.EVALUATED,
        label="Ajourner l'examen",
        done="Examen ajourné",
        files=ActKind.ADJOURNMENT,
        conditions=(guards.adjournment_has_a_motive,),
    )
    def adjourn(self) -> None:
        """Take off the ordre du jour, with a motive."""

    @verb(
        Stage.IN_COMMISSION,
        Stage.OPINION_GIVEN,
        label="Rendre l'avis",
        done="Avis rendu",
        files=ActKind.OPINION,
        conditions=(guards.opinion_is_one_of_four,),
    )
    def give_opinion(self) -> None:
        """Record the avis of the commission."""

    @verb(
        Stage.OPINION_GIVEN,
        Stage.ACCEPTED,
        label="Signer la décision de référencement",
        done="Décision de référencement signée",
        files=ActKind.DECISION,
        conditions=(guards.opinion_allows_acceptance, guards.suspensive_reserves_are_lifted, guards.decision_accepts),
    )
    def accept(self) -> None:
        """The minister accepts; a convention remains to be signed."""

    @verb(
        Stage.OPINION_GIVEN,
        Stage.REJECTED,
        label="Signer la décision de refus",
        done="Décision de refus signée",
        files=ActKind.DECISION,
        conditions=(guards.decision_rejects,),
        danger=True,
    )
    def reject(self) -> None:
        """The minister refuses, with grounds and remedies."""

    @verb(
        Stage.ACCEPTED,
        Stage.PUBLISHED,
        label="Publier au catalogue",
        done="Service publié au catalogue",
        files=ActKind.FICHE,
        conditions=(guards.convention_is_signed, guards.fiche_is_complete),
    )
    def publish(self) -> None:
        """Open the public page of the service."""

    @verb(
        OPEN,
        Stage.WITHDRAWN,
        label="Retirer la candidature",
        done="Candidature retirée",
        files=ActKind.WITHDRAWAL,
        conditions=(guards.withdrawal_has_a_motive,),
        danger=True,
    )
    def withdraw(self) -> None:
        """The éditeur gives up, at any open stage."""

    @verb(
        (Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED),
        Stage.WITHDRAWN,
        label="Constater la caducité",
        done="Candidature caduque",
        files=ActKind.EXPIRY,
        conditions=(guards.deadline_is_passed, guards.no_extension_is_pending, guards.two_reminders_were_sent),
        danger=True,
    )
    def expire(self) -> None:
        """The clock alone: the deadline passed after two reminders proven sent. Off unless EXPIRY_ENABLED=1."""
