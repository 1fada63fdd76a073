"""What is asked of certificates."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.certificates.queries import CertificateFilter
from armstrace.vocabulary.certificates import CertificateKind, CertificateState
from armstrace.web import fields

LARGEST = 10_000_000


class CertificateFilters(fields.FilterForm[CertificateFilter]):
    """What narrows the list of certificates."""

    q = fields.mark(
        _("Number of the certificate, or of the licence"), 64, required=False
    )
    kind = fields.any_of(CertificateKind, _("Kind"))
    state = fields.any_of(CertificateState, _("Status"))
    is_outdated = forms.BooleanField(label=_("To be reissued"), required=False)


class IssueForm(fields.DeskForm):
    """The licence of which a certificate is issued."""

    licence = fields.mark(_("Licence"), 64)


class EndForm(fields.ReasonForm):
    """Why a certificate is revoked, or refused while it waits."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class CheckForm(fields.DeskForm):
    """A certificate that somebody shows."""

    code = forms.CharField(
        label=_("Text of the code"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("Read the code with a scanner, or paste its text."),
    )
    document = fields.file(_("Or the signed PDF"), ".pdf", most=LARGEST, required=False)

    def clean(self) -> None:
        """Ask for one of the two."""
        given = self.cleaned_data
        if not given.get("code") and not given.get("document"):
            self.add_error("code", gettext("Give the text of the code, or the PDF."))

    def shown(self) -> str | bytes:
        """Give what somebody shows."""
        document = self.cleaned_data["document"]
        text: str = self.cleaned_data["code"]
        return document.read() if document else text
