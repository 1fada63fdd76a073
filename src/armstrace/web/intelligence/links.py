"""Links of any record: the page that shows them, and what is done with one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.intelligence import queries
from armstrace.intelligence.actions import links, sameness
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, fields
from armstrace.web.intelligence import forms, presenters

FORM = "intelligence/form.html"


@access.staff_view
def of_record(request: access.Request, key: str) -> HttpResponse:
    """Show what links a record: what people say, and what records say."""
    found = queries.record_links(key.upper(), viewer=request.viewer)
    context = presenters.links_of(found, viewer=request.viewer)
    return render(request, "intelligence/linked.html", context)


@access.staff_view
def link(request: access.Request, link_id: int) -> HttpResponse:
    """Show one asserted link, and remove it."""
    viewer = request.viewer
    found, nodes = queries.link(link_id, viewer=viewer)
    form = fields.ReasonForm(acting.sent(request))
    if request.method == "POST":
        viewer.require("intelligence.record")
    is_own = viewer.may_for("intelligence.record", found.agency)
    back = reverse("linked", args=[found.start])
    return acting.answer(
        request,
        form,
        lambda: links.remove_link(
            link_id=link_id, reason=form.cleaned_data["reason"], **request.how
        ),
        done=gettext("The link is removed."),
        to=back,
        template="intelligence/link.html",
        link=found,
        start=nodes[found.start],
        end=nodes[found.end],
        may_remove=is_own and found.removed_at is None,
        verb=gettext("Remove the link"),
    )


@access.staff_who("intelligence.record")
def record(request: access.Request) -> HttpResponse:
    """Assert a link; the form is opened from the page of any record."""
    start = request.GET.get("start", "")
    form = forms.LinkForm(acting.sent(request), initial={"start": start})
    forms.for_eyes(form, request.viewer)

    return acting.answer(
        request,
        form,
        lambda: links.assert_link(stated=form.to_input(), **request.how),
        done=gettext("The link is recorded."),
        to=lambda _: _links_of(form.cleaned_data["start"]),
        template=FORM,
        heading=gettext("Record a link"),
        back=_links_of(start),
    )


@access.staff_who("intelligence.judge")
def judge(request: access.Request) -> HttpResponse:
    """Judge whether two records mean the same."""
    viewer = request.viewer
    asked = {name: request.GET.get(name, "").upper() for name in ("first", "second")}
    form = forms.SamenessForm(acting.sent(request), initial=asked)
    forms.for_eyes(form, viewer)

    def act() -> None:
        given = form.cleaned_data
        pair = {name: given[name].strip().upper() for name in ("first", "second")}
        reason = given["reason"]
        near = queries.compare_pair(**pair, viewer=viewer, at=request.at, reason=reason)
        sameness.judge_sameness(
            **pair,
            judgement=given["judgement"],
            handling=given["handling"],
            reason=reason,
            shown=near.score if near else None,
            **request.how,
        )

    if acting.is_done(request, form, act):
        messages.success(request, gettext("The judgement is recorded."))
        return redirect(_links_of(form.cleaned_data["first"]))
    context = {
        "heading": gettext("Same or different"),
        "back": _links_of(asked["first"]),
        "near": queries.compare_pair(**asked, viewer=viewer, at=request.at),
    }
    return acting.show(request, FORM, form, context)


@access.staff_view
def reviews(request: access.Request) -> HttpResponse:
    """List the subjects and links whose day of review has come."""
    viewer, today, first = request.viewer, request.today, PageRequest()
    may_judge = viewer.may("intelligence.judge")
    context = {
        "subjects": queries.subjects_to_review(viewer=viewer, today=today, page=first),
        "links": queries.links_to_review(viewer=viewer, today=today),
        "proposals": queries.proposals(viewer=viewer) if may_judge else [],
        "may_judge": may_judge,
    }
    return render(request, "intelligence/reviews.html", context)


def _links_of(key: str) -> str:
    key = key.strip().upper()
    is_number = key.isascii() and key.isalnum()
    return reverse("linked", args=[key]) if is_number else reverse("intelligence")
