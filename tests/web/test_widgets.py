"""What draws fields without a template draws what the templates of Django draw."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from hypothesis import given
from hypothesis import strategies as some

from armstrace.web.widgets import FieldRenderer, LongSelect

OWN, DJANGO = FieldRenderer(), DjangoTemplates()
CHOICES = [("", "any"), ("a&b", "A <b>"), ("More", [("c", "C"), (1, "one")])]
WIDGETS = (
    forms.TextInput({"class": "mark", "dir": "auto"}),
    forms.DateInput(),
    forms.NumberInput({"min": 1, "step": 0.5}),
    forms.CheckboxInput(),
    forms.HiddenInput(),
    forms.FileInput({"accept": "image/*"}),
    forms.PasswordInput(),
    forms.Textarea({"rows": 3}),
    forms.Select({"aria-invalid": "true"}, CHOICES),
    forms.SelectMultiple(choices=CHOICES),
)


def parts(html):
    """Give what a browser reads: the order of attributes and spaces tell nothing."""
    tags = re.findall(r"<[^>]+>|[^<]+", html)
    return [sorted(each.strip("<>").split()) for each in tags if each.strip()]


@pytest.mark.parametrize("value", [None, "", "c", "a&b", 1])
def test_a_choice_among_many_is_drawn_as_any_other(value):
    choices = [("", "any"), ("a&b", "A <b>"), ("c", "C"), ("1", "one")]
    attrs, flags = {"class": "form-select"}, {"required": True, "id": "id_what"}

    own = LongSelect(attrs, choices).render("what", value, flags)

    plain = forms.Select(attrs, choices).render("what", value, flags, DJANGO)
    assert parts(own) == parts(plain)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda each: type(each).__name__)
@given(
    value=some.none() | some.text(max_size=12) | some.sampled_from(["a&b", "c", "1"]),
    flags=some.dictionaries(
        some.sampled_from(["required", "disabled", "data-x"]),
        some.booleans() | some.text(some.characters(exclude_categories=["Z", "C"])),
    ),
)
def test_a_field_is_drawn_as_by_its_template(widget, value, flags):
    given_value = [value] if isinstance(widget, forms.SelectMultiple) else value

    own, template = (
        widget.render("what", given_value, flags, renderer)
        for renderer in (OWN, DJANGO)
    )

    assert parts(own) == parts(template)
