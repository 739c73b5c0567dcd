"""Entrances of the evaluation."""

from django.urls import path

from evaluation.views import (
    assign,
    communicated,
    complements,
    divergence,
    draft,
    experts,
    grid,
    invitations,
    judge,
    mine,
    report,
    report_saving,
    report_versions,
    rounds,
    to_do,
)

app_name = "evaluation"

urlpatterns = [
    path("evaluations/", mine.mine, name="mine"),
    path("evaluations/mes-verdicts/", mine.verdicts, name="verdicts"),
    path("evaluations/mon-profil/", experts.my_profile, name="my_profile"),
    path("evaluations/mon-profil/interets/declarer/", experts.declare_interest, name="declare_interest"),
    path("evaluations/mon-profil/interets/<int:pk>/retirer/", experts.remove_interest, name="remove_interest"),
    path("experts/", experts.experts, name="experts"),
    path("evaluations/propositions/<int:pk>/", invitations.invitation, name="invitation"),
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
    path("candidatures/<str:reference>/rapport/trame/", report.propose, name="propose"),
    path("candidatures/<str:reference>/rapport/enregistrer/", report_saving.autosave, name="report_autosave"),
    path("candidatures/<str:reference>/rapport/versions/", report_versions.versions_page, name="versions"),
    path(
        "candidatures/<str:reference>/rapport/versions/<int:version_number>/",
        report_versions.version_page,
        name="report_version",
    ),
    path("candidatures/<str:reference>/rapport/communique/", communicated.communicated, name="communicated"),
]
