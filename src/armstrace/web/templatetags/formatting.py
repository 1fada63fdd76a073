"""What templates say often: codes in words, dates, counts, states, icons."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import count
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from armstrace.analysis.statistics.drill import Beside, Line
from armstrace.analysis.statistics.scope import Exclusion
from armstrace.translation import say_day, say_moment, say_span, translate, write_list
from armstrace.vocabulary import codes, recoveries, tracing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message
from armstrace.web import country_words, record_numbers
from armstrace.web import navigation as rail_areas
from armstrace.web.marks import readings

register = template.Library()
register.filter("message", translate)
register.filter("record_page", record_numbers.address_for)
register.filter("further", readings.further)

THIN = "\u202f"
NUMERIC = "numeric"
HEADS = re.compile(r'<th scope="col"[^>]*>\s*(?:<a[^>]*>)?([^<]*)')
ROWS_AND_CELLS = re.compile(r"<tr\b|<t[dh]\b[^>]*>")
BARE_LABEL = re.compile(r" data-label(?=[ >])")


@register.filter
def words(code: object, vocabulary: str = "") -> str:
    """Say a code of a closed list in the reader's language."""
    if isinstance(code, codes.Code):
        return gettext(code.label)
    if not code:
        return gettext("not known")
    return (
        gettext(codes.BY_NAME[vocabulary].words(str(code))) if vocabulary else str(code)
    )


@register.filter
def field_words(name: str) -> str:
    """Name a field of a file's rows in the reader's language."""
    return translate(words_of(name))


PARTS_NAMED = (recoveries.Acquisition, tracing.TracingCell, Line, Beside, Exclusion)


@register.filter
def why(reason: str) -> str:
    """Translate a reason that ships; what it quotes of a file stays as it is."""
    said, _, quoted = reason.partition(": “")
    if not quoted:
        return translate(said)
    text = quoted.removesuffix("”")
    return translate(message("%(why)s: “%(text)s”", why=Message(said), text=text))


@register.filter
def comma(loop: Mapping[str, object]) -> str:
    """Write what stands after each part of a list but the last."""
    return "" if loop["last"] else write_list(("", ""))


@register.filter("listed")
def list_texts(parts: Iterable[object]) -> str:
    """Write several texts one after the other, as the language does."""
    return write_list(map(str, parts))


@register.filter
def part_words(name: str) -> str:
    """Name a part of a figure: a way of recovery, a result, a reason, a year."""
    for vocabulary in PARTS_NAMED:
        if name in vocabulary.__members__:
            return gettext(vocabulary[name].label)
    first, dot, last = name.partition(".")
    if not dot:
        return name
    told = (first,) if first in recoveries.Acquisition.__members__ else ()
    return write_list(part_words(each) for each in (*told, last))


@register.filter
def known(value: object) -> object:
    """Write what is not known as such."""
    return gettext("not known") if value in (None, "") else value


def say(value: object) -> str:
    """Write a value in the reader's language; nothing is “not known”."""
    if isinstance(value, tuple):
        return write_list(map(str, value)) or gettext("not known")
    told = next((told for kind, told in SAID if isinstance(value, kind)), known)
    return str(told(value))


@register.simple_tag
def fact(name: object, value: object, vocabulary: str = "") -> SafeString:
    """Write a fact under its name, in the reader's language.

    Args:
        vocabulary: Of a stored code, or of several.
    """
    if vocabulary:
        stored = value if isinstance(value, list) else [value]
        value = tuple(words(each, vocabulary) for each in stored)
    return format_html("<dt>{}</dt><dd><bdi>{}</bdi></dd>", name, say(value))


@register.filter
def country(code: str) -> str:
    """Name a country by its code in the reader's language."""
    return country_words.country(code)


@register.filter(expects_localtime=True)
def day(value: date | DateSpan | None) -> str:
    """Write a date as the language does, in English as 24 Nov 2026.

    A month, a year or a span stands as precisely as it is known.
    """
    if not value:
        return gettext("not known")
    if isinstance(value, DateSpan):
        if not value.is_day:
            return say_span(value)
        value = value.first
    return say_day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Write a time as the language does, in the zone of the desk."""
    if not value:
        return gettext("not known")
    return say_moment(value)


@register.filter
def its_day(value: datetime) -> str:
    """Write the day of a time, where the hour could tell who was there."""
    return say_day(timezone.localdate(value))


SAID: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (codes.Code, words),
    (datetime, moment),
    (date, day),
    (Message, translate),
)
"""How each kind of value is written; a moment is a day, too, and goes first."""


@register.filter
def thin(value: float | None) -> str:
    """Write a count with thin spaces between thousands."""
    return gettext("not known") if value is None else f"{value:,}".replace(",", THIN)


@register.filter
def destroyed(name: str) -> str:
    """Say the arms, and who observed, of the name on a certificate of destruction."""
    count, *bodies = name.split("; ")
    if not count.isdecimal():
        return name
    arms = ngettext("%(shown)s arm", "%(shown)s arms", int(count))
    return "; ".join([arms % {"shown": thin(int(count))}, *bodies])


@register.filter
def percent(value: float | None) -> SafeString:
    """Write a probability as a percentage that never rounds to certainty."""
    if value is None:
        words = gettext("not known")
    elif 0.0 < value < 0.001:
        words = f"<{THIN}{_tenths(0.1)}{THIN}%"
    elif 0.999 < value < 1.0:
        words = f">{THIN}{_tenths(99.9)}{THIN}%"
    else:
        words = f"{_tenths(100 * value)}{THIN}%"
    return format_html("<bdi>{}</bdi>", words)


def _tenths(value: float) -> str:
    """Write a number with one decimal, by the sign of the reader's language."""
    return formats.number_format(round(value, 1), decimal_pos=1)


@register.filter
def bits(value: float) -> str:
    """Write bits of evidence with their sign."""
    sign = "\u2212" if value < 0 else "+"
    return sign + _tenths(abs(value))


@register.filter
def px(value: float) -> str:
    """Write a coordinate without a comma, whatever the language."""
    return f"{value:.1f}".removesuffix(".0")


@register.filter
def shift(value: float, by: float) -> float:
    """Move a coordinate."""
    return value + by


@register.filter
def share(value: float, whole: float) -> float:
    """Give a share (0 to 1) of a width."""
    return max(0.0, min(1.0, value)) * whole


@register.filter
def may(viewer: Actor, action: str) -> bool:
    """Tell whether the viewer may do this at all."""
    return viewer.may(action)


@register.filter
def item(found: Mapping[object, object], key: object) -> object:
    """Give what stands under a key; None where nothing does."""
    return found.get(key) if found else None


@register.filter
def member(value: object) -> str:
    """Give the stored code of an enum member."""
    return str(value.value) if isinstance(value, Enum) else str(value)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon; it never stands without words beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("armstrace/icons.svg"),
        name,
    )


@register.simple_tag
def state(meaning: str, text: object) -> SafeString:
    """Show a state: one of four meanings, or none, with its words."""
    drawn = icon(meaning) if meaning else ""
    return format_html('<span class="state {}">{}{}</span>', meaning, drawn, text)


@register.simple_tag
def mark(text: object) -> SafeString:
    """Set marks and numbers apart: monospaced, their own direction."""
    if text in (None, ""):
        return format_html(
            '<span class="quiet">{}</span>', pgettext("mark", "not known")
        )
    return format_html('<bdi class="mark">{}</bdi>', text)


@register.inclusion_tag("parts/rail.html", takes_context=True)
def rail(context: dict[str, Any]) -> dict[str, object]:
    """Show the areas that the role may use."""
    request = context["request"]
    viewer = getattr(request, "viewer", None)
    entries = rail_areas.entries(viewer, request.path) if viewer else ()
    return {"entries": entries}


@register.inclusion_tag("parts/crumbs.html")
def crumbs(*parts: str) -> dict[str, object]:
    """Show the way here: name, address, name, address, …, last name."""
    pairs = list(zip(parts[::2], [*parts[1::2], ""], strict=False))
    return {"crumbs": pairs}


@register.simple_block_tag
def table(
    content: SafeString, label: str, style: str = "rows", room: str = "bleed"
) -> str:
    """Put rows into a table that scrolls by itself where the page is narrow.

    There the rows are cards, without headings: a cell that says ``data-label`` bears
    the heading of its column.
    """
    filled = _label_cells(content)
    context = {"content": filled, "label": label, "style": style, "room": room}
    return render_to_string("parts/table.html", context)


def _label_cells(rows: SafeString) -> SafeString:
    heads = [head.strip().replace('"', "&quot;") for head in HEADS.findall(rows)]
    places = count()

    def fill(found: re.Match[str]) -> str:
        nonlocal places
        if found[0] == "<tr":
            places = count()
            return "<tr"
        head = heads[place] if (place := next(places)) < len(heads) else ""
        return BARE_LABEL.sub(lambda _: f' data-label="{head}"', found[0])

    return mark_safe(ROWS_AND_CELLS.sub(fill, rows))  # noqa: S308 - was safe before


@register.inclusion_tag("parts/columns.html")
def columns(*names: str) -> dict[str, object]:
    """Head a table; ``"numeric"`` after a name says that the column holds numbers."""
    following = (*names[1:], "")
    return {
        "names": [
            # A literal that Django translated in a tag keeps its percent signs doubled.
            (name.replace("%%", "%"), after == NUMERIC)
            for name, after in zip(names, following, strict=True)
            if name != NUMERIC
        ]
    }
