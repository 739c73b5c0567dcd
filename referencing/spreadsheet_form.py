"""A workbook that comes back: read as it is checked, so that what is wrong is said beside the field."""

from django import forms

from questionnaires.contents import FileRefused
from questionnaires.workbooks.intake import MOST_BYTES, Reading, take_in


class WorkbookField(forms.FileField):
    max_bytes = MOST_BYTES

    def __init__(self) -> None:
        box = forms.FileInput(attrs={"accept": ".xlsx,.ods"})
        super().__init__(label="Tableur rempli", widget=box, allow_empty_file=True)
        self.error_messages |= {"required": "Choisissez le fichier .xlsx ou .ods que vous avez rempli."}


class WorkbookForm(forms.Form):
    file = WorkbookField()

    def clean_file(self) -> Reading:
        try:
            return take_in(self.cleaned_data["file"])
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
