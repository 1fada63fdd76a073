"""What is known of a record, line by line."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from armstrace.web import listing
from armstrace.web.templatetags import formatting

register = template.Library()


@register.simple_tag
def fact(name: object, value: object, vocabulary: str = "") -> SafeString:
    """Write a fact under its name, in the reader's language.

    Args:
        vocabulary: Of a stored code, or of several.
    """
    if vocabulary:
        codes = value if isinstance(value, list) else [value]
        value = tuple(formatting.words(each, vocabulary) for each in codes)
    return format_html("<dt>{}</dt><dd><bdi>{}</bdi></dd>", name, listing.say(value))
