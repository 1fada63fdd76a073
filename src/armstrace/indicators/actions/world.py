"""Keep what UNODC released of other States' answers."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.analysis.statistics import world
from armstrace.analysis.statistics.release_rows import Published
from armstrace.audit import ledger
from armstrace.indicators import rules
from armstrace.indicators.models import PublishedLine, PublishedRelease
from armstrace.records import bulk, lengths
from armstrace.vocabulary.actors import Actor

FILE_NAME = lengths.Limit("file_name", str, 200)
REMARKS_KEPT = 500
LONGEST = {"country": 120, "region": 120, "subregion": 120, "label": 200, "source": 60}


def keep_release(
    *, name: str, content_hash: str, published: Published, by: Actor, at: datetime
) -> PublishedRelease:
    """Keep a release, row by row; the same file again changes nothing.

    Args:
        name: Name of the file.
        content_hash: SHA-256 of the file, hexadecimal.
        published: What was read from it.
        by: Who loads it.
        at: When, UTC.

    Returns:
        The release as it is kept.

    Raises:
        NotPermitted: The actor may not load releases.
        InvalidInput: The file's name is too long.
        RuleBroken: ``FG-02`` no row of the file is understood.

    Source:
        UNODC data portal, illicit arms flows questionnaire, long form.
    """
    by.require("release.load")
    standing = PublishedRelease.objects.filter(content_hash=content_hash).first()
    if standing is not None:
        return standing
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
            [remark.row, remark.field, remark.message.stored()]
            for remark in published.remarks[:REMARKS_KEPT]
        ],
        remark_count=len(published.remarks),
    )


def _rows(release_id: int, published: Published) -> Sequence[dict[str, object]]:
    return [
        {
            "release_id": release_id,
            "row": line.row,
            "iso3": line.iso3[:12],
            "year": line.year,
            "key": line.key,
            "value": line.value,
            **{name: getattr(line, name)[:most] for name, most in LONGEST.items()},
        }
        for line in published.lines
    ]
