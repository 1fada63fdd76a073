"""Published statistics, for everyone: no sign-in, no session, no record."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from armstrace.certificates import published as certificates
from armstrace.collection import published
from armstrace.indicators import queries
from armstrace.public import limits, presenters
from armstrace.translation import translate
from armstrace.vocabulary.errors import NotFound

# Browsers ask each time, so that an edition is seen and a withdrawn one is gone at
# once; caches between them and the server take the load off it for a minute.
KEPT_FOR = "public, max-age=0, s-maxage=60"
LONGEST_CODE = 1000


def everyone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be read by everyone; what is not published is not found."""

    @wraps(view)
    def open_page(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotFound as missing:
            context = {
                "sentence": translate(missing),
                "publisher": presenters.publisher(),
            }
            response = render(request, "public/not_found.html", context, status=404)
        response.headers.setdefault("Cache-Control", KEPT_FOR)
        return response

    return require_safe(open_page)


@everyone
def years(request: HttpRequest) -> HttpResponse:
    """List the years that are published, with the indicator of each."""
    published = queries.series_published()
    context = {
        "series": presenters.series(published),
        "methods": presenters.methods(published),
        "publisher": presenters.publisher(),
    }
    return render(request, "public/years.html", context)


@everyone
def campaigns(request: HttpRequest) -> HttpResponse:
    """Show what was handed in, by campaign, where its agency publishes it."""
    context = {
        "campaigns": published.campaigns(),
        "publisher": presenters.publisher(),
    }
    return render(request, "public/campaigns.html", context)


@everyone
def receipt(request: HttpRequest) -> HttpResponse:
    """Say whether a receipt of a campaign is genuine, by the number on it."""
    number = request.GET.get("number", "").strip()
    if number and (refused := limits.refuse_more(request)):
        return refused
    context: dict[str, object] = {"number": number}
    context["publisher"] = presenters.publisher()
    try:
        context["hand_in"] = published.receipt(number) if number else None
    except NotFound as missing:
        context["refusal"] = translate(missing)
    status = 404 if "refusal" in context else 200
    response = render(request, "public/receipt.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest) -> HttpResponse:
    """Say whether a certificate is valid, by the text of its code.

    The code holds a name, so it is sent and not written into the address, which
    servers log. Nothing is changed, and nobody is signed in, so no token is asked.
    """
    code = request.POST.get("code", "").strip()
    if code and (refused := limits.refuse_more(request)):
        return refused
    shown = code[:LONGEST_CODE]
    answer, kind, detail = (
        certificates.answer(shown, timezone.now()) if code else (None, "", "")
    )
    context = {
        "code": shown,
        "answer": answer,
        "kind": kind,
        "detail": detail,
        "publisher": presenters.publisher(),
    }
    response = render(request, "public/certificate.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@everyone
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the published tables of a year."""
    page = queries.year_published(year)
    context = {
        "page": page,
        "indicator": presenters.indicator(page.content),
        "tables": presenters.tables(page.content),
        "summary": presenters.summary(page.content),
        "publisher": presenters.publisher(),
        "years": queries.years_published(),
    }
    return render(request, "public/year.html", context)


@everyone
def series(request: HttpRequest) -> HttpResponse:
    """Hand out the indicator of every published year, as JSON."""
    del request
    years = [_as_data(each, tables=False) for each in queries.series_published()]
    return JsonResponse({"licence": settings.LICENCE, "years": years})


@everyone
def year_json(request: HttpRequest, year: int) -> HttpResponse:
    """Hand out the published tables of a year, as JSON."""
    del request
    data = _as_data(queries.year_published(year), tables=True)
    return JsonResponse({"licence": settings.LICENCE, **data})


def _as_data(page: queries.PublishedYear, *, tables: bool) -> dict[str, object]:
    shown = {
        "year": page.year,
        "edition": page.edition,
        "published_at": page.published_at.isoformat(),
        "content_hash": page.content_hash,
        "indicator": presenters.indicator(page.content),
    }
    return {**shown, "tables": page.content["tables"]} if tables else shown


@everyone
def file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Hand out a published file, byte for byte."""
    found = queries.file_published(year, name)
    response = HttpResponse(found.content, content_type=found.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["ETag"] = f'"{found.sha256}"'
    return response
