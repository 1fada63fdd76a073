"""A saved profile as a form: columns, what holds for every row, words of values."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import FIELDS, Field, by_name
from armstrace.intake.profiles.editing import Edit
from armstrace.intake.profiles.schema import Profile
from armstrace.translation import translate
from armstrace.vocabulary.field_words import words_of
from armstrace.web import fields
from armstrace.web.intake.forms import (
    LEFT_OUT,
    ProfileForm,
    chosen_from,
    constant,
    meanings,
)

# Lines for columns and words that the profile does not have yet.
NEW = 3


class ProfileEditForm(fields.DeskForm):
    """What a profile says, to be changed without knowing how it is written."""

    fills: ClassVar = ProfileForm.fills
    name = ProfileForm.base_fields["name"]
    source = ProfileForm.base_fields["source"]
    agency = ProfileForm.base_fields["agency"]
    country = ProfileForm.base_fields["country"]
    date_order = ProfileForm.base_fields["date_order"]
    two_digit_years = ProfileForm.base_fields["two_digit_years"]
    reason = fields.line(_("Why it is changed"))

    def __init__(self, profile: Profile, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.known = by_name(profile.kind)
        for name in ("name", "source", "agency", "country"):
            self.fields[name].initial = getattr(profile, name)
        self.fields["date_order"].initial = DateOrder(profile.date_order).value
        self.fields["two_digit_years"].initial = profile.two_digit_years or None
        self._add_columns()
        self._add_constants()
        self._add_words(profile.told.get("values", {}))

    def _add_columns(self) -> None:
        choices = meanings(self.profile.kind)
        self.headings = [
            *(
                (h, names[0])
                for h, names in self.profile.columns.items()
                if names[1:] == ()
            ),
            *((heading, LEFT_OUT) for heading in self.profile.ignored),
        ]
        for at, (heading, field) in enumerate(self.headings):
            self.put(f"column-{at}", chosen_from(choices, heading, field))
        for at in range(NEW):
            self.put(f"heading-{at}", _text(_("Another column of the file")))
            self.put(f"field-{at}", chosen_from(choices, _("Becomes"), ""))

    def _add_constants(self) -> None:
        columns = {name for names in self.profile.columns.values() for name in names}
        given = {*columns, *self.profile.joined}
        self.constants = [
            each
            for each in FIELDS[self.profile.kind]
            if each.name in self.profile.constants
            or (each.is_required and each.name not in given)
        ]
        for each in self.constants:
            said = self.profile.constants.get(each.name)
            self.put(
                f"constant-{each.name}", constant(each, said.value if said else "")
            )

    def _add_words(self, values: dict[str, dict[str, str]]) -> None:
        columns = [name for names in self.profile.columns.values() for name in names]
        named = dict.fromkeys([*values, *columns])
        self.coded: list[tuple[Field, list[str]]] = []
        for each in (self.known[name] for name in named if name in self.known):
            if each.codes is None:
                continue
            words = list(values.get(each.name, {}))
            self.coded.append((each, words))
            choices = fields.codes(each.codes, empty=_("not read: its rows wait"))
            for at, word in enumerate(words):
                initial = values[each.name][word]
                self.put(f"word-{each.name}-{at}", chosen_from(choices, word, initial))
            for at in range(NEW):
                box = chosen_from(choices, _("Stands for"), "")
                self.put(f"new-{each.name}-{at}", _text(_("In the file")))
                self.put(f"code-{each.name}-{at}", box)

    def column_boxes(self) -> list[Any]:
        """Give the boxes of the columns that the profile names."""
        return [self[f"column-{at}"] for at in range(len(self.headings))]

    def new_column_boxes(self) -> list[tuple[Any, Any]]:
        """Give the boxes of further columns."""
        return [(self[f"heading-{at}"], self[f"field-{at}"]) for at in range(NEW)]

    def constant_boxes(self) -> list[Any]:
        """Give the boxes of what holds for every row."""
        return [self[f"constant-{each.name}"] for each in self.constants]

    def word_boxes(self) -> list[tuple[str, list[Any], list[tuple[Any, Any]]]]:
        """Give each coded field with its words and lines for further ones."""
        return [
            (
                translate(words_of(each.name)),
                [self[f"word-{each.name}-{at}"] for at in range(len(words))],
                [
                    (self[f"new-{each.name}-{at}"], self[f"code-{each.name}-{at}"])
                    for at in range(NEW)
                ],
            )
            for each, words in self.coded
        ]

    def edit(self) -> Edit:
        """Give what the person chose."""
        given = self.cleaned_data
        chosen = {
            heading: given[f"column-{at}"]
            for at, (heading, _field) in enumerate(self.headings)
        } | self._pairs("heading", "field")
        return Edit(
            name=given["name"],
            source=given["source"],
            settings={n: given[n] for n in ("agency", "date_order")}
            | {
                "country": given["country"].upper(),
                "two_digit_years": given["two_digit_years"] or 0,
            },
            columns={h: name for h, name in chosen.items() if name != LEFT_OUT},
            left_out=tuple(h for h, name in chosen.items() if name == LEFT_OUT),
            constants={e.name: given[f"constant-{e.name}"] for e in self.constants},
            values={each.name: self._words(each, words) for each, words in self.coded},
            reason=given["reason"],
        )

    def _words(self, each: Field, words: list[str]) -> dict[str, str]:
        known = {
            word: self.cleaned_data[f"word-{each.name}-{at}"]
            for at, word in enumerate(words)
        }
        return known | self._pairs(f"new-{each.name}", f"code-{each.name}")

    def _pairs(self, key: str, value: str) -> dict[str, str]:
        given = self.cleaned_data
        pairs = ((given[f"{key}-{at}"], given[f"{value}-{at}"]) for at in range(NEW))
        return {text.strip(): chosen for text, chosen in pairs if text.strip()}


def _text(label: Any) -> forms.CharField:  # noqa: ANN401 - a lazy string
    return fields.line(label, 200, required=False)
