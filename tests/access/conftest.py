"""The small world of the pages."""

from tests.web.conftest import at_desk, known, people

__all__ = ["at_desk", "known", "people"]
