"""Lists kept under a name, for oneself or for all of support; and the one a person opens on."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict

from accounts.models import User
from accounts.roles import Role
from instruction.listing import canonical
from instruction.models import LONGEST, FirstView, SavedView
from referencing import access

MOST = 30


class NotSaved(Exception):
    """A view that cannot be kept; the text is the sentence to show."""


def views_of(user: User) -> QuerySet[SavedView]:
    """Return the views of a person, and for an agent of support those that colleagues share."""
    seen = Q(owner=user)
    if Role.SUPPORT in access.global_roles(user):
        seen |= Q(is_shared=True)
    return SavedView.objects.filter(seen).select_related("owner")


@transaction.atomic
def save(user: User, name: str, query: QueryDict, *, shared: bool) -> SavedView:
    """Keep a list under a name; a view of the same person and name is replaced. Raises `NotSaved`."""
    text = canonical(query)
    if not text:
        raise NotSaved("Choisissez d'abord un filtre ou un tri : la liste entière n'a pas besoin d'un nom.")
    if len(text) > LONGEST:
        raise NotSaved("Cette liste a trop de filtres pour être gardée : retirez-en.")
    own = SavedView.objects.select_for_update(of=("self",)).filter(owner=user)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise NotSaved(f"Vous avez déjà {MOST} vues : supprimez celles qui ne servent plus.")
    shared = shared and Role.SUPPORT in access.global_roles(user)
    view, _ = SavedView.objects.update_or_create(owner=user, name=name, defaults={"query": text, "is_shared": shared})
    if not shared:
        FirstView.objects.filter(view=view).exclude(person=user).delete()
    return view


def open_on(user: User, view: SavedView | None) -> None:
    """Open the desk on a view from now on, or on the whole list again."""
    if view is None:
        FirstView.objects.filter(person=user).delete()
    else:
        FirstView.objects.update_or_create(person=user, defaults={"view": view})


def first_of(user: User) -> SavedView | None:
    """Return the view a person opens on, unless its owner no longer shares it."""
    return views_of(user).filter(pk__in=FirstView.objects.filter(person=user).values("view")).first()
