"""Forms of the simulator: the version to simulate, and the service that a simulation becomes."""

from typing import Any

from django import forms

from accounts.models import User
from questionnaires.models import Version
from questionnaires.simulating import Simulation
from referencing.forms import OpeningForm
from referencing.simulation import declinations_of


class VersionForm(forms.Form):
    """Asked only when there is a choice; the newest open version otherwise, and by default."""

    optional_fields = ()

    version = forms.ModelChoiceField(
        Version.objects.none(),
        label="Référentiel",
        empty_label=None,
        to_field_name="code",
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = Version.objects.open_for_filing()
        self.newest = versions.first()
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["version"].initial = self.newest.code if self.newest else None
        if len(versions) < 2:
            self.fields["version"].widget = forms.HiddenInput()

    def clean_version(self) -> Version | None:
        return self.cleaned_data["version"] or self.newest


class BeginForm(OpeningForm):
    """Open a draft from a simulation: what the answers already say is not asked again."""

    def __init__(self, *args: Any, simulation: Simulation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._settle("version", simulation.version, forms.HiddenInput())
        declinations = declinations_of(simulation)
        if declinations:
            self._settle("declinations", declinations, forms.MultipleHiddenInput())

    def _settle(self, name: str, value: Any, widget: forms.Widget) -> None:
        """Take a field out of the person's hands: whatever is sent, it holds this value."""
        field = self.fields[name]
        field.initial, field.widget, field.disabled = value, widget, True
