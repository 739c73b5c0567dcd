"""« J'ai pris connaissance »: the only way a mark moves."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.requests import SignedRequest
from referencing import access
from referencing.news import mark_as_read


class ReadingForm(forms.Form):
    """What the page showed: nothing that happened since is taken as read."""

    seen = forms.IntegerField(min_value=0, max_value=2**62)
    shown_at = forms.DateTimeField()


@require_POST
def mark_read(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    form = ReadingForm(request.POST)
    if form.is_valid():
        mark_as_read(candidature, request.user, **form.cleaned_data)
        messages.success(request, "C'est noté : à votre prochaine visite, vous verrez ici ce qui a changé depuis.")
    else:
        messages.error(request, "La page n'est pas arrivée entière : rien n'a été noté. Recommencez.")
    return redirect("referencing:show", reference)
