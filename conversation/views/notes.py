"""The internal notes of a candidature, on a page of their own. The éditeur's team gets 404, as for anything unknown."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from conversation import notes, sides
from conversation.forms import NoteForm
from conversation.refusing import MessageRefused
from kit.methods import read_or_write
from kit.paging import page_of


@read_or_write
def show(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = sides.get_noted(request.user, reference)
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial={"key": uuid4()})
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            notes.note_down(candidature, asked["text"], author=request.user, key=asked["key"])
        except MessageRefused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, "Note interne gardée. L'éditeur ne la lit pas.")
            return redirect("conversation:notes", reference)
    page = page_of(request, notes.notes_of(candidature))
    context = {"candidature": candidature, "form": form, "page_obj": page}
    return render(request, "conversation/notes.html", context, status=422 if form.errors else 200)
