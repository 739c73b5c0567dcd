"""Dating a fact of the clocks again."""

from django import forms


class CorrectionForm(forms.Form):
    on = forms.DateField(
        label="Date réelle du fait", help_text="Le jour où cela s'est produit, même s'il a été inscrit plus tard."
    )
    motive = forms.CharField(
        label="Motif de la rectification",
        help_text="L'éditeur le lira. La date inscrite auparavant reste visible.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
