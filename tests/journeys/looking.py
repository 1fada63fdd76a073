"""What every page keeps: it shuts nobody out, and it fits its screen."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
AXE = Axe()
OPEN_ALL = "document.querySelectorAll('main details').forEach(d => d.open = true)"
WIDTHS = (1280, 360)
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def arrive(page):
    """Wait until a page is whole: a click ends when the next one has begun."""
    page.wait_for_load_state()


def open_all(page):
    """Unfold all that a page keeps folded, so that it is looked at too."""
    arrive(page)
    page.evaluate(OPEN_ALL)


def faults(page, name=""):
    """Give the elements that shut somebody out, by the page's name and the rule."""
    arrive(page)
    found = AXE.run(page, options=RULES).response["violations"]
    return {
        f"{name} {each['id']}".lstrip(): [node["html"] for node in each["nodes"]]
        for each in found
    }


def fits(page):
    """Tell whether a page needs no scrolling sideways."""
    arrive(page)
    return page.evaluate(SIDEWAYS) <= 0


def fits_both(page):
    """Tell whether it needs none on a desk and on a telephone; its width comes back."""
    kept = page.viewport_size
    found = []
    for width in WIDTHS:
        page.set_viewport_size({**kept, "width": width})
        found.append(fits(page))
    page.set_viewport_size(kept)
    return all(found)
