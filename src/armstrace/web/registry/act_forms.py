"""What a clerk fills in to record an act on an arm."""

import hashlib
import secrets
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.marks.description import Description
from armstrace.licensing import queries as licensing
from armstrace.registry import queries
from armstrace.registry.actions.entering import Entering
from armstrace.registry.converted import CONVERTED
from armstrace.registry.inputs import ArmInput, EventInput
from armstrace.vocabulary.arms import LOSSES, LifeEventKind, PartType, Passing
from armstrace.vocabulary.builds import Action, Bore, Ignition, Trait
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.marks import MarkKind, MarkMethod
from armstrace.vocabulary.texts import LONGEST_NOTES
from armstrace.web import access, country_words, fields

MARKS = ("type", "make", "model", "calibre", "serial", "country", "import_mark")
ARRIVALS = (
    (LifeEventKind.MANUFACTURED.value, _("newly made")),
    (LifeEventKind.IMPORTED.value, _("imported")),
    (
        LifeEventKind.TRANSFERRED.value,
        _("already in the country, seen for the first time"),
    ),
)


class OnArm(fields.DeskForm):
    """An act on an arm as the person saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Confirmed(fields.DeskForm):
    """An act that is shown before it is done; ``key`` says what was shown."""

    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def key(self) -> str:
        """Give the key of what is filled in."""
        raise NotImplementedError

    @property
    def is_looked_at(self) -> bool:
        """Tell whether this was shown before it is done."""
        return bool(self.cleaned_data["checked"] == self.key)


class LookedAt(Confirmed):
    """An act that is shown whole, as it will be recorded, before it is done."""

    @property
    def told(self) -> list[tuple[object, object]]:
        """Give what is filled in, by the words of its fields."""
        told = ((each.label, each.name) for each in self.visible_fields())
        return [
            (words, self.cleaned_data[name])
            for words, name in told
            if self.cleaned_data[name]
        ]

    @property
    def key(self) -> str:
        """Give the key of what is filled in."""
        return hashlib.sha256(repr(self.told).encode()).hexdigest()


class Holding(fields.DeskForm):
    """A form that asks for a holder by number, licence or name.

    Where a name was typed, ``found`` has the holders it may mean; each is a button
    that sends the form again with that one.
    """

    def __init__(self, request: access.Request, **given: Any) -> None:  # noqa: ANN401 - Django's own
        self.request = request
        self.found: list[licensing.HolderRow] = []
        self.meant: licensing.HolderRow | None = None
        data = request.POST.copy() if request.method == "POST" else None
        if data is not None and data.get("holder_is"):
            data["holder"] = str(data["holder_is"])
        super().__init__(data, **given)

    def clean_holder(self) -> str:
        """Find the holder that is meant."""
        typed: str = self.cleaned_data["holder"].strip()
        if not typed:
            return ""
        request = self.request
        found = licensing.receivers(typed, **request.asking)
        named = {each.casefold() for one in found for each in (one.number, one.name)}
        if len(found) == 1 and typed.casefold() in named:
            self.meant = found[0]
            return self.meant.number
        self.found = found
        if len(found) == licensing.FOUND:
            raise forms.ValidationError(
                gettext(
                    "Choose which holder is meant. There may be more than these: type "
                    "more of the name, or a number."
                )
            )
        if found:
            raise forms.ValidationError(gettext("Choose which holder is meant."))
        raise forms.ValidationError(
            gettext("No holder is found; check what you typed, or record the holder.")
        )


class PassForm(OnArm, Confirmed, Holding):
    """To whom an arm passes, when and how."""

    fills: ClassVar = (EventInput,)
    named: ClassVar = {"holder": "taker"}
    giver = fields.mark(
        _("Who gives it"),
        120,
        required=False,
        help_text=_("The number of the holder; nobody is on record as having the arm."),
    )
    holder = fields.mark(
        _("Who receives it"),
        200,
        help_text=_("The number of the holder or of a licence, or part of the name."),
    )
    manner = fields.code(
        Passing, _("In what way"), but=(Passing.FIRST_SEEN,), initial=Passing.SALE
    )
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), required=False)
    document = fields.line(
        _("Document"),
        required=False,
        help_text=_("The contract, permit or certificate that shows it."),
    )
    notes = fields.line(_("Notes"), 500, required=False)
    reason = fields.line(
        _("Reason, if a licence is missing or the arm was recovered"), required=False
    )

    @property
    def key(self) -> str:
        """Give what the look before the act rests on: to whom, how and when."""
        given, meant = self.cleaned_data, self.meant
        number = meant.number if meant else ""
        return f"{number} {Passing(given['manner'])} {given['happened_on']}"


class HappenForm(OnArm, LookedAt):
    """What happened to an arm, when and where."""

    fills: ClassVar = (EventInput,)
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), required=False)
    region = fields.line(_("Region"), required=False)
    number = fields.mark(
        _("Number of the report"),
        required=False,
        help_text=_("Leave it empty, and the system assigns one."),
    )
    document = fields.line(_("Document"), required=False)
    notes = fields.line(_("Notes"), 500, required=False)

    def __init__(self, *args: Any, kind: LifeEventKind, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        self.kind = kind
        del self.fields["document" if kind in LOSSES else "number"]
        if kind is LifeEventKind.FOUND_AGAIN:
            self.fields["document"].help_text = _(
                "The report of the finding, or the receipt of who took it in."
            )
            self.fields["notes"].label = _("Who found it, and where it is now")
        if kind is LifeEventKind.DESTROYED:
            self.fields["document"].required = True


class MarkForm(OnArm):
    """The mark, where it is on the arm, and how it was made."""

    fills: ClassVar = (EventInput, "registry.Mark")
    kind = fields.code(MarkKind, _("Kind of mark"))
    text = fields.mark(_("Mark"), 400, help_text=_("Exactly as it is on the arm."))
    component = fields.code(
        PartType, _("Part that bears it"), initial=PartType.FRAME_OR_RECEIVER
    )
    position = fields.line(_("Where on the part"), required=False)
    method = fields.code(MarkMethod, _("How it was made"), initial=MarkMethod.UNKNOWN)
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), required=False)
    document = fields.line(_("Document"), required=False)
    reason = fields.line(
        _("Reason, if it is marked again or another arm has the number"), required=False
    )


class ExchangeForm(OnArm):
    """Which part comes on an arm, and which comes off."""

    fills: ClassVar = (EventInput, Description)
    part_type = fields.code(PartType, _("Part"), but=(PartType.FRAME_OR_RECEIVER,))
    serial = fields.mark(
        _("Number on the part fitted"),
        required=False,
        help_text=_("As marked; leave empty if no part was fitted."),
    )
    removed = forms.TypedChoiceField(
        label=_("Part removed"), required=False, coerce=int, empty_value=None
    )
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), required=False)
    document = fields.line(_("Document"), required=False)
    notes = fields.line(_("Notes"), 500, required=False)


def _size(label: Any) -> forms.IntegerField:  # noqa: ANN401 - words, read late
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=99_999
    )


class MarksForm(fields.DeskForm):
    """The marks of an arm exactly as they are on it."""

    fills: ClassVar[tuple[type | str, ...]] = (Description,)
    type = fields.line(_("Type"))
    make = fields.line(_("Make"), required=False)
    model = fields.line(_("Model"), required=False)
    calibre = fields.line(_("Calibre"), required=False)
    serial = fields.mark(_("Serial number"), required=False)
    country = fields.line(_("Country of manufacture, as marked"), required=False)
    import_mark = fields.mark(_("Import mark"), required=False)
    other = fields.mark(_("Other marks"), required=False)
    year_of_manufacture = forms.IntegerField(
        label=_("Year of manufacture"), required=False
    )
    action = fields.code(Action, _("Action"), empty=_("not known"), required=False)
    ignition = fields.code(
        Ignition, _("Ignition"), empty=_("not known"), required=False
    )
    bore = fields.code(Bore, _("Bore"), empty=_("not known"), required=False)
    trait = fields.code(Trait, _("Trait"), empty=_("not known"), required=False)
    rounds = _size(_("Rounds without reloading"))
    barrel_mm = _size(_("Barrel in mm"))
    overall_mm = _size(_("Overall length in mm"))
    notes = fields.line(_("Notes"), LONGEST_NOTES, required=False)

    def description(self) -> Description:
        """Give the marks as they were typed."""
        return self.build(Description)

    def offer_makes(self, request: access.Request) -> None:
        """Offer the makes that registered arms bear."""
        fields.suggest(self, "make", queries.makes(viewer=request.viewer))


class CorrectForm(MarksForm):
    """An arm as it is known, with the reason that a correction needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = fields.correction_reason()

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        self.fields["type"].required = False

    def changes(self) -> dict[str, Any]:
        """Give what is to read otherwise."""
        own = {"reason", "version"}
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in own and name in self.changed_data
        }


class ConvertForm(CorrectForm, OnArm):
    """What a conversion changed, on which day, and what shows it."""

    fills: ClassVar = (Description, EventInput)
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), required=False)
    document = fields.line(_("Document"), required=False)
    field_order = ("happened_on", *CONVERTED, "place", "document", "reason")

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        for name in self.fields.keys() - {*self.field_order, "seen"}:
            del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """Give what the conversion changed."""
        found = super().changes()
        return {name: found[name] for name in CONVERTED if name in found}


class RegisterForm(Holding, MarksForm):
    """An arm that comes on the register, and how it came."""

    fills: ClassVar = (Description, EventInput)
    field_order = ("arrival", "happened_on", *MARKS, "other")

    arrival = forms.ChoiceField(
        label=_("How it came"), choices=ARRIVALS, initial=ARRIVALS[0][0]
    )
    happened_on = fields.day(
        _("Day"), help_text=_("When it was made, imported or first seen.")
    )
    number = fields.mark(
        _("Number in the register"),
        required=False,
        help_text=_("Leave it empty, and the system assigns one."),
    )
    holder = fields.mark(
        _("Holder"),
        200,
        required=False,
        help_text=_("The number of the holder or of a licence, or part of the name."),
    )
    at_country = country_words.field(_("Country where it happened"))
    document = fields.line(_("Document"), required=False)
    reason = fields.line(
        _("Reason, if a mark or a licence is missing or another arm has the number"),
        required=False,
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    sent = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, request: access.Request, **given: Any) -> None:  # noqa: ANN401 - Django's own
        first = {
            "happened_on": timezone.localdate(),
            "at_country": settings.HOME_COUNTRY,
            "sent": secrets.token_hex(16),
            **{name: request.GET.get(name, "") for name in MARKS},
        }
        super().__init__(request, initial=first, **given)

    @property
    def key(self) -> str:
        """Give the key of the marks, by which a look at similar arms is known."""
        return content_key(self.description())

    def to_entering(self) -> Entering:
        """Give what the form states."""
        given = self.cleaned_data
        return self.build(
            Entering,
            arm=self.build(ArmInput, description=self.description()),
            arrival=LifeEventKind(given["arrival"]),
            country=given["at_country"],
            sent=given["sent"] or self.key,
        )


class WithdrawForm(LookedAt, fields.ReasonForm):
    """Which record stands for an arm that is on record twice, and why."""

    same_as = fields.RecordNumber(
        "A", label=_("The record that is kept"), help_text=_("Its number, such as A12.")
    )
    field_order = ("same_as", "reason")
