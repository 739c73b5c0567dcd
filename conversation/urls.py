"""Addresses of the thread, of the internal notes and of the ready-made texts."""

from django.urls import path

from conversation.views import inbox, notes, templates, thread

app_name = "conversation"
urlpatterns = [
    path("messages/", inbox.show, name="inbox"),
    path("messages/modeles/", templates.index, name="templates"),
    path("messages/modeles/nouveau/", templates.create, name="create_template"),
    path("messages/modeles/<int:pk>/", templates.change, name="template"),
    path("candidatures/<str:reference>/messages/", thread.show, name="thread"),
    path("candidatures/<str:reference>/messages/lus/", thread.read, name="read"),
    path("candidatures/<str:reference>/messages/pieces/<uuid:public_id>/", thread.attachment, name="attachment"),
    path("candidatures/<str:reference>/notes-internes/", notes.show, name="notes"),
]
