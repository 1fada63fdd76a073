"""The form that takes a workbook back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.messages import Message
from armstrace.web.figures import cell_names
from armstrace.web.figures.return_forms import RefusingForm


class ReadBackForm(RefusingForm):
    """A filled workbook, and why its figures are entered."""

    file = forms.FileField(
        label=_("Workbook"),
        error_messages={"required": _("Choose the workbook to read.")},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
    reason = forms.CharField(
        label=_("Reason, if existing figures are corrected"),
        required=False,
        max_length=300,
    )

    def say(self, refused: Message) -> str:
        """Name cells as the page does."""
        return cell_names.in_words(refused)
