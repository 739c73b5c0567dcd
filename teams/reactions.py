"""What follows a change in a team: the e-mail of an invitation, and the letters to those whom it concerns.

The e-mail of an invitation is no `Letter`: its reader may have no account, and a letter is kept in clear with its link.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from journal import letters
from journal.models import Event
from teams.models import Invitation
from teams.tokens import link_to


def post_invitation(event_seq: int) -> None:
    """Send the link to the address invited. Sent twice by a worker that dies, it bears the same link and Message-ID."""
    event = Event.objects.get(pk=event_seq)
    invitation = (
        Invitation.objects.pending()
        .select_related("organisation", "invited_by")
        .filter(pk=event.data["invitation"])
        .first()
    )
    if invitation is None or (invitation.posted_event or 0) >= event.seq:
        return  # answered or taken back meanwhile, or already sent
    as_email(invitation, event).send()
    Invitation.objects.filter(pk=invitation.pk).update(posted_at=timezone.now(), posted_event=event.seq)


def as_email(invitation: Invitation, event: Event) -> EmailMessage:
    template = Engine.get_default().get_template("teams/invitation.txt")
    context = {
        "invitation": invitation,
        "link": link_to(invitation.public_id),
        "operator": settings.OPERATOR,
        "base_url": settings.BASE_URL,
    }
    title, _, body = template.render(Context(context, autoescape=False)).strip().partition("\n")
    return EmailMessage(
        subject=letters.BREAKS.sub(" ", title),
        body=body.strip() + "\n",
        to=[invitation.email],
        reply_to=[settings.OPERATOR["email"]],
        headers={
            "Message-ID": f"<invitation-{invitation.public_id}.{event.seq}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def tell_joined(event_seq: int) -> None:
    """Tell the people mandated who came in, and with what: an invitation may have been a mistake."""
    event = Event.objects.get(pk=event_seq)
    organisation = Organisation.objects.get(siren=event.subject)
    mandated = User.objects.filter(memberships__organisation=organisation, memberships__is_mandated=True)
    others = mandated.exclude(pk=event.actor_id or 0)
    letters.write(event, "team_joined", others, context={"organisation": organisation}, url=reverse("teams:team"))


def tell_left(event_seq: int) -> None:
    """Tell somebody whom a colleague took off the team; whoever left by themselves knows."""
    event = Event.objects.get(pk=event_seq)
    if event.data["person"] == event.actor_id:
        return
    organisation = Organisation.objects.get(siren=event.subject)
    letters.write(
        event, "team_left", User.objects.filter(pk=event.data["person"]), context={"organisation": organisation}
    )


def tell_mandate(event_seq: int) -> None:
    """Tell somebody that they were given a mandate, or that it was taken back."""
    event = Event.objects.get(pk=event_seq)
    organisation = Organisation.objects.get(siren=event.subject)
    person = User.objects.filter(pk=event.data["person"]).exclude(pk=event.actor_id or 0)
    letters.write(event, "team_mandate", person, context={"organisation": organisation}, url=reverse("teams:team"))
