"""The field where proofs are given: files sent with the form, or files that have already arrived by pieces (tus)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.models import Organisation, User
from questionnaires import uploads
from questionnaires.contents import FileRefused
from questionnaires.filetypes import ACCEPT, examine
from questionnaires.models import Upload

GONE = (
    "Ce fichier n'est plus là : il a déjà été déposé, ou il a attendu trop longtemps. Choisissez-le de nouveau, "
    "l'envoi reprendra où il en était s'il le peut."
)


@dataclass(frozen=True)
class Sender:
    """Who sends files by pieces, for whom, and to which address."""

    organisation: Organisation
    user: User
    address: str

    def arrived(self) -> list[Upload]:
        return list(Upload.objects.of(self.organisation, self.user).arrived().alive(timezone.now()))


@dataclass(frozen=True)
class Received:
    """What a form brought: files, and keys of the files that had arrived before it."""

    files: list[UploadedFile]
    keys: list[str]

    def __bool__(self) -> bool:
        return bool(self.files or self.keys)


class EvidenceInput(forms.FileInput):
    """A box for files. With a `sender`, it also lists the files that have arrived and wait for a form."""

    template_name = "kit/widgets/evidence.html"
    sender: Sender | None = None

    def __init__(self, *, multiple: bool = False) -> None:
        self.allow_multiple_selected = multiple
        super().__init__({"accept": ACCEPT, **({"multiple": True} if multiple else {})})
        self.chosen: list[str] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Received:
        getlist = getattr(data, "getlist", lambda key: [data[key]] if key in data else [])
        given = MultiValueDict.getlist(files, name) if isinstance(files, MultiValueDict) else [files.get(name)]
        self.chosen = [str(key) for key in getlist(f"{name}_recu")]
        return Received([file for file in given if file], self.chosen)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}_recu" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["max_bytes"] = settings.EVIDENCE_MAX_BYTES
        context["sender"] = self.sender
        context["arrived"] = self.sender.arrived() if self.sender else []
        context["chosen"] = self.chosen
        return context


class EvidenceFileField(forms.FileField):
    """A file that may become a proof, or several when `multiple`; any other is refused with one sentence.

    Cleaned, it gives a `File`, or a list of them when `multiple`. After the deposit, `forget` erases what had arrived
    by pieces; `release` closes it when the form is refused for another reason.
    """

    widget: EvidenceInput

    def __init__(self, *, multiple: bool = False, **kwargs: Any) -> None:
        self.multiple = multiple
        self.taken: list[Upload] = []
        self.whole: list[UploadedFile] = []
        super().__init__(widget=EvidenceInput(multiple=multiple), allow_empty_file=True, **kwargs)

    @property
    def max_bytes(self) -> int:
        return settings.EVIDENCE_MAX_BYTES

    def sent_by(self, sender: Sender | None) -> None:
        """Let the field take what this person sends by pieces."""
        self.widget.sender = sender

    def clean(self, data: Received | None, initial: Any = None) -> Any:
        received = data or Received([], [])
        if not received:
            self.validate(None)
            return [] if self.multiple else None
        if not self.multiple and len(received.files) + len(received.keys) > 1:
            raise forms.ValidationError("Choisissez un seul fichier.")
        files = self._checked(received.files + self._assembled(received.keys))
        return files if self.multiple else files[0]

    def forget(self) -> None:
        """Erase what had arrived by pieces and is now deposited."""
        self.release()
        for upload in self.taken:
            uploads.terminate(upload)

    def release(self) -> None:
        """Close the files put together from their pieces; the pieces stay until a form is accepted."""
        while self.whole:
            self.whole.pop().close()

    def _assembled(self, keys: Iterable[str]) -> list[UploadedFile]:
        wanted = list(dict.fromkeys(keys))
        sender = self.widget.sender
        self.taken = uploads.arrived(sender.organisation, sender.user, wanted) if sender else []
        if len(self.taken) != len(wanted):
            raise forms.ValidationError(GONE)
        self.whole = [uploads.assembled(upload) for upload in self.taken]
        return list(self.whole)

    def _checked(self, files: list[UploadedFile]) -> list[UploadedFile]:
        """Refuse all when one cannot be a proof; what is wrong in a file that had arrived by pieces erases it."""
        refusals = []
        sent = len(files) - len(self.taken)
        for rank, file in enumerate(files):
            try:
                examine(file, max_bytes=self.max_bytes)
            except FileRefused as refusal:
                refusals.append(refusal.sentence)
                if rank >= sent:
                    uploads.terminate(self.taken[rank - sent])
        if refusals:
            self.release()
            raise forms.ValidationError(refusals)
        return files
