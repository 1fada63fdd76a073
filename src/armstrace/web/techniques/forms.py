"""What a desk says of an operation, of its authority, and of what is done under it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.profiles import TechniqueBasis
from armstrace.vocabulary.techniques import DeliveryMode, OperationOutcome, Technique
from armstrace.web import country_words, fields

NO_NAMES = _("No covert name belongs here.")
OBJECTIVE = ("technique", "mode", "objective")
LEG = ("from_state", "to_state", "place", "handed_by", "received_by", "receiver")
AUTHORITY = ("basis", "authoriser", "states", "begins", "ends", "zone", "reason")


class LocalMoment(forms.DateTimeField):
    """A day and an hour as the local clock shows it; the zone is asked beside."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Django's own
        widget = forms.DateTimeInput(
            {"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"
        )
        super().__init__(widget=widget, **given)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401 - Django's own
        """Read it and put no zone to it."""
        try:
            return datetime.fromisoformat(value).replace(tzinfo=None) if value else None
        except (ValueError, TypeError) as error:
            said = gettext("Write a day and an hour, such as 2026-01-31 14:30.")
            raise forms.ValidationError(said) from error


class ActForm(fields.DeskForm):
    """All that an act may ask; each act keeps its own fields.

    What an action takes is built from them by their names.
    """

    fills: ClassVar = (
        "techniques.Operation",
        "techniques.Authority",
        "techniques.StateConsent",
        "techniques.HandOver",
        "techniques.Evaluation",
    )
    technique = fields.code(Technique, _("Technique"))
    mode = fields.one_of_two(
        fields.code(
            DeliveryMode,
            _("How the goods go on"),
            empty=_("none"),
            required=False,
            help_text=_("Needed for a controlled delivery, and for that alone."),
            empty_value=None,
        )
    )
    objective = fields.line(_("What it is for"), help_text=NO_NAMES)
    basis = forms.ChoiceField(label=_("Legal basis"))
    authoriser = forms.ChoiceField(label=_("Who is asked for the authority"))
    begins = LocalMoment(label=_("From"))
    ends = LocalMoment(label=_("Until"))
    zone = fields.line(_("Time zone of both"), help_text=_("Such as Europe/Lisbon"))
    states = forms.MultipleChoiceField(
        label=_("States where it is to hold"),
        choices=lambda: country_words.choices(settings.HOME_COUNTRY)[1:],
        widget=forms.SelectMultiple({"size": "5"}),
    )
    is_granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("give the authority")), ("no", _("refuse it"))],
        coerce=lambda said: said == "yes",
    )
    order_number = fields.one_of_two(
        fields.line(
            _("Number of the order"),
            required=False,
            help_text=_("Needed where the authority is given."),
        )
    )
    country = country_words.field(pgettext_lazy("country", "State"))
    is_given = forms.TypedChoiceField(
        label=_("What it says"),
        choices=[("yes", _("it consents")), ("no", _("it withdraws its consent"))],
        coerce=lambda said: said == "yes",
    )
    given_by = fields.line(_("Office that says so"))
    person = forms.ChoiceField(label=_("Person"))
    sees_covers = forms.BooleanField(
        label=_("This person may see covert names"), required=False
    )
    name = fields.line(
        _("Covert name"),
        200,
        help_text=_("It is sealed, and shown only to people who may see covert names."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.TypedChoiceField(label=_("Hand-over"), coerce=int)
    from_state = country_words.field(_("From the State"))
    to_state = country_words.field(_("To the State"))
    place = fields.line(_("Place"), required=False, help_text=NO_NAMES)
    handed_by = fields.line(_("Office that hands over"))
    received_by = fields.line(_("Office that receives"))
    receiver = forms.ChoiceField(
        label=_("Recipient who signs"),
        help_text=_("A person named in the operation, at the receiving office"),
        required=False,
    )
    reference = fields.line(_("Number of the letter"))
    outcome = fields.code(OperationOutcome, _("What came of it"))
    learned = fields.lines(_("What others should know"), rows=4, help_text=NO_NAMES)
    training = fields.lines(_("What people should be trained in"), required=False)
    reason = fields.lines(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.fields["zone"].initial = settings.TIME_ZONE
        fields.suggest(self, "zone", sorted(available_timezones()))
        for name in ("country", "from_state", "to_state"):
            self.fields[name].required = True

    def offer_bases(self, bases: Iterable[TechniqueBasis]) -> None:
        """Give the provisions that may be cited, beneath the technique of each."""
        of: dict[str, list[tuple[str, str]]] = {}
        for one in bases:
            name = gettext(one.technique.label)
            of.setdefault(name, []).append((one.code, f"{name}: {one.source}"))
        fields.offer(self, "basis", of.items())
