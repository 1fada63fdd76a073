"""Cells that a spreadsheet program would take for a formula.

Source:
    OWASP ASVS 5.0, 1.2.10 (formula injection).
"""

STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet program runs it as a formula."""
    return f"'{text}" if text.startswith(STARTS) else text


def as_written(text: str) -> str:
    """Give back what ``harmless`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text
