"""Record an authorisation, its goods and the documents of its file."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from armstrace.analysis.marks.search_keys import search_key
from armstrace.audit import ledger
from armstrace.evidence import actions as evidence
from armstrace.licensing.finding import find_holder
from armstrace.licensing.inputs import FileInput
from armstrace.licensing.models import Holder
from armstrace.records import closing, jurisdiction, lengths
from armstrace.registry import trading
from armstrace.transfers import changing, rules
from armstrace.transfers.facts import due_by
from armstrace.transfers.inputs import AuthorisationInput, GoodsInput, PaperInput
from armstrace.transfers.models import (
    Authorisation,
    AuthorisationRecord,
    GoodsLine,
    Paper,
)
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.look_alikes import number_key
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.transfers import TransferAct, TransferStage

SAID = Sentences(__package__)
DECISION = "TRANSFER_DECISION"
TEXTS = (
    *("number", "exporter", "importer", "consignee", "recipient", "end_user"),
    *("end_use", "broker", "broker_place", "issue_place"),
)
KEY = lengths.Limit("key", str, 40)
LIMITS = lengths.limits(AuthorisationRecord, TEXTS, of=AuthorisationInput)
GOODS_LIMITS = lengths.limits(GoodsLine, ("category", "description"), of=GoodsInput)
PAPER_LIMITS = lengths.limits(
    Paper,
    ("number", "recipient", "signatory", "signatory_title"),
    of=PaperInput,
)


def record_authorisation(
    *, given: AuthorisationInput, key: str, by: Actor, at: datetime
) -> Authorisation:
    """Record what is to be authorised; somebody else decides.

    Args:
        key: Made by the page; the same key gives the authorisation that it made.

    Raises:
        InvalidInput: A text is too long.
        NotFound: There is no such holder.
        RuleBroken: ``TX-09``, the number is taken; ``TX-10``, a code is no country;
            ``TX-18``, the route; ``TX-48``, it does not fit the direction; ``TX-49``
            or ``TX-50``, the trade asks for another; ``RS-06``, the page was sent with
            something else.

    Source:
        Firearms Protocol, art. 10, para. 1.
    """
    by.require("transfer.record", agency=by.agency)
    lengths.require_fits(key, KEY)
    columns = _columns(given)
    _require_own_business(given, by)
    with ledger.entry("transfer.recorded", by=by, at=at) as entry:
        holder = _holder(given.holder) if given.holder.strip() else None
        told = {"direction": given.direction, "holder": holder}
        known = changing.Act.begun_by(key, entry, told | columns)
        if known is not None:
            return known
        changing.require_free(given.number, 0)
        return changing.Act.begin(
            key,
            entry,
            told,
            stage=TransferStage.OPEN,
            act=TransferAct.CHANGE,
            due_on=_due_on(at),
            **columns,
        )


def change_authorisation(
    *,
    authorisation_id: int,
    given: AuthorisationInput,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> AuthorisationRecord:
    """Change what is to be authorised, while nobody has decided.

    Args:
        given: What is to be authorised; the direction and the holder stay.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``TX-01``, it is decided; ``TX-04``, somebody acted since;
            ``TX-09``, ``TX-10``, ``TX-18`` or ``TX-48``.

    Source:
        Firearms Protocol, art. 10, para. 1.
    """
    columns = _columns(given)
    with changing.Act.act_on(
        "transfer.changed",
        authorisation_id,
        TransferAct.CHANGE,
        by=by,
        at=at,
        seen=seen,
    ) as act:
        changing.require_free(given.number, authorisation_id)
        return act.go_on(**columns)


def set_goods(
    *, authorisation_id: int, given: GoodsInput, by: Actor, at: datetime
) -> GoodsLine:
    """Add a line of goods, change it, or take it off with the quantity 0.

    Raises:
        InvalidInput: A text is too long, or the quantity too small.
        NotFound: There is no such line.
        RuleBroken: ``TX-01``, it is decided.

    Source:
        Firearms Protocol, art. 10, para. 3 (description and quantity).
    """
    lengths.require_fits(given, *GOODS_LIMITS)
    lengths.require_count("quantity", given.quantity, 0 if given.line else 1)
    with changing.Act.act_on(
        "transfer.goods_set", authorisation_id, TransferAct.GOODS, by=by, at=at
    ) as act:
        rows = GoodsLine.objects.current().filter(authorisation=act.file)
        columns: dict[str, Any] = asdict(given)
        if given.line:
            was = rows.filter(line=given.line).first()
            if was is None:
                raise NotFound(SAID.say("NO_LINE", **columns))
            later = closing.replace(was, act.entry, source=by.agency, **columns)
        else:
            columns["line"] = rows.count() + 1
            later = act.make(GoodsLine, **columns)
        act.go_on()
    return later


def attach_paper(
    *,
    authorisation_id: int,
    given: PaperInput,
    file: FileInput | None = None,
    by: Actor,
    at: datetime,
) -> Paper:
    """Put a document on the file of an authorisation, with what it says.

    Args:
        file: A PDF file or a picture of a page; None where it is not at hand yet.

    Raises:
        InvalidInput: A text is too long, the quantity too small, or the file neither
            PDF nor a picture, or it does something by itself.
        RuleBroken: ``TX-01``, it is refused or withdrawn; ``TX-10``, its country;
            ``TX-14`` or ``TX-19``, its days.

    Source:
        Firearms Protocol, art. 10, paras. 2 and 3.
    """
    lengths.require_fits(given, *PAPER_LIMITS)
    lengths.require_count("quantity", given.quantity)
    with changing.Act.act_on(
        "transfer.paper_attached", authorisation_id, TransferAct.ATTACH, by=by, at=at
    ) as act:
        rules.PAPER_DATED.require((given.issued_on, given.valid_until))
        for day in filter(None, (given.issued_on, given.received_on)):
            rules.COME.require((day, day <= act.today))
        country = changing.countries([given.country])
        rows = Paper.objects.current().filter(authorisation=act.file)
        kept = file and evidence.store_document(
            content=file.content,
            name=file.name,
            folder=file.folder,
            grant="transfer.record",
            by=by,
            at=at,
        )
        made = act.make(
            Paper,
            **asdict(given)
            | {"country": country[0] if country else "", "states": [*given.states]},
            search=search_key(given.number),
            place=rows.count() + 1,
            file=kept,
            told_by=by.name,
        )
        act.go_on()
    return made


def remove_paper(
    *, authorisation_id: int, place: int, reason: str, by: Actor, at: datetime
) -> Paper:
    """Take a document off the file, with the reason; it is kept as it was.

    Raises:
        NotFound: There is no such document on file.
        RuleBroken: ``TX-01``, it is refused or withdrawn; ``TX-07``, there is no
            reason.

    Source:
        Firearms Protocol, art. 7 (records are kept).
    """
    rules.REASONED.require(reason)
    with changing.Act.act_on(
        "transfer.paper_removed", authorisation_id, TransferAct.REMOVE, by=by, at=at
    ) as act:
        rows = Paper.objects.current().filter(authorisation=act.file)
        was = rows.filter(place=place, is_removed=False).first()
        if was is None:
            msg = message("There is no such document; look at the authorisation.")
            raise NotFound(msg)
        told = {"is_removed": True, "reason": reason.strip()}
        later = closing.replace(was, act.entry, **told)
        act.go_on(reason)
    return later


def _columns(given: AuthorisationInput) -> dict[str, Any]:
    """Give what a version keeps of a statement, its countries checked."""
    lengths.require_fits(given, *LIMITS)
    given = changing.with_countries(given)
    told = asdict(given) | {"number_key": number_key(given.number)}
    for name in ("direction", "holder"):
        del told[name]
    ends = given.export_country, given.import_country
    rules.DIRECTED.require((given.direction, *ends, settings.HOME_COUNTRY))
    if given.transit is not None:
        told["transit"] = route = [*given.transit]
        rules.ROUTE.require((route, {settings.HOME_COUNTRY, *ends}))
    return told


def _require_own_business(given: AuthorisationInput, by: Actor) -> None:
    if by.role is not Role.TRADE:
        return
    business = trading.business_of(by.agency)
    rules.STILL_TRADES.require((business is None or business.closed_on is None,))
    own = business.number if business else ""
    rules.OWN_BUSINESS.require((own or "—", given.holder.strip() == own))


def _holder(number: str) -> Holder:
    # Locked, so that of two sendings the second finds what the first made.
    rows = Holder.objects.get_queryset().select_for_update()
    holder = find_holder(number, rows)
    if holder is None:
        raise NotFound(SAID.say("NO_HOLDER", number=number))
    return holder


def _due_on(at: datetime) -> date | None:
    today = timezone.localdate(at)
    clock = jurisdiction.profile().deadline(DECISION, today)
    return due_by(clock, today, settings.HOME_COUNTRY) if clock else None
