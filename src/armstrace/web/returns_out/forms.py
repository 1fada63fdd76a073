"""The form that takes a workbook back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReadBackForm(forms.Form):
    """A filled workbook, and why its figures are entered."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx", "class": "form-control"}
        ),
    )
    reason = forms.CharField(
        label=_("Reason, where figures that stand are corrected"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control", "dir": "auto"}),
    )
