"""Keep what UNODC released of other States' answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from armstrace.analysis.statistics import world
from armstrace.analysis.statistics.release import Remark
from armstrace.analysis.statistics.release_rows import Published
from armstrace.audit import ledger
from armstrace.indicators import rules
from armstrace.indicators.models import PublishedLine, PublishedRelease
from armstrace.records import bulk, lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message, message

FILE_NAME = lengths.Limit("file_name", str, 200)
REMARKS_KEPT = 500
LONGEST = {
    "iso3": 12,
    "country": 120,
    "region": 120,
    "subregion": 120,
    "label": 200,
    "source": 60,
}


def keep_release(
    *, name: str, content_hash: str, published: Published, by: Actor, at: datetime
) -> PublishedRelease:
    """Keep a release, row by row; the same file again changes nothing.

    Args:
        content_hash: SHA-256 of the file, hexadecimal.

    Raises:
        InvalidInput: The file's name is too long.
        RuleBroken: ``FG-02`` no row of the file is understood.

    Source:
        UNODC data portal, illicit arms flows questionnaire, long form.
    """
    by.require("release.load")
    standing = PublishedRelease.objects.filter(content_hash=content_hash).first()
    if standing is not None:
        return standing
    published = _fitting(published)
    rules.RELEASE_HAS_ROWS.require(published.lines)
    lengths.require_fits(name, FILE_NAME)
    with ledger.entry("release.kept", by=by, at=at) as entry:
        kept = _release(name, content_hash, published)
        kept.known_at, kept.loaded_by = at, by.name
        kept.save(force_insert=True)
        keys = bulk.insert(PublishedLine, _rows(kept.pk, published))
        entry.about(kept, rows=len(keys))
        entry.about_keys(PublishedLine, keys)
    return kept


def _release(name: str, content_hash: str, published: Published) -> PublishedRelease:
    return PublishedRelease(
        name=name,
        content_hash=content_hash,
        released_on=world.day_of_release([*published.titles, name]),
        rows_read=published.rows_read,
        remarks=[
            [remark.row, remark.field, remark.message.to_json()]
            for remark in published.remarks[:REMARKS_KEPT]
        ],
        remark_count=len(published.remarks),
    )


def _say_too_long(length: int, most: int) -> Message:
    return message(
        "Its text has %(length)s characters, more than the %(most)s that are kept; the "
        "row is left out. Shorten it in the file and load the file again.",
        length=length,
        most=most,
    )


def _fitting(published: Published) -> Published:
    """Hold the rows of which a text is too long; each is named in the remarks."""
    held = {
        line.row: Remark(line.row, name, _say_too_long(len(text), most))
        for line in published.lines
        for name, most in LONGEST.items()
        if len(text := getattr(line, name)) > most
    }
    if not held:
        return published
    return replace(
        published,
        lines=tuple(line for line in published.lines if line.row not in held),
        remarks=(*held.values(), *published.remarks),
    )


def _rows(release_id: int, published: Published) -> Sequence[dict[str, object]]:
    return [
        {
            "release_id": release_id,
            "row": line.row,
            "year": line.year,
            "key": line.key,
            "value": line.value,
            **{name: getattr(line, name) for name in LONGEST},
        }
        for line in published.lines
    ]
