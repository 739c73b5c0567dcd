"""Ready-made texts of the support: kept once checked, offered when a thread is answered, filled for one candidature."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from conversation import variables
from conversation.models import MessageTemplate
from conversation.models.message import LONGEST_MESSAGE
from conversation.refusing import MessageRefused, as_typed
from journal.record import record
from referencing.models import Candidature

TITLE_TAKEN = "Un modèle porte déjà ce titre."
OVERTAKEN = (
    "Ce modèle a été modifié par {who} pendant que vous l'écriviez : relisez sa version, puis enregistrez la vôtre."
)


@dataclass(frozen=True)
class Filled:
    """A template filled for a candidature; `left` are the variables about which it has nothing to say."""

    text: str
    left: list[str]


def save(
    template: MessageTemplate | None, *, title: str, body: str, is_offered: bool, edition: int, actor: User
) -> MessageTemplate:
    """Keep a new template, or a change to the one whose `edition` the agent read. Raises MessageRefused."""
    body = as_typed(body, longest=LONGEST_MESSAGE, what="Le texte du modèle", field="body")
    if flaws := variables.flaws(body):
        raise MessageRefused(" ".join(flaws), field="body")
    try:
        return _keep(template, title.strip(), body, is_offered, edition, actor)
    except IntegrityError:
        raise MessageRefused(TITLE_TAKEN, field="title") from None


@transaction.atomic
def _keep(
    template: MessageTemplate | None, title: str, body: str, is_offered: bool, edition: int, actor: User
) -> MessageTemplate:
    kept = MessageTemplate(edition=0)
    if template is not None:
        kept = MessageTemplate.objects.select_for_update(of=("self",)).select_related("updated_by").get(pk=template.pk)
        if kept.edition != edition:
            raise MessageRefused(OVERTAKEN.format(who=kept.updated_by), field="")
    kept.title, kept.body, kept.is_offered = title, body, is_offered
    kept.edition, kept.updated_by, kept.updated_at = kept.edition + 1, actor, timezone.now()
    kept.save()
    data = {"title": title, "edition": kept.edition, "offered": is_offered}
    record("conversation.template_saved", f"modele-{kept.pk}", actor=actor, data=data)
    return kept


def filled_for(template: MessageTemplate, candidature: Candidature) -> Filled:
    """Return the text of a template for one candidature, as of today."""
    text = variables.fill(template.body, variables.values_for(candidature, timezone.localdate()))
    return Filled(text, variables.left_in(text))
