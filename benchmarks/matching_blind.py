"""Matching without its vocabularies: no aliases, no synonyms, no confusions."""

from dataclasses import replace

from armstrace.analysis.marks import spelling
from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.matching import channel as channels
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.channel import Channel

NO_CLASSES = Folding(1, ())


def card(registry_id: str, written: Description) -> Card:
    """Take a registered arm as written."""
    return Card(
        registry_id,
        type=spelling.plain(written.type),
        make=spelling.plain(written.make),
        model=spelling.plain(written.model),
        calibre=spelling.plain(written.calibre),
        serial=search_key(written.serial),
        country=written.country,
    )


def query(query_id: str, written: Description) -> Query:
    """Take a reading as written; types are words of many languages, and left out."""
    return query_of(card(query_id, written))


def query_of(taken: Card) -> Query:
    """Ask for what a card holds, but for its type."""
    return Query(
        query_id=taken.registry_id,
        make=taken.make,
        model=taken.model,
        calibre=taken.calibre,
        serial=taken.serial,
        country=taken.country,
    )


def channel() -> Channel:
    """Give the rates without look-alikes; a different word says less."""
    shipped = channels.standard()
    serial = replace(shipped.serial, look_alikes={}, look_alike=0.0, folding=NO_CLASSES)
    return replace(shipped, serial=serial)
