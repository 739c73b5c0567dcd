"""Forms of the référentiels: what to compare, a file to bring in, the code to type before publishing."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from questionnaires.comparison import Aspect, Fate, Row
from questionnaires.contents import FileRefused
from questionnaires.forms import OrientationForm
from questionnaires.models import ReferentialImport, Version
from questionnaires.plain import Edition
from questionnaires.publishing.uploads import MOST_BYTES, Received, receive

SEVERAL = forms.CheckboxSelectMultiple


class ComparisonForm(forms.Form):
    """What to compare, and what of it to see; everything is in the address. Nothing chosen shows all that changed."""

    optional_fields = ("changement", "sujet", "questionnaire", "q")

    de = forms.ChoiceField(label="De la version")
    vers = forms.ChoiceField(label="À la version")
    changement = forms.MultipleChoiceField(
        label="Ce que devient le critère", choices=Fate.choices, required=False, widget=SEVERAL
    )
    sujet = forms.MultipleChoiceField(label="Ce qui y change", choices=Aspect.choices, required=False, widget=SEVERAL)
    questionnaire = forms.ChoiceField(label="Questionnaire", required=False)
    q = forms.CharField(label="Identifiant ou mot de l'énoncé", required=False, max_length=100)

    def __init__(self, data: Any, *, versions: list[Version]) -> None:
        super().__init__(data)
        self.versions = {version.code: version for version in versions}
        choices = [(version.code, version.title) for version in versions]
        self.fields["de"].choices = choices  # type: ignore[attr-defined]
        self.fields["vers"].choices = choices  # type: ignore[attr-defined]
        if len(choices) > 1:
            self.fields["de"].initial, self.fields["vers"].initial = choices[1][0], choices[0][0]
        titles = {row.code: row.title for version in versions for row in version.questionnaires.all()}
        self.fields["questionnaire"].choices = [("", "Tous"), *titles.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("de") and data.get("de") == data.get("vers"):
            self.add_error("vers", "Choisissez deux versions différentes : une version est identique à elle-même.")
        return data

    @property
    def older(self) -> Version:
        return self.versions[self.cleaned_data["de"]]

    @property
    def newer(self) -> Version:
        return self.versions[self.cleaned_data["vers"]]

    @property
    def page_size(self) -> int:
        """Printing takes it all: `?tout=1`."""
        return 1000 if self.data.get("tout") else 25

    def keeps(self, row: Row) -> bool:
        chosen = self.cleaned_data
        words = chosen["q"].casefold()
        fates = chosen["changement"] or [fate for fate in Fate.values if fate != Fate.UNCHANGED]
        return (
            row.fate in fates
            and (not chosen["sujet"] or bool(set(chosen["sujet"]).intersection(row.aspects)))
            and (not chosen["questionnaire"] or row.questionnaire == chosen["questionnaire"])
            and (not words or any(words in text.casefold() for text in _texts(row)))
        )


def _texts(row: Row) -> list[str]:
    known = [*row.older, *([row.newer] if row.newer else [])]
    return [text for requirement in known for text in (requirement.code, requirement.text)]


class ImportForm(forms.Form):
    """A file to bring in: text files in an archive, or a spreadsheet. What it cannot be is said in one sentence."""

    file = forms.FileField(
        label="Fichier du référentiel",
        help_text="Une archive ZIP des fichiers YAML, ou un tableur XLSX, de 5 Mo au plus.",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.xlsx"}),
        error_messages={"required": "Choisissez le fichier à importer."},
    )

    received: Received

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"Le fichier « {file.name} » dépasse 5 Mo : un référentiel tient en bien moins."
            )
        try:
            self.received = receive(file)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return file


class TrialForm(OrientationForm):
    """The whole orientation on one page, to try it: every question may be left aside, and then counts as « non »."""

    optional_fields = ()

    def __init__(self, data: Any, *, edition: Edition) -> None:
        asked: list[Any] = [question for question in edition.questions if not question.derived_from]
        super().__init__(data, questions=asked, given={})
        for field in self.fields.values():
            field.required = False

    def given(self) -> dict[str, object]:
        """Return what was answered, and was an answer."""
        return dict(self.cleaned_data) if self.is_bound and (self.is_valid() or self.cleaned_data) else {}


class PublicationForm(forms.Form):
    """The second look: the code of the version, typed, says that the right one is before one's eyes."""

    code = forms.CharField(
        label="Code de la version à publier",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Tapez le code de la version pour confirmer."},
    )

    def __init__(self, data: Any, *, received: ReferentialImport) -> None:
        super().__init__(data)
        self.received = received
        self.fields["code"].help_text = f"Tapez « {received.code} » : une version publiée ne change plus jamais."

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if code != self.received.code:
            raise forms.ValidationError(f"Ce n'est pas le code de cette version : attendu « {self.received.code} ».")
        return code
