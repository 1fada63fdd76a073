"""Load UNODC's release; see any country beside the own records."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics import contradictions, release_rows
from armstrace.analysis.statistics.global_study import COUNTED_TYPES
from armstrace.analysis.statistics.indicator import Method, method_named
from armstrace.analysis.statistics.release_checks import TYPES
from armstrace.analysis.statistics.release_places import COLUMNS
from armstrace.indicators import queries
from armstrace.indicators.actions import world as actions
from armstrace.intake.tables import reading
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.web import access, acting, fields
from armstrace.web.figures import world_presenters as shown
from armstrace.web.figures.return_forms import RefusingForm
from armstrace.web.intake import incoming
from armstrace.web.lists import exports

if TYPE_CHECKING:
    from armstrace.indicators.models import PublishedRelease


class ReleaseForm(RefusingForm):
    """The published table."""

    file = fields.file(
        _("UNODC's published table, as workbook or CSV"),
        ".xlsx,.xls,.ods,.csv,.tsv,.txt",
    )


@access.staff_view
def world(request: access.Request) -> HttpResponse:
    """List the releases that were loaded; load another."""
    form = ReleaseForm(acting.sent(request), request.FILES or None)
    if request.method == "POST":
        request.viewer.require("release.load")
    kept = acting.result_of(request, form, lambda: _load(request, form))
    if kept is not None:
        rows = kept.rows_read
        said = ngettext(
            "%(rows)s row of %(name)s saved.", "%(rows)s rows of %(name)s saved.", rows
        )
        messages.success(request, said % {"rows": rows, "name": kept.name})
        return redirect("release", kept.pk)
    context = {
        "may_load": request.viewer.may("release.load"),
        "releases": queries.releases(viewer=request.viewer),
    }
    return acting.show(request, "figures/world.html", form, context)


def _load(request: access.Request, form: ReleaseForm) -> "PublishedRelease":
    token = incoming.keep(request, form.cleaned_data["file"])
    sent = incoming.open_incoming(request, token)
    asked = reading.Request(sent.path, sent.name, known=tuple(COLUMNS))
    with reading.open_table(asked) as table:
        published = release_rows.read_rows(table.from_top())
    return actions.keep_release(
        name=sent.name, content_hash=token, published=published, **request.how
    )


@access.staff_view
def release(request: access.Request, release_id: int) -> HttpResponseBase:
    """Show a release: checks, countries that contradict themselves, shares."""
    page = queries.world_page(release_id, viewer=request.viewer)
    writer = exports.WRITERS.get(request.GET.get("format", ""))
    if writer is not None:
        head = ["iso3", "country", "year", "check", "left", "count", "right", "count"]
        return writer("contradictions", head, _failure_rows(page))
    context = {
        "page": page,
        "countries": [card for card in page.countries if card.failed],
        "types": [gettext(ArmType[each].label) for each in COUNTED_TYPES],
        "seized": sorted(page.seized.items()),
    }
    return render(request, "figures/release.html", context)


@access.staff_who("indicator.view")
def country_of(request: access.Request, release_id: int) -> HttpResponse:
    """Go to the country that was chosen from the list."""
    return redirect("country", release_id, request.GET.get("iso3", "") or "none")


@access.staff_view
def country(request: access.Request, release_id: int, iso3: str) -> HttpResponseBase:
    """Show one country's series beside what is recorded here."""
    page = queries.country_page(release_id, iso3, viewer=request.viewer)
    writer = exports.WRITERS.get(request.GET.get("format", ""))
    if writer is not None:
        head = ["year", "method", "window", "numerator", "denominator", "percent"]
        return writer(f"series-{iso3}", head, _series_rows(page))
    method = method_named(request.GET.get("method", Method.UNODC_ANNUAL.value))
    context = {
        "page": page,
        "types": TYPES,
        "by_type": shown.types(page),
        "chart": shown.chart(page, method),
        "method": method,
        "methods": list(Method),
        "kinds": list(Acquisition),
        "totals": shown.totals(page),
        "figures": shown.figures(page, method),
    }
    return render(request, "figures/country.html", context)


def _failure_rows(page: queries.WorldPage) -> Iterator[list[object]]:
    for card in page.countries:
        for each in card.failed:
            words = contradictions.words_of(each.check)
            place = [card.iso3, card.name, each.year]
            yield [*place, words, *each.left, *each.right]


def _series_rows(page: queries.CountryPage) -> Iterator[list[object]]:
    for method, found in page.series.figures.items():
        for figure in found:
            fraction = figure.numerator, figure.denominator
            value = float(figure.value) if figure.value is not None else None
            yield [figure.year, method.value, figure.window, *fraction, value]
