"""How every form of the house is drawn: one renderer, one template per group of fields, in DSFR.

A plain Django form needs nothing to look right: `{{ form }}` (or `{% include "kit/form.html" %}`) draws the error
summary, then each field with its label, hint, « (optionnel) » mark and error, tied together by `aria-describedby`.
"""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import DateTimeBaseInput

from kit.templatetags.french import filesize_fr

# Group of fields → template; anything not listed is a box to type in.
TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "kit/fields/choices.html"),
    (forms.RadioSelect, "kit/fields/choices.html"),
    (forms.CheckboxInput, "kit/fields/checkbox.html"),
    (forms.Select, "kit/fields/select.html"),
    (forms.FileInput, "kit/fields/file.html"),
    (forms.PasswordInput, "kit/fields/password.html"),
)
BOX_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, ""),
    (forms.RadioSelect, ""),
    (forms.Select, "fr-select"),
    (forms.FileInput, "fr-upload"),
    (forms.PasswordInput, "fr-password__input fr-input"),
)
# The browser's own pickers want ISO values, whatever the language of the page.
PICKERS: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


def _first_match(widget: forms.Widget, table: tuple[tuple[type[forms.Widget], str], ...], default: str) -> str:
    return next((value for kind, value in table if isinstance(widget, kind)), default)


class HouseBoundField(BoundField):
    """A field that knows its DSFR template, its classes, and where its hint and error are."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.help_text = self.help_text or self._file_hint()
        # A placeholder vanishes as soon as one types: the label and the hint say it all.
        field.widget.attrs.pop("placeholder", None)
        for kind, input_type, value_format in PICKERS:
            if isinstance(field.widget, kind):
                field.widget.input_type = input_type
                field.widget.format = value_format
                break

    @property
    def template_name(self) -> str:
        return getattr(self.field, "template_name", None) or _first_match(
            self.field.widget, TEMPLATES, "kit/fields/input.html"
        )

    @property
    def is_optional(self) -> bool:
        """A lone checkbox is never marked: leaving it empty is an answer.

        A form whose fields may wait names in `optional_fields` those that may stay empty for ever.
        """
        named = getattr(self.form, "optional_fields", None)
        if named is not None:
            return self.name in named
        return not self.field.required and not isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def target_id(self) -> str:
        """Id of what the error summary must bring the person to (the first choice of a group)."""
        if self.field.widget.use_fieldset and self.subwidgets:
            return str(self.subwidgets[0].id_for_label or self.auto_id)
        return self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        classes = f"{_first_match(widget or self.field.widget, BOX_CLASSES, 'fr-input')} {own}".strip()
        if classes and not self.is_hidden:
            attrs["class"] = classes
        return attrs

    def _file_hint(self) -> str:
        """Say which kinds and which weight a file field accepts, when the form itself says nothing."""
        if not isinstance(self.field.widget, forms.FileInput):
            return ""
        kinds = str(self.field.widget.attrs.get("accept", ""))
        weight = getattr(self.field, "max_bytes", None)
        parts = []
        if kinds:
            names = [kind.strip().lstrip(".").upper() for kind in kinds.split(",")]
            parts.append(f"Formats acceptés : {', '.join(names)}.")
        if weight:
            parts.append(f"Taille maximale : {filesize_fr(weight)}.")
        return " ".join(parts)


class HouseRenderer(TemplatesSetting):
    """Named by `settings.FORM_RENDERER`; templates come from the same engine as the pages."""

    form_template_name = "kit/form.html"
    formset_template_name = "kit/formset.html"
    field_template_name = "kit/fields/input.html"
    bound_field_class = HouseBoundField
