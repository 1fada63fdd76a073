"""Publish a year's tables, and withdraw what was published."""

import hashlib
from datetime import datetime

from armstrace.analysis.statistics import publishing
from armstrace.audit import ledger
from armstrace.indicators import rules
from armstrace.indicators.models import (
    Publication,
    PublicationFile,
    PublicationWithdrawal,
)
from armstrace.indicators.queries import publication_preview
from armstrace.records import closing
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


def publish_year(*, year: int, note: str = "", by: Actor, at: datetime) -> Publication:
    """Publish a year's tables with every small count withheld.

    Publishing content that already stands published changes nothing, and the
    note is not kept. What an
    earlier edition withheld stays withheld, so that two editions do not give
    it away.

    Raises:
        NotPermitted: The actor may not publish, or may not see returns.
        RuleBroken: ``FG-03`` no arm of that year is on record.

    Source:
        Hundepool et al., Statistical Disclosure Control (2012), ch. 4; UN
        Fundamental Principles of Official Statistics, principle 6.
    """
    by.require("publication.decide")
    made = publication_preview.preview_year(year=year, viewer=by)
    rules.YEAR_HAS_ARMS.require(rules.YearOfArms(year, made.arms))
    if made.same_as:
        return Publication.objects.get(year=year, edition=made.same_as)
    with ledger.entry("publication.made", by=by, at=at) as entry:
        publication = closing.keep(
            Publication,
            entry,
            noted=["year", "edition"],
            year=year,
            edition=made.edition,
            note=note.strip(),
            content=made.safe.document,
            content_hash=made.content_hash,
            withheld=sorted(made.safe.withheld),
            return_hash=made.filled.content_hash,
            published_by=by.name,
        )
        entry.about_all(_files(publication))
    return publication


def withdraw_publication(
    *, publication_id: int, reason: str, by: Actor, at: datetime
) -> PublicationWithdrawal:
    """Stop handing out an edition.

    Raises:
        RuleBroken: ``FG-04`` no reason is given, ``FG-05`` it was withdrawn
            before.

    Source:
        UN Fundamental Principles of Official Statistics, principle 4.
    """
    by.require("publication.decide")
    publication = Publication.objects.filter(pk=publication_id).first()
    if publication is None:
        raise NotFound(message("There is no such edition; choose one from the list."))
    rules.WITHDRAWAL_HAS_REASON.require(reason)
    rules.EDITION_STANDS.require(_stands(publication))
    with ledger.entry("publication.withdrawn", by=by, at=at) as entry:
        made = PublicationWithdrawal.objects.create(
            publication=publication,
            reason=reason.strip(),
            withdrawn_by=by.name,
            known_at=at,
        )
        entry.about(made, year=publication.year, edition=publication.edition)
    return made


def _stands(publication: Publication) -> bool:
    return not PublicationWithdrawal.objects.filter(publication=publication).exists()


def _files(publication: Publication) -> list[PublicationFile]:
    made = {
        "csv": ("text/csv; charset=utf-8", publishing.csv_of(publication.content)),
        "xlsx": (spreadsheets.WORKBOOK_TYPE, publishing.xlsx_of(publication.content)),
    }
    return [
        PublicationFile.objects.create(
            publication=publication,
            name=f"arms-{publication.year}-{publication.edition}.{ending}",
            media_type=media_type,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for ending, (media_type, content) in made.items()
    ]
