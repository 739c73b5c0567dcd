"""How each service of the demonstration answers the orientation: what it says of itself, and sensible defaults."""

from typing import Any

from demonstration.stories import Story
from questionnaires.applicability import complete_facts
from questionnaires.models import Sheet, Variable
from questionnaires.orientation import Asked, asked_now

# What most of the services of the demonstration have in common; a story says otherwise in its `facts`.
USUAL: dict[str, Any] = {
    "compte_usager": True,
    "donnees_sante": True,
    "hebergement_externe": True,
    "sous_traitants": True,
    "consentement": True,
    "echange_lecture": True,
    "echange_ecriture": True,
    "finalites": ["soins"],
    "classe_dm": "classe-2a",
}
FORMS = {"web": "site", "ios": "ios", "android": "android"}


def facts_for(story: Story, sheet: Sheet) -> dict[str, Any]:
    """Return a complete answer to every question that the orientation asks this service."""
    variables = list(Variable.objects.filter(version=sheet.version_id))
    told = USUAL | {"type_solution": [FORMS[form] for form in story.declinations]} | story.facts
    given: dict[str, Any] = {}
    while waiting := [v for v in asked_now(variables, complete_facts(variables, given)) if v.code not in given]:
        for question in waiting:
            given[question.code] = told.get(question.code, _default(question))
    return given


def _default(question: Asked) -> Any:
    codes = [code for code, _ in question.choices]
    return {"boolean": False, "choice": codes[:1] and codes[0], "multiple": codes[:1]}[question.kind]
