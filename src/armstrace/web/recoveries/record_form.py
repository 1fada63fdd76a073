"""The form in which a recovery is recorded: what a patrol has at hand comes first."""

import re
import secrets
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.evidence import rules as evidence
from armstrace.records import lengths
from armstrace.recoveries import queries
from armstrace.recoveries.fields import not_kept_of
from armstrace.translation import translate
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access, acting, fields, files
from armstrace.web.recoveries.forms import RecoveryForm, in_order

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MARKS = in_order("serial make model calibre arm_type")
FIRST = (
    "photographs",
    *MARKS,
    *in_order("recovery_kind recovered_on place region case_number seal_number"),
)
# Fields of which one at least is filled in: else nothing is told of the item.
TELLING = (
    "photographs",
    *MARKS,
    *in_order(
        "country_of_manufacture import_mark other_marks quantity place region "
        "case_number seal_number custody_number offences taken_from notes"
    ),
)

# What the page that leads here fills in.
GIVEN_BEFORE = (*MARKS, "item_kind", "notes", "declaration")

# What says of an item of one kind which it is.
SAYS_WHICH = {ItemKind.PART: "part_type", ItemKind.AMMUNITION: "ammunition_kind"}

MOST_PHOTOGRAPHS = 6
# Signs that are not taken for one another when they are written by hand.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GIVEN = re.compile(rf"[0-9]{{6}}-[{SIGNS}]{{6}}")


def give_number() -> str:
    """Give a number to write on the bag before anything is sent."""
    signs = "".join(secrets.choice(SIGNS) for _place in range(6))
    return f"{timezone.localdate():%y%m%d}-{signs}"


NOTHING_TOLD = _(
    "Give at least what it is or where it was: a photograph, a mark or the place."
)
SEVERAL_ARMS = _(
    "Each arm is recorded on its own: clear the quantity, or choose a part or "
    "ammunition as the kind of item."
)
IS_NOT_KEPT = _(
    "This is not kept for this kind of item: choose another kind, or clear it here "
    "and write it in the notes."
)
NAMES_NO_PERSON = _("The person is kept for arms only: clear it here.")


def _not_kept(kind: ItemKind) -> Iterator[tuple[str, "_StrOrPromise"]]:
    """Give the boxes that are filled for other kinds of item, with what is said."""
    for each in not_kept_of(kind):
        if each.name in RecoveryForm.base_fields:
            yield each.name, NAMES_NO_PERSON if each.is_personal else IS_NOT_KEPT
    for other, name in SAYS_WHICH.items():
        if other is not kind:
            yield name, IS_NOT_KEPT


class Photographs(forms.FileField):
    """Photographs, each read as a picture before anything is recorded."""

    def clean(
        self, data: Sequence[File[bytes]] | None, initial: object = None
    ) -> list[tuple[str, bytes]]:
        """Give names and bytes."""
        if len(data or ()) > MOST_PHOTOGRAPHS:
            said = gettext("Choose at most %(most)s photographs; add others later.")
            raise forms.ValidationError(said % {"most": MOST_PHOTOGRAPHS})
        return [self._read(super(Photographs, self).clean(one)) for one in data or ()]

    def _read(self, file: File[bytes]) -> tuple[str, bytes]:
        content = file.read()
        try:
            evidence.image_type(content)
        except InvalidInput as refused:
            said = f"{file.name}: {translate(refused)}"
            raise forms.ValidationError(said) from refused
        return str(file.name), content


class RecordForm(RecoveryForm):
    """A recovery that is recorded now; its number is given, its photograph comes first.

    The number is made with the form and travels with it: what is sent twice, or is
    sent again after the network was away, is recorded once. Something else under a
    number on record is another recovery: the form gets a new number.
    """

    GROUPS: ClassVar = (
        (_("What you have, and how it came"), FIRST),
        (
            _("More marks, or a part or ammunition"),
            in_order(
                "item_kind country_of_manufacture import_mark other_marks modification "
                "part_type ammunition_kind quantity"
            ),
        ),
        (
            _("More on how it was recovered"),
            in_order(
                "recovered_within agency country place_kind legal_justification "
                "criminal_contexts offences"
            ),
        ),
        (
            _("Person, custody and notes"),
            in_order("taken_from taken_from_is_holder custody_number number notes"),
        ),
    )

    photographs = Photographs(
        label=_("Photographs"),
        required=False,
        max_length=lengths.FILE_NAME.longest,
        help_text=_("The marks first, then the whole arm. JPEG or PNG."),
        widget=files.SeveralFiles({"accept": "image/jpeg,image/png"}),
    )
    given = forms.RegexField(GIVEN, required=False, widget=forms.HiddenInput)
    declaration = forms.CharField(
        max_length=20, required=False, widget=forms.HiddenInput
    )
    # The recovery with the same marks and day that was shown before it was sent.
    checked = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, request: access.Request) -> None:
        first = {
            "agency": request.viewer.agency,
            "country": settings.HOME_COUNTRY,
            "recovered_on": timezone.localdate(),
            "given": give_number(),
            **{
                name: request.GET[name][:400]
                for name in GIVEN_BEFORE
                if name in request.GET
            },
        }
        super().__init__(request.POST or None, request.FILES or None, initial=first)
        self.fields["number"].required = False
        self.fields["number"].help_text = _(
            "Only where your agency has numbered this item already."
        )
        self._offer(request)

    def _offer(self, request: access.Request) -> None:
        known = queries.choices(viewer=request.viewer)
        fields.suggest(self, "region", known.regions)
        if request.viewer.agencies("recovery.record").are_all:
            fields.suggest(self, "agency", known.agencies)
        else:
            self.fields["agency"].widget = forms.HiddenInput()

    def clean(self) -> None:
        """Say when it was, number it, and keep photographs with arms only."""
        given = self.cleaned_data
        if given.get("recovered_within") and self._is_preset("recovered_on"):
            given["recovered_on"] = None
        super().clean()
        if not self.errors and not any(given.get(name) for name in TELLING):
            self.add_error(None, NOTHING_TOLD)
        given["number"] = given.get("number") or given.get("given") or give_number()
        if given.get("photographs") and given.get("item_kind") != ItemKind.ARM:
            said = _(
                "Photographs are kept for arms only; record this item without one."
            )
            self.add_error("photographs", said)
        self._refuse_what_is_not_kept()

    def _refuse_what_is_not_kept(self) -> None:
        given = self.cleaned_data
        kind = given.get("item_kind")
        for name, said in _not_kept(kind) if kind else ():
            if given.get(name) not in {None, "", self.fields[name].initial}:
                self.add_error(name, said)
        if kind is ItemKind.ARM and (given.get("quantity") or 1) > 1:
            self.add_error("quantity", SEVERAL_ARMS)

    def _is_preset(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name) == self.initial[name])

    @property
    def number_given(self) -> str:
        """The number that was made with the form."""
        return str(self["given"].value() or "")

    @property
    def has_given_number(self) -> bool:
        """Tell whether it goes by the number that was made with the form."""
        return bool(self.cleaned_data["number"] == self.cleaned_data["given"])

    def ask_about(self, twin: str) -> None:
        """Say that an arm with these marks was recorded for this day already."""
        said = gettext(
            "%(record)s has the same serial number and day. If this is another item, "
            "send the form again; otherwise open %(record)s."
        )
        self.add_error(None, said % {"record": twin})
        acting.refill(self, checked=twin)

    def refuse_number(self, taken_by: str, address: str) -> None:
        """Say that the number is on record; one that was given is replaced."""
        if not self.has_given_number:
            super().refuse_number(taken_by, address)
            return
        said = gettext(
            "The number %(number)s is on record with something else: see %(record)s. "
            "This form has a new number now; write it on the bag, and send again."
        )
        link = format_html('<a href="{}">{}</a>', address, taken_by)
        whole = said.replace("%(number)s", "{number}").replace("%(record)s", "{record}")
        number = self.cleaned_data["given"]
        self.add_error(None, format_html(whole, number=number, record=link))
        acting.refill(self, given=give_number(), checked=taken_by)
