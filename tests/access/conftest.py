"""The small world of the pages."""

import pytest

from armstrace.web.return_exports import pdf
from tests.web.conftest import at_desk, known, people

__all__ = ["at_desk", "known", "people"]


@pytest.fixture(autouse=True)
def _unprinted(monkeypatch):
    """Answer a page for paper as it is: who gets in is asked, not what it looks like.

    Printing takes seconds, and hides what a page says.
    """
    monkeypatch.setattr(pdf, "pdf_of", str.encode)
