"""What an éditeur's people do together on a draft: they read again, mark what they read, and write to one another."""

from accounts.models import User
from demonstration.stories import Story
from demonstration.troupe import Troupe
from questionnaires import sheets
from questionnaires.sheets import Item
from referencing import discussions
from referencing.models import Candidature

FINISHED = ("ADM-01", "ADM-02", "ADM-03", "ADM-06", "ADM-07", "URB-ID-01", "SEC-GOV-01")
TO_READ_AGAIN = ("ADM-09", "URB-HEB-01", "SEC-AUD-01")
COLLEAGUE = "bob@glyco.example"
# Criterion → who writes what, in order: the colleague, or the person mandated.
MESSAGES = {
    "URB-HEB-01": (
        (
            COLLEAGUE,
            "@Alice Dubreuil la page 3 du contrat ne nomme pas Glyco.\nPeux-tu demander l'avenant de mars à l'hébergeur ?",
        ),
    ),
    "ADM-10": (
        ("", "@Bob Lefranc la version publiée des CGU est-elle bien celle que tu as relue ?"),
        (COLLEAGUE, "Oui, c'est celle du 2 mars, sans changement depuis."),
    ),
    "SEC-AUD-01": (("", "L'audit couvre iOS et l'API ; la version Android est testée la semaine prochaine."),),
}
RESOLVED = ("ADM-10",)


def read_again(troupe: Troupe, story: Story) -> None:
    """Mark what is finished, and what must be seen again."""
    candidature, colleague = troupe.of(story), troupe.people[COLLEAGUE]
    for mark, codes in (("done", FINISHED), ("review", TO_READ_AGAIN)):
        for code in codes:
            item = _open_item(candidature, code)
            if item is not None:
                sheets.mark(candidature.sheet, item.criterion, mark, colleague)


def discuss(troupe: Troupe, story: Story) -> None:
    """Write about a few criteria; one discussion ends, the others wait."""
    candidature = troupe.of(story)
    for code, messages in MESSAGES.items():
        item = _open_item(candidature, code)
        if item is None:
            continue
        for address, text in messages:
            said = discussions.say(candidature, item.criterion, text, author=_author(troupe, story, address))
        if code in RESOLVED:
            discussions.resolve(said.remark.thread, said.remark.author)


def _author(troupe: Troupe, story: Story, address: str) -> User:
    return troupe.people[address] if address else troupe.editor(story)


def _open_item(candidature: Candidature, code: str) -> Item | None:
    item = sheets.overview(candidature.sheet).item(code)
    return item if item and item.may_change else None
