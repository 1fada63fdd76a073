"""Subjects and the links between records: the lists and the pages."""

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.intelligence import queries
from armstrace.web import access
from armstrace.web.intelligence import forms
from armstrace.web.lists import pagination


@access.staff_view
def subjects(request: access.Request) -> HttpResponse:
    """List subjects."""
    filters = forms.SubjectFilters(request.GET or None)
    page = queries.subject_rows(
        filters.to_filter(),
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    context = {
        "rows": page.rows,
        "filters": filters,
        "paging": pagination.paging(request, page),
        "may_record": request.viewer.may("intelligence.record"),
    }
    return render(request, "intelligence/list.html", context)


@access.staff_view
def subject(request: access.Request, subject_id: int) -> HttpResponse:
    """Show one subject, what is known of it and its links."""
    page = queries.subject_page(subject_id, viewer=request.viewer, at=request.at)
    links = queries.asserted_links({page.subject.reference}, viewer=request.viewer)
    context = {"page": page, "links": links}
    return render(request, "intelligence/page.html", context)


@access.staff_view
def link(request: access.Request, link_id: int) -> HttpResponse:
    """Show one asserted link."""
    found = queries.link(link_id, viewer=request.viewer)
    return render(request, "intelligence/link.html", {"link": found})
