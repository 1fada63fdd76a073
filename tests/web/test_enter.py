"""What the key Enter does in a form: it decides nothing that nobody chose."""

import re
from pathlib import Path

import pytest

from armstrace import web

TEMPLATES = Path(web.__file__).parent / "templates"
FORM = re.compile(r"<form.*?</form>", re.DOTALL)
BUTTON = re.compile(r"<button[^>]*>")
TYPED = re.compile(
    r'parts/field\.html|\{\{ form|<input(?![^>]*type="(?:hidden|radio|file)")'
)
# A first button that shows, saves a draft, or is as good as another.
HARMLESS = {"check", "stage"}

pytestmark = pytest.mark.pure


def named_first() -> list[tuple[str, str]]:
    """Give the forms with a line to type in whose first button has a name."""
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for form in FORM.findall(path.read_text(encoding="utf-8")):
            first = next(iter(BUTTON.findall(form)), "")
            name = re.search(r'\bname="(\w+)"', first)
            is_led = "parts/enter.html" in form
            if name and TYPED.search(form) and not is_led:
                found.append((path.name, name[1]))
    return found


def test_enter_presses_no_button_that_decides():
    assert [each for each in named_first() if each[1] not in HARMLESS] == []
