"""The threads of a person, whatever the candidature: what waits for them first."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from conversation import inbox, sides
from conversation.inbox import State
from conversation.models import Side
from kit.paging import page_of


@require_safe
def show(request: SignedRequest) -> HttpResponse:
    is_support = sides.side_at_home(request.user) == Side.SUPPORT
    if not is_support and not request.user.memberships.exists():
        raise Http404("messages")
    usual = State.UNANSWERED if is_support else State.ALL
    asked = request.GET.get("etat", "")
    state = State(asked) if asked in State.values else usual
    context = {
        "page_obj": page_of(request, inbox.threads_of(request.user, state)),
        "state": state,
        "states": [(one, _words(one, is_support=is_support)) for one in State],
        "is_support": is_support,
    }
    return render(request, "conversation/inbox.html", context)


def _words(state: State, *, is_support: bool) -> str:
    return "En attente du support" if state == State.UNANSWERED and not is_support else str(state.label)
