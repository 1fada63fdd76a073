"""Forms: one look, a field in one line, and what a form states for an action."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import get_original_bases
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_args

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.records import lengths
from armstrace.translation import translate
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.field_words import words_of
from armstrace.web import widgets

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.functional import _StrOrPromise

ANY = ("", _("any"))
LEAST = _("Write %(limit_value)s or more.")
MOST = _("Write %(limit_value)s or less.")
SELECTS = (forms.Select, forms.SelectMultiple)
PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under a heading."""

    name: object
    fields: tuple[forms.BoundField, ...]

    @property
    def is_wrong(self) -> bool:
        """Tell whether one of them was refused."""
        return any(field.errors for field in self.fields)


class DeskForm(forms.Form):
    """A form whose fields carry the classes of the style sheet."""

    required_css_class = "is-required"
    # Fields that are called otherwise by what an action or a query takes.
    named: ClassVar[Mapping[str, str]] = {}
    # Inputs or tables that its texts fill, the nearest first: how long they may be.
    fills: ClassVar[tuple[type | str, ...]] = ()
    # Headings, each with the fields under it; none for a short form.
    GROUPS: ClassVar[tuple[tuple[object, tuple[str, ...]], ...]] = ()
    # The rule by which what was sent was refused, and its provision; empty for none.
    refused_by = rests_on = ""
    # Whether that was because a colleague was quicker.
    is_overtaken = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.put(name, field)

    def put(self, name: str, field: forms.Field) -> None:
        """Add a field that the form has by what it is about."""
        if isinstance(field, forms.CharField) and field.max_length is None:
            _limit(field, self.longest(name))
        _dress(field.widget)
        field.error_messages.setdefault("min_value", LEAST)
        field.error_messages.setdefault("max_value", MOST)
        self.fields[name] = field

    @classmethod
    def longest(cls, name: str) -> int | None:
        """Give how long a text may be, by what it fills; None where nothing says it."""
        return lengths.longest(cls.fills, cls.named.get(name, name))

    @property
    def groups(self) -> Iterator[Group]:
        """Give the fields under their headings, and those under none at the end."""
        headed = {one for _, members in self.GROUPS for one in members}
        others = tuple(one for one in self.fields if one not in headed)
        for name, members in (*self.GROUPS, ("", others)):
            shown = (self[one] for one in members if one in self.fields)
            if found := tuple(one for one in shown if not one.is_hidden):
                yield Group(name, found)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any field narrows a list."""
        names = (field.name for field in self.visible_fields())
        return self.is_bound and any(self.data.get(name) for name in names)

    def only(self, *names: str) -> Self:
        """Keep these fields."""
        for name in set(self.fields) - set(names):
            del self.fields[name]
        return self

    def refuse(self, error: ArmstraceError) -> None:
        """Put a refusal beside the field that it concerns, or above the form."""
        field = getattr(error, "field", "")
        self.add_error(field if field in self.fields else None, translate(error))

    def build[T](self, source: type[T], **more: object) -> T:
        """Make what an action or a query takes of the fields of the same names.

        Args:
            source: Its dataclass; of a field that was left empty it has the default.
            more: What stands otherwise in the form, or not at all.
        """
        asked = {each.name: each for each in dataclasses.fields(source)}  # type: ignore[arg-type]
        said = {}
        for field, value in getattr(self, "cleaned_data", {}).items():
            name = self.named.get(field, field)
            is_said = value not in (None, "", [])
            if name in asked and (is_said or _has_no_default(asked[name])):
                said[name] = tuple(value) if isinstance(value, list) else value
        return source(**said | more)


class FilterForm[T](DeskForm):
    """What narrows a list, as the filter that it makes has it."""

    named: ClassVar = {"q": "text"}
    narrows: type[T]

    def __init_subclass__(cls) -> None:
        (cls.narrows,) = get_args(get_original_bases(cls)[0])

    def to_filter(self, **more: object) -> T:
        """Give the filter; a field that cannot be read narrows nothing.

        Args:
            more: What stands otherwise in the form, or not at all.
        """
        self.full_clean()
        return self.build(self.narrows, **more)


def one_of_two[F: forms.Field](field: F) -> F:
    """Mark a field that may be empty only where another one says the same."""
    return without_optional_mark(field)


def without_optional_mark[F: forms.Field](field: F) -> F:
    """Mark a field that may be left empty, but is not called optional."""
    field.is_asked_for = True  # type: ignore[attr-defined]
    return field


class ReasonForm(DeskForm):
    """Why an act is done."""

    reason = forms.CharField(label=_("Reason"))


class RecordNumber(forms.RegexField):
    """The number of a record, such as R12 or 12; what is read is its key."""

    def __init__(self, letter: str, **given: Any) -> None:  # noqa: ANN401 - Django's own
        self.letter = letter
        pattern = rf"^\s*(?i:{letter})?[1-9][0-9]{{0,17}}\s*\Z"
        said = {"invalid": _("Write the number of one record and nothing else.")}
        given.setdefault("error_messages", said)
        super().__init__(pattern, widget=marks_input(), **given)

    def clean(self, value: Any) -> int | None:  # noqa: ANN401 - Django's own
        """Give the key; None where it may be left empty and is."""
        digits = super().clean(value).strip().lstrip(self.letter + self.letter.lower())
        return int(digits) if digits else None


class Several(forms.SelectMultiple):
    """A list of which several are chosen; to choose none is to say none.

    A browser sends nothing of a list in which nothing is chosen. An empty value
    goes with it, so that a list that was not offered is told from an empty one.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401 - Django's own
        """Give what was chosen."""
        return [each for each in super().value_from_datadict(data, files, name) if each]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ANN401 - Django's own
        """Tell whether the list was not offered at all."""
        del files
        return name not in data

    def render(self, name: str, *args: Any, **kwargs: Any) -> SafeString:  # noqa: ANN401 - Django's own
        """Draw the list and the value that always goes with it."""
        sent = format_html('<input type="hidden" name="{}" value="">', name)
        return sent + super().render(name, *args, **kwargs)


def _has_no_default(field: Any) -> bool:  # noqa: ANN401 - a field of any type
    nothing = dataclasses.MISSING
    return field.default is nothing and field.default_factory is nothing


def _limit(field: forms.CharField, longest: int | None) -> None:
    if longest is not None:
        field.max_length = longest
        field.validators.append(MaxLengthValidator(longest))
        field.widget.attrs.update(field.widget_attrs(field.widget))


def _dress(widget: forms.Widget) -> None:
    if isinstance(widget, PLAIN):
        return
    dressed = "form-select" if isinstance(widget, SELECTS) else "form-control"
    given = widget.attrs.get("class", "")
    widget.attrs["class"] = f"{dressed} {given}".strip()
    if not isinstance(widget, SELECTS):
        widget.attrs.setdefault("dir", "auto")


def _label_of(name: str) -> str:
    return capfirst(translate(words_of(name)))


# The label of a field: what it is called in sentences, in the reader's language.
called = lazy(_label_of, str)


def correction_reason() -> forms.CharField:
    """Make the field of the reason that a correction needs."""
    hint = _("The history shows it next to the earlier version.")
    return line(_("Reason"), help_text=hint)


def codes(listed: Iterable[Code], *, empty: object = None) -> list[tuple[str, object]]:
    """Give the choices of a closed list, or of some codes, in the reader's language.

    Args:
        empty: Words of an empty first choice, none where None.
    """
    first: list[tuple[str, object]] = [] if empty is None else [("", empty)]
    return first + [(c.value, gettext_lazy(c.label)) for c in listed]


def code(
    listed: Iterable[Code],
    label: "_StrOrPromise",
    *,
    but: Collection[Code] = (),
    empty: object = None,
    **given: Any,  # noqa: ANN401 - Django's own
) -> forms.TypedChoiceField:
    """Make the field of one code; what is read is the code.

    Args:
        listed: A closed list, or some of its codes.
        but: Codes that are not offered.
        empty: Words of an empty first choice, none where None.
    """
    offered = [each for each in listed if each not in but]
    return forms.TypedChoiceField(
        label=label,
        choices=codes(offered, empty=empty),
        coerce=type(offered[0]),
        **given,
    )


def any_of(
    listed: Iterable[Code], label: "_StrOrPromise", *, but: Collection[Code] = ()
) -> forms.TypedChoiceField:
    """Make the field that narrows a list to one code.

    Args:
        listed: A closed list, or some of its codes.
        but: Codes that are not offered.
    """
    return code(listed, label, but=but, empty=ANY[1], required=False)


def line(
    label: "_StrOrPromise",
    most: int | None = None,
    **given: Any,  # noqa: ANN401 - Django's own
) -> forms.CharField:
    """Make a field for one line of text."""
    return forms.CharField(label=label, max_length=most, **given)


def mark(
    label: "_StrOrPromise",
    most: int | None = None,
    *,
    required: bool = True,
    help_text: "_StrOrPromise" = "",
    **attributes: str,
) -> forms.CharField:
    """Make a field for marks and numbers of records, as ``marks_input`` has them."""
    box = marks_input(**attributes)
    return line(label, most, required=required, help_text=help_text, widget=box)


def lines(
    label: "_StrOrPromise",
    *,
    rows: int = 2,
    most: int | None = None,
    **given: Any,  # noqa: ANN401 - Django's own
) -> forms.CharField:
    """Make a field for some lines of text.

    Args:
        rows: Lines that are seen at once.
    """
    return line(label, most, widget=forms.Textarea({"rows": rows}), **given)


def file(
    label: "_StrOrPromise",
    accept: str,
    *,
    most: int = 0,
    **given: Any,  # noqa: ANN401 - Django's own
) -> forms.FileField:
    """Make a field for a file.

    Args:
        accept: Endings or kinds of files that the browser offers.
        most: Bytes that are read; a larger file is refused, never cut. 0: any number.
    """
    box = forms.FileInput({"accept": accept})

    def is_whole(sent: "UploadedFile[bytes]") -> None:
        if most and (sent.size or 0) > most:
            raise forms.ValidationError(
                gettext("The file is larger than this page reads; check the file.")
            )

    return forms.FileField(label=label, widget=box, validators=[is_whole], **given)


def day(
    label: "_StrOrPromise", *, required: bool = True, help_text: "_StrOrPromise" = ""
) -> forms.DateField:
    """Make the field of a day, which browsers draw as a calendar."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=day_input()
    )


def same_words(values: Iterable[object]) -> list[tuple[str, str]]:
    """Give choices that read as they are stored, with "any" before them."""
    return [("", gettext("any")), *((str(value), str(value)) for value in values)]


def offer(
    form: forms.Form, name: str, choices: Iterable[tuple[object, object]]
) -> None:
    """Give a field of a form its choices, where the form has it."""
    field = form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def people(named: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give people as choices: by full name, where one is known."""
    return [(name, full or name) for name, full in named.items()]


def chosen_of(form: forms.Form, name: str, values: Iterable[str]) -> None:
    """Let a text field be chosen from values; what was asked for stays choosable."""
    offered = list(values)
    given = str(form.data.get(name, "")) if form.is_bound else ""
    if given and given not in offered:
        offered.append(given)
    select = forms.Select(choices=same_words(offered))
    _dress(select)
    form.fields[name].widget = select


def suggest(form: forms.Form, name: str, values: Iterable[str]) -> None:
    """Offer values beside a text field in which anything may be typed."""
    known = f"{name}-known"
    form.fields[name].datalist = widgets.datalist(known, values)  # type: ignore[attr-defined]
    form.fields[name].widget.attrs["list"] = known


def marks_input(**attributes: str) -> forms.TextInput:
    """Give a text box for marks: monospaced, nothing corrected."""
    return forms.TextInput(
        {"class": "mark-field", "spellcheck": "false", "autocomplete": "off"}
        | attributes
    )


def day_input() -> forms.DateInput:
    """Give a date box that browsers draw as a calendar."""
    return forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d")
