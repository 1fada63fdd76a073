"""Subjects: the list, one of them, and what is recorded of it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.intelligence import queries
from armstrace.intelligence.actions import subjects
from armstrace.vocabulary.networks import NodeKind
from armstrace.web import access, acting, fields, listing
from armstrace.web.intelligence import forms, presenters

FORM = "intelligence/form.html"


@access.staff_view
def subject_list(request: access.Request) -> HttpResponseBase:
    """List subjects."""
    return listing.show(
        request,
        "intelligence/list.html",
        queries.subject_rows,
        forms.SubjectFilters(request.GET or None),
        may_record=request.viewer.may("intelligence.record"),
    )


@access.staff_view
def subject(request: access.Request, subject_id: int) -> HttpResponse:
    """Show one subject, what is known of it and its links."""
    viewer = request.viewer
    page = queries.subject_page(subject_id, viewer=viewer, at=request.at)
    links = queries.record_links(page.subject.reference, viewer=viewer)
    is_own = viewer.may_for("intelligence.record", page.subject.agency)
    context = presenters.links_of(links, viewer=viewer) | {
        "page": page,
        "candidates": queries.candidates(subject_id, viewer=viewer),
        "units": queries.other_units(subject_id, viewer=viewer),
        "history": presenters.history(page),
        "may_correct": is_own and not page.subject.is_withdrawn,
    }
    return render(request, "intelligence/page.html", context)


@access.staff_who("intelligence.record")
def record(request: access.Request) -> HttpResponse:
    """Record a subject."""
    form = forms.for_eyes(forms.SubjectForm(acting.sent(request)), request.viewer)
    return acting.answer(
        request,
        form,
        lambda: subjects.record_subject(stated=form.to_input(), **request.how),
        done=gettext("The subject is recorded."),
        to=lambda made: reverse("subject", args=[made.pk]),
        template=FORM,
        heading=gettext("Record a subject"),
        back=reverse("intelligence"),
    )


@access.staff_who("intelligence.record")
def correct(request: access.Request, subject_id: int) -> HttpResponse:
    """Correct what is known of a subject."""
    page = queries.subject_page(subject_id, **request.asking)
    typed = presenters.as_typed(page)
    form = forms.CorrectSubjectForm(acting.sent(request), initial=typed)
    forms.for_eyes(form, request.viewer)

    own = reverse("subject", args=[subject_id])
    return acting.answer(
        request,
        form,
        lambda: subjects.correct_subject(
            subject_id=subject_id,
            stated=form.to_input(kind=NodeKind(page.subject.kind)),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["version"],
            **request.how,
        ),
        done=gettext("The subject is corrected."),
        to=own,
        template=FORM,
        heading=gettext("Correct %(record)s") % {"record": page.subject.reference},
    )


@access.staff_who("intelligence.record")
def withdraw(request: access.Request, subject_id: int) -> HttpResponse:
    """Take a subject out of use."""
    page = queries.subject_page(subject_id, **request.asking)
    form = fields.ReasonForm(acting.sent(request))

    own = reverse("subject", args=[subject_id])
    return acting.answer(
        request,
        form,
        lambda: subjects.withdraw_subject(
            subject_id=subject_id, reason=form.cleaned_data["reason"], **request.how
        ),
        done=gettext("The subject is withdrawn."),
        to=own,
        template=FORM,
        heading=gettext("Withdraw %(record)s") % {"record": page.subject.reference},
    )
