"""Any plain form is drawn in DSFR, and what is wrong is tied to what it concerns."""

import re

import pytest
from django import forms
from django.forms.renderers import get_default_renderer

from kit.forms import HouseRenderer


class Sample(forms.Form):
    name = forms.CharField(label="Nom du service", help_text="Celui que l'usager verra.")
    note = forms.CharField(label="Remarque", required=False, widget=forms.Textarea(attrs={"placeholder": "Écrivez"}))
    track = forms.ChoiceField(label="Parcours", choices=[("a", "Simple"), ("b", "Échange")], widget=forms.RadioSelect)
    day = forms.DateField(label="Échéance")
    proof = forms.FileField(label="Preuve", widget=forms.FileInput(attrs={"accept": ".pdf,.png"}))
    sworn = forms.BooleanField(label="J'atteste", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def attribute(html: str, identifier: str, name: str) -> str:
    """Return one attribute of the element that has this id."""
    element = re.search(rf'<[^>]*\bid="{identifier}"[^>]*>', html)
    assert element, f"{identifier} is not drawn"
    found = re.search(rf'\b{name}="([^"]*)"', element.group())
    return found.group(1) if found else ""


def test_every_form_uses_the_renderer_of_the_house():
    assert isinstance(get_default_renderer(), HouseRenderer)


def test_it_ties_a_hint_and_an_error_to_their_field():
    html = str(Sample({}))
    assert attribute(html, "id_name", "aria-describedby") == "id_name_helptext id_name_error"
    assert attribute(html, "id_name", "aria-invalid") == "true"
    assert 'id="id_name_helptext">Celui que l&#x27;usager verra.' in html
    assert re.search(
        r'id="id_name_error">\s*<p class="fr-message fr-message--error">Ce champ est obligatoire\.</p>', html
    )


def test_it_says_nothing_of_errors_before_the_first_answer():
    html = str(Sample())
    assert "fr-alert" not in html
    assert "aria-invalid" not in html


def test_it_sums_up_the_errors_and_leads_to_each_field():
    html = str(Sample({"token": "x"}))
    assert re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', html) == [
        ("id_name", "Nom du service"),
        ("id_track_0", "Parcours"),
        ("id_day", "Échéance"),
        ("id_proof", "Preuve"),
    ]
    assert attribute(html, "erreurs", "role") == "alert"
    assert attribute(html, "erreurs", "tabindex") == "-1"
    assert "autofocus" in html


def test_it_shows_the_error_of_a_hidden_field_in_the_summary():
    assert "<li>Ce champ est obligatoire.</li>" in str(Sample({"name": "x"}))


def test_it_marks_what_is_optional_and_never_what_is_required():
    html = str(Sample())
    assert re.findall(r"<label[^>]*>([^<]*) <span class=\"house-optional\">", html) == ["Remarque"]


def test_it_groups_choices_under_their_legend():
    html = str(Sample({}))
    assert attribute(html, "id_track", "aria-describedby") == "id_track_error"
    assert re.search(r'<fieldset[^>]*id="id_track"', html)
    assert re.search(r"<legend[^>]*>Parcours</legend>", html)


@pytest.mark.parametrize(
    ("identifier", "classes"),
    [("id_name", "fr-input"), ("id_note", "fr-input"), ("id_proof", "fr-upload"), ("id_sworn", "")],
)
def test_it_gives_each_box_its_class(identifier: str, classes: str):
    assert attribute(str(Sample()), identifier, "class") == classes


def test_it_keeps_a_date_in_the_form_that_the_picker_of_the_browser_reads():
    html = str(Sample({"day": "2026-03-03"}))
    assert attribute(html, "id_day", "type") == "date"
    assert attribute(html, "id_day", "value") == "2026-03-03"
    assert Sample({"day": "2026-03-03"}).fields["day"].clean("2026-03-03").isoformat() == "2026-03-03"


def test_it_says_which_files_are_accepted():
    assert 'id="id_proof_helptext">Formats acceptés : PDF, PNG.' in str(Sample())


def test_it_says_how_heavy_a_file_may_be_when_the_field_knows():
    class Heavy(forms.Form):
        proof = forms.FileField(label="Preuve")
        proof.max_bytes = 50 * 1024 * 1024

    assert 'id="id_proof_helptext">Taille maximale : 50\u00a0Mo.' in str(Heavy())


def test_it_drops_placeholders_which_vanish_when_one_types():
    assert "placeholder" not in str(Sample())


def test_it_keeps_what_was_typed():
    html = str(Sample({"name": "Carnet <b>", "note": "une remarque"}))
    assert attribute(html, "id_name", "value") == "Carnet &lt;b&gt;"
    assert "une remarque</textarea>" in html


def test_two_forms_on_a_page_have_summaries_of_their_own():
    assert attribute(str(Sample({}, prefix="b")), "b-erreurs", "role") == "alert"
