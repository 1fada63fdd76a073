"""Apply for a licence: write the application, attach documents, send, withdraw."""

from datetime import datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.evidence import actions as evidence
from armstrace.licensing import changing, inputs, rules, standing
from armstrace.licensing.finding import find_holder
from armstrace.licensing.inputs import ApplicationInput, FileInput
from armstrace.licensing.models import (
    Application,
    ApplicationDocument,
    ApplicationRecord,
    Holder,
    Licence,
)
from armstrace.records import lengths
from armstrace.records.rules import require_happened
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    DocumentKind,
    LicenceAct,
    LicenceStage,
)
from armstrace.vocabulary.messages import message

LIMITS = (
    *lengths.limits(Holder, {"holder": "number"}, of=ApplicationInput),
    *lengths.limits(Application, ["of_licence"], of=ApplicationInput),
    *lengths.limits(
        ApplicationRecord, ("purpose", "categories", "storage"), of=ApplicationInput
    ),
)
KEY = lengths.Limit("key", str, 40)


def draft_application(
    *, given: ApplicationInput, key: str, by: Actor, at: datetime
) -> Application:
    """Write an application down; it is not sent yet.

    Args:
        key: Made by the page; the same key gives the application that it made.

    Raises:
        InvalidInput: A text is too long, or the quantity is less than one.
        RuleBroken: ``LI-12``, the licence is not one that this applicant has;
            ``LI-01``, that licence cannot be renewed or varied now; ``LI-15``, it is
            another business's; ``RS-03``, the day of birth has not come; ``RS-06``,
            the page was sent with something else.

    Source:
        Background paper (2018), para. 30.
    """
    by.require("licence.apply")
    _require_fits(given, at)
    lengths.require_fits(key, KEY)
    with ledger.entry("licence.drafted", by=by, at=at) as entry:
        # Locked, so that of two sendings the second finds what the first made.
        holder = _holder(given.holder, by)
        told = {
            "holder": holder,
            "activity": given.activity,
            "kind": given.kind,
            "of_licence": given.of_licence.strip(),
        }
        asked = {name: getattr(given, name) for name in inputs.ASKED}
        known = changing.Act.begun_by(key, entry, told | asked)
        if known is not None:
            return known
        _require_licence(given, holder, at)
        return changing.Act.begin(
            key,
            entry,
            told,
            stage=LicenceStage.DRAFT,
            act=LicenceAct.CHANGE,
            **asked,
        )


def change_application(
    *,
    application_id: int,
    given: ApplicationInput,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> ApplicationRecord:
    """Change what is applied for, while nobody has found it complete.

    Args:
        given: What is applied for; applicant, activity and licence stay.

    Raises:
        InvalidInput: A text is too long, or the quantity is less than one.
        RuleBroken: ``LI-01``, it is complete; ``LI-04``, somebody acted since;
            ``RS-03``, the day of birth has not come.

    Source:
        Background paper (2018), para. 30.
    """
    _require_fits(given, at)
    with changing.Act.act_on(
        "licence.changed", application_id, LicenceAct.CHANGE, by=by, at=at, seen=seen
    ) as act:
        return act.go_on(**{name: getattr(given, name) for name in inputs.ASKED})


def attach_document(
    *, application_id: int, kind: DocumentKind, file: FileInput, by: Actor, at: datetime
) -> ApplicationDocument:
    """Attach a document to an application.

    Args:
        file: A PDF file, or a picture of a page.

    Raises:
        InvalidInput: The file is too large, neither PDF nor a picture, or does
            something by itself.
        RuleBroken: ``LI-01``, it is decided already.

    Source:
        Background paper (2018), para. 30.
    """
    with changing.Act.act_on(
        "licence.document_attached", application_id, LicenceAct.ATTACH, by=by, at=at
    ) as act:
        kept = evidence.store_document(
            content=file.content,
            name=file.name,
            folder=file.folder,
            grant="licence.apply",
            by=by,
            at=at,
        )
        made = act.make(ApplicationDocument, kind=kind, file=kept, added_by=by.name)
        act.go_on()
    return made


def _require_fits(given: ApplicationInput, at: datetime) -> None:
    lengths.require_fits(given, *LIMITS)
    inputs.require_quantity(given.quantity)
    require_happened("born_on", given.born_on, timezone.localdate(at))


def _holder(number: str, by: Actor) -> Holder:
    rows = Holder.objects.get_queryset().select_for_update()
    if by.may("holder.view"):
        holder = find_holder(number, rows)
    else:
        holder = rows.filter(number=number.strip()).first()
        # What stands in the way of an application tells of the applicant, and so does
        # that there is one.
        own = holder and holder.reportings.filter(
            superseded_at=None, agency__code=by.agency
        )
        rules.OWN_BUSINESS.require((bool(own and own.exists()),))
    if holder is None:
        msg = message(
            "There is no holder with the number %(number)s; look in the list, or "
            "record the applicant as a holder first.",
            number=number,
        )
        raise NotFound(msg)
    return holder


def _require_licence(given: ApplicationInput, holder: Holder, at: datetime) -> None:
    """Refuse a renewal or a change of what cannot be renewed or changed."""
    rows = Licence.objects.current().filter(number=given.of_licence.strip())
    licence = rows.filter(holder=holder, licence_type=given.activity).first()
    rules.OF_THIS_HOLDER.require((given.kind, given.of_licence, licence is not None))
    if licence is not None and given.kind is not ApplicationKind.NEW:
        terms = standing.terms_of([licence], timezone.localdate(at)).get(licence.number)
        stage = standing.stage_of(licence, terms, timezone.localdate(at))
        rules.STAGED.require((licence.number, stage, LicenceAct(given.kind)))
