"""The pages of the figures, as tabs, and their sentences."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics import contradictions
from armstrace.translation import translate
from armstrace.vocabulary import tracing
from armstrace.web import cell_names, country_words
from armstrace.web.templatetags.formatting import THIN

STOPS = {
    "NO_MARK": _("no unique mark"),
    "TAMPERED": _("mark erased or altered"),
    "MARK_UNKNOWN": _("not known whether marked"),
    "NOT_BEGUN": _("no trace opened"),
    "OPEN": _("trace open"),
}

register = template.Library()
register.filter("said", translate)
register.filter("country_words", country_words.country)
register.filter("cell_words", cell_names.cell_words)
register.filter("column_words", cell_names.column_words)
register.filter("in_words", cell_names.in_words)
register.filter("check_words", contradictions.words_of)
register.filter("row_words", cell_names.row_words)
register.filter("why_words", cell_names.why_words)


@register.inclusion_tag("figures/areas.html")
def areas(here: str) -> dict[str, object]:
    """Show the pages of the figures, the present one marked."""
    named = (
        ("figures", gettext("Indicator")),
        ("returns", gettext("Annual return")),
        ("look", gettext("Pictures")),
        ("world", gettext("Other States")),
        ("publications", gettext("Publications")),
    )
    return {
        "here": here,
        "figure_areas": [(name, words, reverse(name)) for name, words in named],
    }


@register.filter
def gap_words(gap: int) -> str:
    """Write how far two sides lie apart, with its sign."""
    return f"{gap:+,d}".replace("-", "\u2212").replace(",", THIN)


@register.filter
def stop_words(reason: str) -> str:
    if reason in STOPS:
        return str(STOPS[reason])
    for vocabulary in (tracing.TraceOutcome, tracing.TraceException):
        if reason in vocabulary.__members__:
            return gettext(vocabulary[reason].label)
    return gettext("other")
