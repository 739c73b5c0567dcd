"""The dossier of a candidature on the whole published référentiel: nothing is lost at that size."""

from pathlib import Path

from django.conf import settings

from accounts.models import User
from dossiers import papers
from dossiers.contents import dossier_at
from questionnaires.loader import load
from referencing.door import move
from referencing.models import Candidature
from tests import play
from tests.dossiers.reading import complaints_of_qpdf, letters, words_of
from tests.dossiers.steps import event_of

# The experts are not played here: 190 verdicts are no concern of the press.
REPORT = {"synthesis": "Tout est là.", "recommendation": "Favorable.", "verdicts": {}, "unjudged": []}


def test_every_criterion_of_the_whole_referential_is_printed(alice: User, sophie: User, tmp_path: Path):
    version = load(settings.BASE_DIR / "questionnaires" / "referentials" / "complet-2023")
    yes = {one.code: True for one in version.variables.filter(kind="boolean", derived_from="")}
    facts = yes | {"dispositif_medical": False, "dmn_certifie": False, "teleconsultation": False, "tlc_certifie": False}
    chosen = {
        one.code: [one.choices[0][0]] if one.kind == "multiple" else one.choices[0][0]
        for one in version.variables.exclude(kind="boolean")
    }
    candidature = play.in_evaluation(alice, version, sophie, facts=facts | chosen)
    move(candidature, "conclude_evaluation", actor=sophie, payload=REPORT)
    fresh = Candidature.objects.select_related("service__organisation").get(pk=candidature.pk)
    dossier = dossier_at(fresh, event_of(candidature, "candidature.conclude_evaluation"))
    pdf = papers.dossier(fresh, dossier.event, dossier).print()
    printed = letters(words_of(pdf))
    assert len(dossier.lines) > 150
    assert len(dossier.lines) + len(dossier.not_applicable) + len(dossier.dispensed) == version.criteria.count()
    wanted = [text for line in dossier.lines for text in (line.code, line.text, line.because, line.comment)]
    wanted += [one["text"] for one in (*dossier.not_applicable, *dossier.dispensed)]
    assert [text for text in wanted if letters(text) not in printed] == []
    assert complaints_of_qpdf(pdf, tmp_path) == ""
