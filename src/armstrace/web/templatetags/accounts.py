"""What the pages of accounts say often."""

from django import template
from django.utils.translation import gettext

register = template.Library()

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_words(agent: str) -> str:
    """Name a browser and its system by what it calls itself."""
    found = [words for sign, words in BROWSERS if sign in agent][:1]
    system = [words for sign, words in SYSTEMS if sign in agent][:1]
    if found and system:
        words = {"browser": found[0], "system": system[0]}
        return gettext("%(browser)s on %(system)s") % words
    return (found + system + [gettext("another browser")])[0]
