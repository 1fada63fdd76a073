"""How long a text may be is said by what it fills, not once more by the form."""

import importlib
import pkgutil

import pytest
from django import forms

import armstrace.web
from armstrace.web.fields import DeskForm

pytestmark = pytest.mark.pure

for module in pkgutil.walk_packages(armstrace.web.__path__, "armstrace.web."):
    importlib.import_module(module.name)
# Passphrases, of which a hash is kept, and what is read as a list or kept whole.
WITHOUT = {"PassphraseForm", "SignInForm", "ProfileTextForm", "ProfileForm"}
WHOLE = {"text", "numbers", "told", "notes", "other_names", "country", "arm"}


def forms_below(form):
    for each in form.__subclasses__():
        yield each
        yield from forms_below(each)


OURS = {
    each for each in forms_below(DeskForm) if each.__module__.startswith("armstrace.")
}
FORMS = sorted(OURS, key=lambda each: each.__qualname__)
ENTERED = [
    each
    for each in FORMS
    if not each.__name__.endswith("Filters") and each.__name__ not in WITHOUT
]


def texts_of(form):
    for name, field in form.base_fields.items():
        if type(field) is forms.CharField:
            yield name, field


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__qualname__)
def test_a_form_does_not_say_a_length_that_is_declared_where_it_goes(form):
    again = {
        name: (field.max_length, form.longest(name))
        for name, field in texts_of(form)
        if field.max_length is not None and (form.longest(name) or 0) > 0
        if field.max_length >= (form.longest(name) or 0)
    }

    assert again == {}


@pytest.mark.parametrize("form", ENTERED, ids=lambda form: form.__qualname__)
def test_every_text_that_is_entered_has_a_length(form):
    without = [
        name
        for name, field in texts_of(form)
        if field.max_length is None and form.longest(name) is None
        if not isinstance(field.widget, forms.HiddenInput) and name not in WHOLE
    ]

    assert without == []


def test_a_text_that_is_too_long_is_refused_with_its_limit():
    class StoreForm(DeskForm):
        fills = ("custody.Store",)
        name = forms.CharField()

    form = StoreForm({"name": "x" * 121})

    assert "120" in str(form.errors["name"])
    assert 'maxlength="120"' in str(form["name"])
    assert StoreForm({"name": "x" * 120}).is_valid()
