"""The pages of the figures, as tabs, and their sentences."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics import contradictions
from armstrace.translation import translate
from armstrace.web import country_words
from armstrace.web.figures import cell_names, presenters, world_presenters

register = template.Library()
register.filter("said", translate)
register.filter("country_words", country_words.country)
register.filter("cell_words", cell_names.cell_words)
register.filter("column_words", cell_names.column_words)
register.filter("in_words", cell_names.in_words)
register.filter("check_words", contradictions.words_of)
register.filter("gap_words", world_presenters.gap_words)
register.filter("stop_words", presenters.stop_words)
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
