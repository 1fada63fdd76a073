"""The form that takes a workbook back."""

from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.messages import Message
from armstrace.web import fields
from armstrace.web.figures import cell_names
from armstrace.web.figures.return_forms import RefusingForm


class ReadBackForm(RefusingForm):
    """A filled workbook, and why its figures are entered."""

    file = fields.file(
        _("Workbook"),
        ".xlsx",
        error_messages={"required": _("Choose the workbook to read.")},
    )
    reason = fields.line(
        _("Reason, if existing figures are corrected"), 300, required=False
    )

    def say(self, refused: Message) -> str:
        """Name cells as the page does."""
        return cell_names.in_words(refused)
