"""Who looked at which records, when, to what end and why: asked by the auditor."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import batched, islice
from typing import Any

import numpy as np
from django.db import models
from django.db.models import Max, Min, Q, QuerySet

from armstrace.audit import blocks, bodies, ledger, ledgered
from armstrace.audit.consultations import ACTS
from armstrace.audit.models import DigestBlock, Justification, LedgerEntry
from armstrace.audit.spans import EntrySpan
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound, NotPermitted
from armstrace.vocabulary.ledger import Access, Operation
from armstrace.vocabulary.messages import message

AT_ONCE = 500
MOST_PARTS = 10_000
ACTS_OF = {
    **{kind: (act,) for kind, act in ACTS.items()},
    Access.NAMES: (
        "certificate.viewed",
        "holder.viewed",
        "holder.listed",
        "recovery.person_viewed",
        "held_row.person_viewed",
        "batch.persons_viewed",
    ),
    Access.PRINT: ("arm.extracted",),
    Access.FILE: ("file.viewed",),
    Access.LEDGER: ("ledger.read",),
}
KIND_OF = {act: kind for kind, acts in ACTS_OF.items() for act in acts}

type Named = dict[str, np.ndarray[Any, np.dtype[np.int64]]]
"""Keys of records by the label of their table, rising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFilter(EntrySpan):
    """What narrows consultations; empty means any."""

    # Label of a model and a key: consultations that show this record.
    record: tuple[str, int] | None = None
    # Code of an agency whose records were shown.
    agency: str = ""
    # A ``Purpose`` code.
    purpose: str = ""
    # An ``Access`` code.
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One consultation."""

    seq: int
    at: datetime
    actor: str
    agency: str
    role: str
    purpose: str
    kind: Access | None
    act: str
    route: str
    # Label and key of the record whose own page was shown; "" for none.
    opened: str
    # Table and number of records shown, of each table.
    shown: tuple[tuple[str, int], ...]
    # Why, in the person's words; "" where none was asked or it is erased.
    reason: str
    # Number of the API token that was used, None for a person at a page.
    token: int | None
    # Whether a record's own page was opened that these eyes may not see.
    is_withheld: bool = False
    # Whether nobody chose the purpose: it is the role's first.
    is_purpose_assumed: bool = False


def consultations(
    where: ConsultationFilter, *, viewer: Actor, at: datetime, limit: int | None = 50
) -> list[ConsultationRow]:
    """Tell who looked, the latest first; the asking is an entry itself.

    Source:
        Directive (EU) 2016/680, art. 25, para. 2: who uses the logs is known.
    """
    viewer.require("ledger.view")
    with ledger.entry("ledger.read", by=viewer, at=at, op=Operation.CONSULT) as entry:
        found = list(islice(_rows(where), limit))
        entry.note(count=len(found))
    return found


def has_been(record: tuple[str, int], *, viewer: Actor) -> bool:
    """Tell whether there is or was a record: one that was erased was looked at too."""
    viewer.require("ledger.view")
    label, key = record
    model: Any = ledgered.model_of(label)
    if model is not None and model.objects.filter(pk=key).exists():
        return True
    reach = DigestBlock.objects.filter(first_key__lte=key, last_key__gte=key)
    return reach.filter(label=label).exists()


def consultations_of(
    record: tuple[str, int],
    *,
    viewer: Actor,
    at: datetime,
    limit: int | None = 50,
    period: ConsultationFilter | None = None,
) -> list[ConsultationRow]:
    """Tell somebody who looked at a record of their own agency.

    Beside what other records it was shown is not told, nor on which page where that
    is not for these eyes. A look through what is told of to some alone, such as a
    sealed case, is left out: the line itself would tell that there is one.

    Args:
        record: Label of the model and key of the record.
        period: In which period; any where None.

    Raises:
        NotPermitted: The policy does not let ``viewer`` ask.
        NotFound: There is no such record, or it is not for these eyes.

    Source:
        Rule of this design: whoever answers for a case may know who read it.
    """
    viewer.require("consultation.own")
    model: Any = ledgered.model_of(record[0])
    if model is None:
        raise NotFound(message("There is no such record here."))
    model.objects.get_visible(record[1], viewer)
    _require_own(model, record[1], viewer)
    where = replace(period or ConsultationFilter(), record=record)
    with ledger.entry("ledger.read", by=viewer, at=at, op=Operation.CONSULT) as entry:
        found = list(islice(_told_to(viewer, _rows(where), record[0]), limit))
        entry.about_keys(model, [record[1]])
        entry.note(count=len(found))
    return found


def _told_to(
    viewer: Actor, rows: Iterable[ConsultationRow], label: str
) -> Iterator[ConsultationRow]:
    seen = cache(lambda opened: _is_seen(opened, viewer))
    for row in rows:
        if seen(row.opened) or not _is_for_some(row.opened):
            yield _of_record(row, label, is_seen=seen(row.opened))


def _is_for_some(opened: str) -> bool:
    """Tell whether who sees a record is decided one by one, as of a sealed case."""
    scope: Any = getattr(ledgered.model_of(opened.rpartition(".")[0]), "scope", None)
    return scope is not None and scope.shown_to is not None


def _is_seen(opened: str, viewer: Actor) -> bool:
    """Tell whether the record whose page was opened is for a viewer's eyes."""
    label, _, key = opened.rpartition(".")
    model: Any = ledgered.model_of(label)
    try:
        if model is not None:
            model.objects.get_visible(key, viewer)
    except (NotFound, NotPermitted):
        return False
    return True


def _of_record(row: ConsultationRow, label: str, *, is_seen: bool) -> ConsultationRow:
    shown = tuple(each for each in row.shown if each[0] == label)
    told = replace(row, reason="", shown=shown)
    return told if is_seen else replace(told, opened="", route="", is_withheld=True)


def _require_own(model: type[models.Model], key: int, viewer: Actor) -> None:
    """Refuse what an own agency does not answer for, as if it were not there.

    A record of no agency, such as a registered arm, tells of every agency's cases.
    """
    reach = viewer.agencies("consultation.own")
    if reach.are_all:
        return
    scope: Any = model.scope  # type: ignore[attr-defined]
    own = scope.condition(model, "", reach.own)
    rows: Any = model.objects  # type: ignore[attr-defined]
    if not own or not rows.filter(own, **{scope.key: key}).exists():
        raise NotFound(scope.missing(key))


def _rows(where: ConsultationFilter) -> Iterator[ConsultationRow]:
    wanted = LedgerEntry.objects.filter(_condition(where)).order_by("-seq")
    named = _records_to_name(where)
    if named is None:
        chunks: Iterable[Sequence[LedgerEntry]] = batched(
            wanted.iterator(AT_ONCE), AT_ONCE, strict=False
        )
    else:
        seqs = _naming(named, wanted)
        chunks = (
            list(wanted.filter(seq__in=some))
            for some in batched(seqs, AT_ONCE, strict=False)
        )
    for chunk in chunks:
        reasons = Justification.objects.in_bulk([each.seq for each in chunk])
        for each in chunk:
            said = reasons.get(each.seq)
            yield _row(each, said.text if said else "")


def _condition(where: ConsultationFilter) -> Q:
    wanted = Q(operation=Operation.CONSULT) & where.condition()
    if where.kind:
        wanted &= Q(act__in=ACTS_OF[Access(where.kind)])
    if where.purpose:
        wanted &= Q(body__contains=f'"purpose":"{where.purpose}"')
    return wanted


def _records_to_name(where: ConsultationFilter) -> Named | None:
    """Give the records that consultations must name; None where any will do."""
    if where.record is not None:
        return _with_parts(*where.record)
    if where.agency:
        return _of_agency(where.agency)
    return None


def _with_parts(label: str, key: int) -> Named:
    """Give a record and its versions and parts, which disclosures name."""
    named = {label: np.array([key], dtype=np.int64)}
    whole = ledgered.model_of(label)
    for model in ledgered.business_models():
        through = getattr(getattr(model, "scope", None), "through", "")
        through = through or _identity_of(model)
        if not through or model._meta.get_field(through).related_model is not whole:  # noqa: SLF001 -- documented API
            continue
        objects: Any = model.objects  # type: ignore[attr-defined]
        keys = objects.filter(**{through: key}).values_list("pk", flat=True)
        found = np.array(sorted(keys[:MOST_PARTS]), dtype=np.int64)
        if len(found):
            named[ledgered.label_of(model)] = found
    return named


def _identity_of(model: type[models.Model]) -> str:
    """Give the foreign key to the identity that a version's scope asks for."""
    key = str(getattr(getattr(model, "scope", None), "key", ""))
    return key.removesuffix("_id") if key.endswith("_id") else ""


def _of_agency(agency: str) -> Named:
    """Give the keys of all records that belong to an agency."""
    named: Named = {}
    for model in ledgered.business_models():
        scope: Any = getattr(model, "scope", None)
        if scope is None or not scope.condition(model, "", agency):
            continue
        objects: Any = model.objects  # type: ignore[attr-defined]
        keys = objects.filter(scope.condition(model, "", agency)).order_by("pk")
        found = np.fromiter(keys.values_list("pk", flat=True).distinct(), np.int64)
        if len(found):
            named[ledgered.label_of(model)] = found
    return named


def _naming(named: Named, wanted: QuerySet[LedgerEntry]) -> Iterator[int]:
    """Give the numbers of entries that name any of the records, falling."""
    reach = wanted.order_by().aggregate(first=Min("seq"), last=Max("seq"))
    if reach["first"] is None or not named:
        return
    within = Q()
    for label, keys in named.items():
        low, high = int(keys[0]), int(keys[-1])
        within |= Q(label=label, first_key__lte=high, last_key__gte=low)
    found = DigestBlock.objects.filter(
        within, seq__gte=reach["first"], seq__lte=reach["last"], kind="SEEN"
    )
    before = -1
    columns = ("seq", "label", "keys")
    for seq, label, packed in found.order_by("-seq").values_list(*columns).iterator():
        if seq != before and np.isin(blocks.unpack(packed), named[label]).any():
            before = seq
            yield seq


def _row(entry: LedgerEntry, reason: str) -> ConsultationRow:
    told = bodies.told(entry.body)
    codes = told.codes
    token = codes.get("token")
    return ConsultationRow(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        agency=told.agency,
        role=told.role,
        purpose=told.purpose,
        kind=KIND_OF.get(entry.act),
        act=entry.act,
        route=str(codes.get("route", "")),
        opened=str(codes.get("opened", "")).lower(),
        shown=tuple((table, count) for table, _, count in told.subjects),
        reason=reason,
        token=token if isinstance(token, int) else None,
        is_purpose_assumed=told.is_purpose_assumed,
    )
