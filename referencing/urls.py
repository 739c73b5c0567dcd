"""Entrances of the hall."""

from django.urls import path

from referencing.views import (
    answering,
    candidature,
    conventions,
    decisions,
    desk,
    filing,
    mine,
    orientation,
    proofs,
    upgrade,
)

app_name = "referencing"

urlpatterns = [
    path("mes-candidatures/", mine.mine, name="mine"),
    path("candidatures/nouvelle/", mine.start, name="start"),
    path("instruction/", desk.desk, name="desk"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("candidatures/<str:reference>/", candidature.show, name="show"),
    path("candidatures/<str:reference>/historique/", candidature.history, name="history"),
    path("candidatures/<str:reference>/retirer/", candidature.withdraw, name="withdraw"),
    path("candidatures/<str:reference>/orientation/", orientation.start, name="orientation"),
    path("candidatures/<str:reference>/orientation/<int:step>/", orientation.step, name="orientation_step"),
    path("candidatures/<str:reference>/orientation/resultat/", orientation.result, name="orientation_result"),
    path("candidatures/<str:reference>/questionnaires/", answering.overview, name="answers"),
    path("candidatures/<str:reference>/questionnaires/<slug:code>/", answering.questionnaire, name="questionnaire"),
    path("candidatures/<str:reference>/criteres/<str:code>/", answering.criterion, name="criterion"),
    path("candidatures/<str:reference>/criteres/<str:code>/preuves/", answering.attach, name="attach"),
    path(
        "candidatures/<str:reference>/criteres/<str:code>/preuves/<int:use>/retirer/", answering.detach, name="detach"
    ),
    path("candidatures/<str:reference>/preuves/<uuid:public_id>/", proofs.download, name="proof"),
    path("candidatures/<str:reference>/preuves/<uuid:public_id>/apercu/", proofs.preview, name="preview"),
    path("candidatures/<str:reference>/verifier/", filing.check, name="check"),
    path("candidatures/<str:reference>/depot/", filing.filed, name="filed"),
    path("candidatures/<str:reference>/version/", upgrade.version, name="version"),
    path("candidatures/<str:reference>/version/<slug:code>/", upgrade.simulate, name="upgrade"),
    path("candidatures/<str:reference>/version/changements/<int:pk>/", upgrade.former, name="former_answers"),
    path("candidatures/<str:reference>/version/changements/<int:pk>/annuler/", upgrade.undo, name="undo_upgrade"),
    path("candidatures/<str:reference>/criteres/<str:code>/confirmer/", upgrade.confirm, name="confirm"),
    path("candidatures/<str:reference>/recevabilite/", desk.admissibility, name="admissibility"),
    path(
        "candidatures/<str:reference>/recevabilite/<slug:verb>/", desk.decide_admissibility, name="decide_admissibility"
    ),
    path("candidatures/<str:reference>/decision/", decisions.decision, name="decision"),
    path("candidatures/<str:reference>/decision/signer/", decisions.sign, name="sign"),
    path("candidatures/<str:reference>/reserves/", conventions.reserves, name="reserves"),
    path("candidatures/<str:reference>/convention/", conventions.convention, name="convention"),
    path("candidatures/<str:reference>/convention/signatures/", conventions.sign, name="convention_sign"),
    path(
        "candidatures/<str:reference>/convention/signatures/<slug:party>/supprimer/",
        conventions.unsign,
        name="convention_unsign",
    ),
]
