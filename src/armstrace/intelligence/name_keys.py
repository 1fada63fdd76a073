"""Find subjects by their names, in any spelling and script, without reading them all.

The keys of each spelling stand in a derived table. A key that very many subjects
have says little: it is passed over, and rarer ones, such as two words together, find.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from armstrace.analysis.names.comparison import Score, compare
from armstrace.analysis.names.index import name_keys
from armstrace.intelligence.models import NameKey, SamenessProposal, SubjectRecord
from armstrace.records.lookups import among
from armstrace.vocabulary.networks import NodeKind

SCHEMAS = {
    NodeKind.PERSON: "Person",
    NodeKind.GROUP: "Organization",
    NodeKind.ORGANISATION: "Company",
    NodeKind.ADDRESS: "Address",
}
LONGEST = 40
MOST_OF_A_KEY = 500
MOST_KEYS = 200
MOST_COMPARED = 40
MOST_SPELLINGS = 30


@dataclass(frozen=True, slots=True)
class Near:
    """A subject whose name is near, and the spellings that met."""

    record: SubjectRecord
    one: str
    other: str
    score: Score


def spellings(record: SubjectRecord) -> list[str]:
    """Give the names of a subject as written, each once."""
    lines = [record.name, *record.other_names.splitlines()]
    return list(dict.fromkeys(filter(None, map(str.strip, lines))))[:MOST_SPELLINGS]


def keys_of(kind: NodeKind, name: str) -> frozenset[str]:
    """Give the keys of one name; numbers of things are found as wholes."""
    if kind in SCHEMAS:
        return frozenset(key[:LONGEST] for key in name_keys(SCHEMAS[kind], name))
    plain = "".join(filter(str.isalnum, name)).casefold()
    return frozenset({f"#{plain}"[:LONGEST]} if plain else ())


def keep(record: SubjectRecord) -> None:
    """Keep by which keys a subject is found, and propose what may be the same."""
    subject = record.subject_id
    NameKey.objects.filter(subject_id=subject).delete()
    SamenessProposal.objects.filter(first_id=subject).delete()
    SamenessProposal.objects.filter(second_id=subject).delete()
    if record.is_withdrawn:
        return
    kind = NodeKind(record.subject.kind)
    keys = {key for name in spellings(record) for key in keys_of(kind, name)}
    NameKey.objects.bulk_create(NameKey(key=key, subject_id=subject) for key in keys)
    SamenessProposal.objects.bulk_create(
        SamenessProposal(
            first_id=min(subject, near.record.subject_id),
            second_id=max(subject, near.record.subject_id),
            score=near.score.score,
        )
        for near in nearest(record)
        if near.score.is_near
    )


def nearest(record: SubjectRecord) -> list[Near]:
    """Give the subjects in use whose names are nearest, whoever may see them."""
    kind = NodeKind(record.subject.kind)
    own = {name: keys_of(kind, name) for name in spellings(record)}
    found = _sharing({key for keys in own.values() for key in keys})
    found.pop(record.subject_id, None)
    likely = dict(found.most_common(3 * MOST_COMPARED))
    rows = SubjectRecord.objects.current().filter(
        among("subject_id", likely), is_withdrawn=False, subject__kind=kind
    )
    beside = sorted(
        rows.select_related("subject"),
        key=lambda row: (-likely[row.subject_id], row.subject_id),
    )
    met = [_meet(kind, own, spellings(row), row) for row in beside[:MOST_COMPARED]]
    return sorted(
        (near for near in met if near.score.score > 0),
        key=lambda near: (-near.score.score, near.record.subject_id),
    )


def subjects_called(kinds: Iterable[NodeKind], text: str) -> set[int]:
    """Give the subjects that a name typed may mean; a word is enough."""
    keys = {key for kind in kinds for key in keys_of(kind, text)}
    shared = _sharing(keys)
    best = max(shared.values(), default=0)
    return {subject for subject, weight in shared.items() if weight >= best / 2}


def compare_named(kind: NodeKind, one: SubjectRecord, names: Iterable[str]) -> Near:
    """Compare a subject with the names of another record; the nearest pair counts."""
    own = {name: keys_of(kind, name) for name in spellings(one)}
    return _meet(kind, own, list(names), one)


def _meet(
    kind: NodeKind,
    own: dict[str, frozenset[str]],
    names: list[str],
    row: SubjectRecord,
) -> Near:
    """Compare the two spellings that share the most: twenty by twenty are too many."""
    theirs = {name: keys_of(kind, name) for name in names}
    one, other = max(
        ((one, other) for one in own for other in theirs),
        key=lambda pair: len(own[pair[0]] & theirs[pair[1]]),
    )
    return Near(row, one, other, compare(SCHEMAS.get(kind, "Thing"), one, other))


def _sharing(keys: Iterable[str]) -> Counter[int]:
    """Weigh subjects by the keys that they share: the rarer, the more."""
    asked = sorted(keys, key=len, reverse=True)[:MOST_KEYS]
    if not asked:
        return Counter()
    # Each key by itself, so that a common one costs no more than its limit.
    part = (
        "SELECT * FROM (SELECT key, subject_id FROM intelligence_namekey "  # noqa: S608 -- no values
        f"WHERE key = %s LIMIT {MOST_OF_A_KEY + 1}) AS part"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part] * len(asked)), asked)
        rows = cursor.fetchall()
    holders: dict[str, list[int]] = defaultdict(list)
    for key, subject in rows:
        holders[key].append(subject)
    rare = [each for each in holders.values() if len(each) <= MOST_OF_A_KEY]
    shared: Counter[int] = Counter()
    for subjects in rare or holders.values():
        weight = round(1000 / math.log(1 + len(subjects)))
        shared.update(dict.fromkeys(subjects, weight))
    return shared
