"""Entrances of the evaluation."""

from django.urls import path

from evaluation.views import assign, complements, divergence, draft, grid, judge, mine, report, rounds, to_do

app_name = "evaluation"

urlpatterns = [
    path("evaluations/", mine.mine, name="mine"),
    path("evaluations/mes-verdicts/", mine.verdicts, name="verdicts"),
    path("candidatures/<str:reference>/affectation/", assign.assign, name="assign"),
    path("candidatures/<str:reference>/affectation/<int:pk>/retirer/", assign.unassign, name="unassign"),
    path("candidatures/<str:reference>/evaluation/", grid.grid, name="grid"),
    path("candidatures/<str:reference>/evaluation/<str:code>/", judge.judge, name="judge"),
    path("candidatures/<str:reference>/evaluation/<str:code>/brouillon/", draft.draft, name="draft"),
    path("candidatures/<str:reference>/evaluation/<str:code>/raccourcis/", draft.shortcuts, name="shortcuts"),
    path("candidatures/<str:reference>/double-evaluation/", divergence.doubles, name="doubles"),
    path("candidatures/<str:reference>/double-evaluation/<str:code>/", divergence.divergence, name="divergence"),
    path("candidatures/<str:reference>/double-evaluation/<str:code>/note/", divergence.note, name="divergence_note"),
    path("candidatures/<str:reference>/double-evaluation/<str:code>/lever/", divergence.waive, name="waive_second"),
    path("candidatures/<str:reference>/complements/", complements.complements, name="complements"),
    path("candidatures/<str:reference>/complements/apercu/", complements.preview, name="preview_complements"),
    path("candidatures/<str:reference>/complements/pieces/<uuid:public_id>/", complements.file, name="request_file"),
    path(
        "candidatures/<str:reference>/complements/pieces/<uuid:public_id>/retirer/",
        complements.remove_file,
        name="remove_request_file",
    ),
    path("candidatures/<str:reference>/complements/a-faire/", to_do.to_do, name="to_do"),
    path("candidatures/<str:reference>/complements/tours/", rounds.rounds, name="rounds"),
    path("candidatures/<str:reference>/rapport/", report.report, name="report"),
    path("candidatures/<str:reference>/rapport/remettre/", report.hand_in, name="hand_in"),
]
