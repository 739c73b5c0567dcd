"""The form of the public page where a PDF is compared with the papers on file."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from kit.templatetags.french import filesize_fr


class PaperField(forms.FileField):
    widget = forms.FileInput(attrs={"accept": ".pdf"})

    @property
    def max_bytes(self) -> int:
        """The proofs, and as much again as pages could ever weigh."""
        return int(settings.DOSSIER_MAX_BYTES) + 50 * 1024 * 1024


class VerifyForm(forms.Form):
    paper = PaperField(
        label="Document à vérifier",
        error_messages={
            "required": "Choisissez le document à vérifier.",
            "empty": "Ce fichier est vide : choisissez le PDF tel que vous l'avez reçu.",
        },
    )

    def clean_paper(self) -> UploadedFile:
        paper: UploadedFile = self.cleaned_data["paper"]
        limit = self.fields["paper"].max_bytes  # type: ignore[attr-defined]
        if paper.size and paper.size > limit:
            raise forms.ValidationError(
                f"Ce fichier pèse {filesize_fr(paper.size)} ; aucun de nos documents ne dépasse {filesize_fr(limit)}."
            )
        return paper
