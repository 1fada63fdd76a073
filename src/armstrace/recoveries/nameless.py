"""Recovered items of which no name is kept; an app that stands above says which."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from armstrace.audit import declarations
from armstrace.evidence import actions as evidence
from armstrace.evidence import pictures
from armstrace.evidence import rules as files
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken

# An address of e-mail, or a number behind the word for a telephone.
NAMED = (
    r"[^\s@]+@[^\s@]+\.\w"
    r"|(?:\bt[eé]l|phone|m[oó]vil|mobil|portable|whatsapp|هاتف|جوال)"
    r"[^\W\d]*[ .:]*[+(]?\d(?:[ ()/.-]{0,2}\d){5,14}"
)
# On an arm, digits alone are a serial; these begin as a telephone number does, with a
# plus, or with a zero and in groups.
CONTACT_AS_MARK = re.compile(
    rf"{NAMED}"
    r"|(?<![\w.-])\+ ?[1-9](?:[ ()/.-]{0,2}\d){6,14}(?!\w)"
    r"|(?<![\w.-])(?=\d*[ ()/-])\(?0(?:[ ()/.-]{0,2}\d){9,15}(?!\w)",
    re.IGNORECASE,
)
# A day is none, such as 2026-01-31 14:00.
CONTACT = re.compile(
    rf"{NAMED}"
    r"|(?<![\w.-])(?:\+|00?)[1-9](?:[ ()/.-]{0,2}\d){6,14}(?!\w)"
    r"|(?<![\w.-])(?!\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4})"
    r"\d(?:[ ()/.-]{0,2}\d){8,14}(?!\w)",
    re.IGNORECASE,
)


def refusals(ids: Collection[int]) -> dict[int, RuleBroken]:
    """Give the refusal of a name for each recovery that keeps none."""
    asked = declarations.functions(lambda app: app.nameless) if ids else ()
    return {key: said for ask in asked for key, said in ask(ids).items()}


def refuse_text(recovery_id: int, text: str) -> None:
    """Refuse a text that could name a person, where no name is kept.

    Raises:
        RuleBroken: ``CL-07``, it was handed in without a name.
    """
    if text.strip():
        for refused in refusals([recovery_id]).values():
            raise refused


def contact_in(*texts: str, mark: str = "") -> str:
    """Give the text that holds a telephone number or an address of e-mail, or none.

    Args:
        mark: As on an arm, where digits alone are a serial number.
    """
    found = (text for text in texts if CONTACT.search(text))
    return next(found, mark if CONTACT_AS_MARK.search(mark) else "")


def refuse_contact(recovery_id: int, *texts: str, marks: Iterable[str] = ()) -> None:
    """Refuse a note that holds a telephone number or an address of e-mail.

    A name or a street cannot be told from a maker or a town by its letters: pages
    only ask to write none.

    Raises:
        RuleBroken: ``CL-07``, it was handed in without a name.
    """
    found = (contact_in(mark=each) for each in marks)
    refuse_text(recovery_id, contact_in(*texts) or next(filter(None, found), ""))


def store_photograph(
    *,
    recovery_id: int,
    content: bytes,
    name: str,
    folder: Path,
    by: Actor,
    at: datetime,
) -> StoredFile:
    """Keep a picture of a recovered item; its pixels alone where no name is kept.

    Source:
        Background paper (2018), paras 47 and 58 (anonymity).
    """
    if refusals([recovery_id]):
        name = ""
        content = pictures.without_notes(content, files.image_type(content))
    return evidence.store_image(content=content, name=name, folder=folder, by=by, at=at)
