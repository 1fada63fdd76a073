"""A page as PDF through weasyprint, which comes with the extra ``pdf``."""

import importlib
from importlib.util import find_spec
from pathlib import Path

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

STYLE = Path(__file__).parents[1] / "static" / "armstrace" / "report.css"
LACKING = message(
    "PDF needs the extra pdf; install it with pip install '.[pdf]' in the folder of "
    "Armstrace, or print the page for print from a browser."
)


def is_ready() -> bool:
    """Tell whether the extra is installed, without loading it."""
    return find_spec("weasyprint") is not None


def pdf_of(page: str) -> bytes:
    """Lay a page out on paper; it may fetch nothing.

    Raises:
        SourceUnavailable: The extra ``pdf`` is not installed.
    """
    try:
        weasyprint = importlib.import_module("weasyprint")
        urls = importlib.import_module("weasyprint.urls")
    except (ImportError, OSError) as why:  # without pango it fails as OSError
        raise SourceUnavailable(LACKING) from why
    # Whatever asks for an address stops the rendering.
    refusing = urls.URLFetcher(allowed_protocols=(), fail_on_errors=True)
    style = weasyprint.CSS(
        string=STYLE.read_text(encoding="utf-8"), url_fetcher=refusing
    )
    document = weasyprint.HTML(string=page, url_fetcher=refusing)
    return bytes(document.write_pdf(stylesheets=[style]))
