"""What becomes of the answers that a page sends back: saved, unchanged, contested, wrong, or come too late.

One answer or a whole section: each is received alone, so that the trouble of one takes nothing from the others.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from accounts.models import User
from questionnaires import sheets
from questionnaires.forms import AnswerForm
from questionnaires.models import Answer
from questionnaires.sheets import Item, Said, said_of
from referencing.clashes import Clash, clash_of
from referencing.models import Candidature


class Kind(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    CLASH = "clash"
    WRONG = "wrong"
    REFUSED = "refused"


@dataclass(frozen=True)
class Reply:
    """One answer received. `form` is what to show again, with everything that was typed."""

    kind: Kind
    item: Item
    form: AnswerForm
    clash: Clash | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of the person."""
        return self.kind in (Kind.SAVED, Kind.UNCHANGED)

    @property
    def sentence(self) -> str:
        """Say what holds the answer back."""
        if self.kind == Kind.CLASH:
            return "Une autre personne a répondu entre-temps : choisissez ce que vous gardez."
        if self.kind == Kind.MERGED:
            return "Relisez les deux textes réunis, puis enregistrez."
        return " ".join(str(sentence) for errors in self.form.errors.values() for sentence in errors)


def receive(
    candidature: Candidature, item: Item, data: Mapping[str, str], user: User, *, prefix: str | None = None
) -> Reply:
    """Save the answer of one criterion; `keep` says what is chosen of two that clash: mine, theirs or merge."""
    form = AnswerForm(data, prefix=prefix, item=item)
    if not form.is_valid():
        return Reply(Kind.WRONG, item, form)
    keep = data.get(form.add_prefix("keep"), "mine")
    unmoved = item.may_change and said_of(item.answer) == _typed(form) and not (item.to_confirm or item.to_reread)
    if keep == "theirs" or unmoved:
        return Reply(Kind.UNCHANGED, item, AnswerForm.of(item, prefix=prefix))
    if keep == "merge" and item.answer:
        return _contested(Kind.MERGED, item, form, sheets.Conflict(item.answer, _typed(form)))
    try:
        sheets.save_answer(candidature.sheet, item.criterion, user=user, **form.said)
    except sheets.Conflict as conflict:
        return _contested(Kind.CLASH, item, form, conflict)
    except sheets.AnswerRefused as refused:
        form.add_error(None, refused.sentence)
        return Reply(Kind.REFUSED, item, form)
    return Reply(Kind.SAVED, item, form)


def _contested(kind: Kind, item: Item, form: AnswerForm, conflict: sheets.Conflict) -> Reply:
    """Show both texts again; the form holds mine, or the merge when it was asked for."""
    clash = clash_of(conflict, form.cleaned_data["base"])
    said = clash.said_merged if kind == Kind.MERGED else clash.mine
    return Reply(kind, item, _again(form, item, said, clash.theirs.edition), clash)


def _typed(form: AnswerForm) -> Said:
    given = form.cleaned_data
    reason = given["na_reason"] if given["value"] == Answer.Value.NOT_APPLICABLE else ""
    return Said(given["value"], given["comment"].strip(), reason)


def _again(form: AnswerForm, item: Item, said: Said, edition: int) -> AnswerForm:
    """The form to show again: these words, on the answer that is on file now."""
    words = {**form.cleaned_data, **asdict(said), "edition": edition}
    return AnswerForm({form.add_prefix(name): value for name, value in words.items()}, prefix=form.prefix, item=item)
