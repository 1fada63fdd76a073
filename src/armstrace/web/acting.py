"""A form that does an act: a refusal is said beside it, what was typed stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput, NotFound, RuleBroken
from armstrace.vocabulary.rules import UNSEEN
from armstrace.web import access, fields

if TYPE_CHECKING:
    from django.http import QueryDict

# Hidden fields that say which state of the record the person looked at.
SEEN = ("seen", "version")
SAVED = _("Saved.")


@dataclass(frozen=True, slots=True)
class ActPage:
    """What the page of one act asks."""

    # Of its button.
    verb: str | Promise
    # Names of the fields of its form.
    asks: tuple[str, ...] = ()
    # One sentence above the form.
    intro: str | Promise = ""


def of_address[T](table: Mapping[Any, T], slug: str) -> T:
    """Give what a part of an address names; there is no other page."""
    if slug not in table:
        raise Http404
    return table[slug]


def code_of[C: Code](codes: type[C], slug: str) -> C:
    """Give the code that a part of an address names in small letters."""
    return of_address({each.value.lower(): each for each in codes}, slug.lower())


def sent(request: access.Request) -> "QueryDict | None":
    """Give what was sent with a form, None where the form is only asked for.

    ``request.POST or None`` would take a form that is sent empty for one that was
    not sent, and show no error.
    """
    return request.POST if request.method == "POST" else None


def is_done(
    request: access.Request, form: fields.DeskForm, act: Callable[[], object]
) -> bool:
    """Do what a form asks for; where it is refused, the form says why.

    Args:
        request: The request; one that does not send the form does nothing.
        form: The form, on which the refusal is written.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except (RuleBroken, InvalidInput, NotFound) as error:
        form.refuse(error)
        if isinstance(error, RuleBroken):
            form.refused_by, form.rests_on = error.rule, str(error.source or "")
            form.is_overtaken = error.source == UNSEEN
            access.write_down(request, error)
        if form.is_overtaken:
            seen = {name: form.initial[name] for name in SEEN if name in form.initial}
            refill(form, **seen)
        return False
    return True


def result_of[Result](
    request: access.Request, form: fields.DeskForm, act: Callable[[], Result]
) -> Result | None:
    """Do what a form asks for; give what came of it, None where nothing was done.

    Args:
        request: The request; one that does not send the form does nothing.
        form: The form, on which the refusal is written.
    """
    made: list[Result] = []
    is_done(request, form, lambda: made.append(act()))
    return made[0] if made else None


def answer[Result](
    request: access.Request,
    form: fields.DeskForm,
    act: Callable[[], Result],
    *,
    to: str | Callable[[Result], str],
    done: object | Callable[[Result], object] = SAVED,
    template: str,
    **context: object,
) -> HttpResponse:
    """Do what a form asks for and go on; show it where it is asked for or refused.

    Args:
        form: The form; its first values say which state of a record stands now.
        act: What is done with the fields that were read.
        to: Address to which it leads then, or what gives it from what was made; to an
            address the page leads back too.
        done: What is said then, or what gives it from what was made.
    """
    if isinstance(to, str):
        context.setdefault("back", to)
    made: list[Result] = []
    if not is_done(request, form, lambda: made.append(act())):
        return show(request, template, form, context)
    said = done(made[0]) if callable(done) else done
    messages.success(request, str(said))
    return redirect(to if isinstance(to, str) else to(made[0]))


def status_of(form: forms.Form) -> int:
    """Give the status of the page that shows a form again."""
    if getattr(form, "refused_by", ""):
        return 409
    return 422 if form.is_bound and form.errors else 200


def show(
    request: access.Request,
    template: str,
    form: forms.Form,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show the page of a form, with the status of what the form says."""
    shown = {"form": form, **(context or {})}
    return render(request, template, shown, status=status_of(form))


def refill(form: forms.Form, **values: object) -> None:
    """Let a form that is shown again send other hidden values than it was sent."""
    data = cast("QueryDict", form.data).copy()
    for name, value in values.items():
        data[name] = str(value)
    form.data = data
