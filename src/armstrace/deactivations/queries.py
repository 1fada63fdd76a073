"""What can be asked about deactivations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from armstrace.audit import consultations, declarations
from armstrace.certificates.models import Certificate
from armstrace.deactivations import checking, rules
from armstrace.deactivations.models import Deactivation, Reactivation, Verification
from armstrace.deactivations.rules import Asked
from armstrace.deactivations.standing import facts_of
from armstrace.licensing.checking import Missing, blocking
from armstrace.records import jurisdiction
from armstrace.records.lookups import counts_of, page_of
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.deactivation import ArmKind, DeactivationState
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.profiles import Profile
from armstrace.vocabulary.rows import fill

MONTHS = timedelta(days=92)
"""Days before and after within which two deactivations are of the same months."""


@dataclass(frozen=True, slots=True)
class DeactivationFilter:
    """What narrows a list of deactivations; empty means any.

    Args:
        text: Number such as U3 or A12, or part of the name of who deactivated or
            signed.
        state: How far it has come.
        is_reactivated: Whether the arm was found to fire again.
    """

    text: str = ""
    state: DeactivationState | None = None
    is_reactivated: bool = False


@dataclass(frozen=True, slots=True)
class DeactivationRow:
    """One deactivation in a list.

    Args:
        reference: Its number.
        arm: Number of the arm.
        state: How far it has come.
        performed_by: Person or body that deactivated it.
        signatory: Who signed for the verifying body; empty while nobody has.
        standard: By which it was verified; empty while it was not.
        reactivations: How often the arm was found to fire again.
    """

    deactivation_id: int
    reference: str
    arm_id: int
    arm: str
    kind: ArmKind
    state: DeactivationState
    performed_on: date
    performed_by: str
    signatory: str
    standard: str
    reactivations: int


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another deactivation that shares hands or months with one that fired again."""

    row: DeactivationRow
    is_same_verifier: bool
    is_same_deactivator: bool
    is_same_months: bool


@dataclass(frozen=True, slots=True)
class DeactivationPaper:
    """What the certificate of a deactivation says of its arm."""

    record: Deactivation
    # What is known of the arm's marks; None where it left the register.
    arm: ArmRecord | None


@dataclass(frozen=True, slots=True)
class DeactivationPage:
    """One deactivation as its page shows it."""

    record: Deactivation
    row: DeactivationRow
    # What is known of the arm's marks; None where it left the register.
    arm: ArmRecord | None
    asked: Asked
    # What stands in the way, by what is on record; empty once it is decided.
    missing: tuple[Missing, ...]
    certificate: Certificate | None
    reactivations: tuple[Reactivation, ...]
    # Empty while the arm was not found to fire again.
    siblings: tuple[Sibling, ...]
    # What the law calls that; empty while it was not.
    offence: str

    @property
    def blocks(self) -> bool:
        return bool(blocking(self.missing))

    def require_open(self, viewer: Actor) -> None:
        """Refuse to decide again, or on what one recorded oneself.

        Raises:
            RuleBroken: ``DA-11``; ``DA-12``.
        """
        rules.STILL_WAITS.require(self.row.state)
        rules.ANOTHER_VERIFIES.require((self.record.recorded_by, viewer.name))


def deactivation_rows(
    where: DeactivationFilter, *, viewer: Actor, page: PageRequest
) -> Page[DeactivationRow]:
    """Give one page of deactivations, the latest first."""
    changes = ("known_at", "verification__known_at", "reactivations__known_at")
    rows = _filter(where, viewer).order_by("-pk")
    found = page_of(rows, page, changes=changes, by="pk")
    consultations.show_all(Deactivation, [each.pk for each in found.rows])
    return found.showing([_row(each) for each in found.rows])


def every_deactivation(
    where: DeactivationFilter, *, viewer: Actor
) -> Iterator[DeactivationRow]:
    """Give all deactivations of a list, the latest first, for a file."""
    rows = _filter(where, viewer).order_by("-pk")
    for each in rows.iterator(chunk_size=500):
        consultations.show(Deactivation, each.pk)
        yield _row(each)


def found_again(arm_id: int, *, viewer: Actor) -> list[Deactivation]:
    """Give the deactivations of an arm that fires again; none to who may not see."""
    if not viewer.may("deactivation.view"):
        return []
    rows = Deactivation.objects.visible_to(viewer).filter(arm=arm_id)
    return list(rows.filter(reactivations__isnull=False).distinct().order_by("pk"))


def waiting_count(*, viewer: Actor) -> int:
    """Count the deactivations that the viewer may verify, up to ``COUNTED``."""
    rows = Deactivation.objects.visible_to(viewer).filter(verification=None)
    own = rows.exclude(recorded_by=viewer.name)
    (waiting,) = counts_of(("deactivations", viewer.name), lambda: [own])
    return waiting


def deactivation_page(
    deactivation_id: int,
    *,
    viewer: Actor,
    at: datetime,
    law: Profile | None = None,
) -> DeactivationPage:
    """Give one deactivation with what stands in the way, and who shares its hands.

    Args:
        law: The profile that is asked; None for the one in use.
    """
    record = Deactivation.objects.get_visible(deactivation_id, viewer)
    consultations.show_opened(Deactivation, record.pk)
    row, facts = _row(record), facts_of(record)
    law, today = law or jurisdiction.profile(), timezone.localdate(at)
    is_open = row.state is DeactivationState.WAITING
    on = today if is_open else timezone.localdate(record.verification.known_at)
    named = Certificate.objects.filter(
        kind=CertificateKind.DEACTIVATION, subject=record.reference
    )
    found = tuple(record.reactivations.order_by("-known_at", "-pk"))
    named_so = {each.offence for each in found}
    return DeactivationPage(
        record=record,
        row=row,
        arm=_arm_of(record),
        asked=checking.provision_of(facts, law, on),
        missing=checking.missing(facts, law, on) if is_open else (),
        certificate=named.order_by("-pk").first(),
        reactivations=found,
        siblings=_siblings(record) if row.reactivations else (),
        offence=next(
            (each.words for each in law.offences if each.code in named_so), ""
        ),
    )


def paper_of_certificate(
    certificate_id: int, *, viewer: Actor
) -> DeactivationPaper | None:
    """Give what a certificate says of a deactivated arm; None of another kind.

    Whoever may see the certificate may: it names the arm to anybody who holds it.
    """
    issued = Certificate.objects.get_visible(certificate_id, viewer)
    if issued.kind != CertificateKind.DEACTIVATION:
        return None
    record = Deactivation.objects.get(pk=int(issued.subject[1:]))
    consultations.show_opened(Deactivation, record.pk)
    return DeactivationPaper(record, _arm_of(record))


def deactivation_called(text: str, *, viewer: Actor) -> int:
    """Give the key of the deactivation of a number, as a person types it."""
    found = declarations.identify(text)
    is_one = found is not None and found.number.letter == Deactivation.letter
    if found is None or not is_one:
        msg = message(
            "“%(number)s” is not the number of a deactivation; write U12.", number=text
        )
        raise NotFound(msg)
    return Deactivation.objects.get_visible(found.key, viewer).pk


def _arm_of(record: Deactivation) -> ArmRecord | None:
    return ArmRecord.objects.current().filter(arm_id=record.arm_id).first()


def _filter(where: DeactivationFilter, viewer: Actor) -> QuerySet[Deactivation]:
    rows = Deactivation.objects.visible_to(viewer)
    if where.state:
        rows = rows.filter(_has_come_to(where.state))
    if where.is_reactivated:
        found = Reactivation.objects.filter(deactivation=OuterRef("pk"))
        rows = rows.filter(Exists(found))
    if text := consultations.note_search(where.text):
        rows = rows.filter(_meant(text))
    return _whole(rows)


def _has_come_to(state: DeactivationState) -> Q:
    """Give the condition of a state, asked of each row: a join would sort them all."""
    made = Verification.objects.filter(deactivation=OuterRef("pk"))
    if state is DeactivationState.WAITING:
        return ~Q(Exists(made))
    return Q(Exists(made.filter(state=state)))


def _whole(rows: QuerySet[Deactivation]) -> QuerySet[Deactivation]:
    return rows.select_related("verification").prefetch_related("reactivations")


def _meant(text: str) -> Q:
    found = declarations.identify(text)
    if found is not None and found.number.letter in "UA":
        return Q(**{"pk" if found.number.letter == "U" else "arm_id": found.key})
    is_hand = Q(performed_by__icontains=text) | Q(performer__icontains=text)
    return is_hand | Q(verification__signatory__icontains=text)


def _siblings(record: Deactivation) -> tuple[Sibling, ...]:
    """Give those of the same verifier or deactivator; the most alike come first."""
    signed = record.verification
    verifier = Q(verification__signatory__iexact=signed.signatory)
    is_alike = Q(performed_by__iexact=record.performed_by) & ~Q(performed_by="")
    if signed.signatory:
        is_alike |= verifier
    rows = Deactivation.objects.filter(is_alike, verification__isnull=False)
    found = []
    for each in _whole(rows.exclude(pk=record.pk)).order_by("-pk")[:500]:
        row = _row(each)
        sibling = Sibling(
            row,
            bool(row.signatory)
            and row.signatory.casefold() == signed.signatory.casefold(),
            row.performed_by.casefold() == record.performed_by.casefold(),
            abs(row.performed_on - record.performed_on) <= MONTHS,
        )
        found.append(sibling)
    consultations.show_all(Deactivation, [each.row.deactivation_id for each in found])
    return tuple(sorted(found, key=_likeness, reverse=True))


def _likeness(one: Sibling) -> int:
    shared = (one.is_same_verifier, one.is_same_deactivator, one.is_same_months)
    return sum(shared)


def _row(record: Deactivation) -> DeactivationRow:
    signed = getattr(record, "verification", None)
    return fill(
        DeactivationRow,
        record,
        deactivation_id=record.pk,
        arm=f"A{record.arm_id}",
        signatory=signed.signatory if signed else "",
        standard=signed.standard if signed else record.foreign_standard,
        reactivations=len(record.reactivations.all()),
    )
