"""Which registered arms a reading may be of."""

from collections.abc import Collection, Sequence
from typing import Any

from armstrace.analysis.marks import search_keys
from armstrace.analysis.marks.identify import OTHER_NUMBER, Identification
from armstrace.analysis.matching import canonical
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.rank import Ranker, Ranking
from armstrace.analysis.matching.search import Search
from armstrace.audit import consultations
from armstrace.registry import arms_by_marks, population, ranking
from armstrace.registry.described import LONGEST_SEARCHED
from armstrace.registry.models import ArmRecord, DescribedArm
from armstrace.registry.search import DatabaseRegistry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.ledger import Access
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message

# Probability from which an arm is spoken of as the one that was typed.
SURE = 0.9
# Probability from which an arm's theft is told though another may be meant.
POSSIBLE = 0.05
READABLE = frozenset(
    {SerialStatus.COMPLETE, SerialStatus.PARTIAL, SerialStatus.RESTORED}
)


def query_of(record: DescribedArm) -> Query:
    """Make matching's query of an arm on record; an erased serial says nothing."""
    written = record.serial_as_marked
    return _query(
        record,
        written,
        country=record.country_of_manufacture,
        import_number=canonical.import_number(record.import_mark_as_written),
        others=canonical.other_numbers(written),
    )


def _query(read: DescribedArm | Identification, written: str, **more: Any) -> Query:  # noqa: ANN401 - what the two do not share
    is_readable = read.serial_status in READABLE
    return Query(
        type="" if read.arm_type == ArmType.UNKNOWN else read.arm_type,
        make=read.make,
        model=read.model,
        calibre=read.calibre,
        serial=read.serial_search[:LONGEST_SEARCHED] if is_readable else "",
        import_country=read.import_country,
        ends=search_keys.ends(written) if is_readable else (),
        **more,
    )


def searcher(*, viewer: Actor, top: int = 10) -> Search:
    """Give a search of the register that answers many readings."""
    viewer.require("registry.view")
    return Search(DatabaseRegistry(), ranking.ranker_in_use(), top=top)


def model_in_use(*, viewer: Actor) -> str:
    """Give the version of the rates that matching uses."""
    viewer.require("registry.view")
    return ranking.ranker_in_use().channel.model


def basis_in_use(*, viewer: Actor) -> Message:
    """Say what the rates of misread serials that matching uses rest on."""
    viewer.require("registry.view")
    return ranking.ranker_in_use().channel.basis


def last_record(*, viewer: Actor) -> int:
    """Give the key of the newest record of the register, 0 where it is empty."""
    viewer.require("registry.view")
    return population.last_record()


def rankings(
    queries: Sequence[Query],
    *,
    viewer: Actor,
    top: int = 10,
    ranker: Ranker | None = None,
) -> list[Ranking]:
    """Rank the registered arms for many readings.

    Each is looked up alone: readings seldom share a key, so that one statement for
    many of them costs more than it spares, on SQLite and on PostgreSQL.

    Args:
        ranker: How arms are weighed; as is in use where None.
    """
    viewer.require("registry.view")
    weighing = ranker or ranking.ranker_in_use()
    search = Search(DatabaseRegistry(), weighing, top=top)
    return [search.run(query) for query in queries]


def candidates_for(found: Identification, *, viewer: Actor, top: int = 10) -> Ranking:
    """Rank the registered arms that marks may be of.

    Args:
        found: What the marks were read as; ``?`` stands for an unread character.

    Returns:
        Candidates with probabilities, and the probability that it is none.
    """
    consultations.note_kind(Access.LOOK_UP)
    query = _query(
        found,
        next(read.as_written for read in found.readings if read.field == "serial"),
        country=found.make_country,
        import_number=found.import_number,
        others=tuple(
            read.value for read in found.readings if read.field == OTHER_NUMBER
        ),
    )
    return searcher(viewer=viewer, top=top).run(query)


def arms_likely(record: DescribedArm, *, viewer: Actor) -> dict[int, float]:
    """Give how probably an arm on record is each of others, from ``POSSIBLE`` on."""
    ranking = searcher(viewer=viewer).run(query_of(record))
    return {
        int(one.registry_id): one.probability
        for one in ranking.candidates
        if one.probability >= POSSIBLE
    }


def makes_of_serials(
    serials: Collection[str], *, viewer: Actor
) -> dict[str, frozenset[str]]:
    """Give the makes of the arms on record that bear some whole serial numbers."""
    viewer.require("registry.view")
    return arms_by_marks.makes_of(ArmRecord.objects.current(), serials)
