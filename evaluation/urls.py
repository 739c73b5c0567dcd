"""Entrances of the evaluation."""

from django.urls import path

from evaluation.views import assign, complements, divergence, grid, judge, mine, report

app_name = "evaluation"

urlpatterns = [
    path("evaluations/", mine.mine, name="mine"),
    path("candidatures/<str:reference>/affectation/", assign.assign, name="assign"),
    path("candidatures/<str:reference>/affectation/<int:pk>/retirer/", assign.unassign, name="unassign"),
    path("candidatures/<str:reference>/evaluation/", grid.grid, name="grid"),
    path("candidatures/<str:reference>/evaluation/<str:code>/", judge.judge, name="judge"),
    path("candidatures/<str:reference>/double-evaluation/", divergence.doubles, name="doubles"),
    path("candidatures/<str:reference>/double-evaluation/<str:code>/", divergence.divergence, name="divergence"),
    path("candidatures/<str:reference>/double-evaluation/<str:code>/note/", divergence.note, name="divergence_note"),
    path("candidatures/<str:reference>/double-evaluation/<str:code>/lever/", divergence.waive, name="waive_second"),
    path("candidatures/<str:reference>/complements/", complements.complements, name="complements"),
    path("candidatures/<str:reference>/rapport/", report.report, name="report"),
    path("candidatures/<str:reference>/rapport/remettre/", report.hand_in, name="hand_in"),
]
