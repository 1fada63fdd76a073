"""The register of refusals, for these eyes and for other States."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from armstrace.audit import consultations
from armstrace.records import jurisdiction
from armstrace.records.lookups import page_of
from armstrace.vetting.models import Refusal, RefusalRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.profiles import RecordClass
from armstrace.vocabulary.vetting import RefusalState


@dataclass(frozen=True, slots=True)
class RefusalFilter:
    """What narrows the register; empty means any."""

    # Part of a name, or the national reference.
    text: str = ""
    # Whether other States see it.
    state: RefusalState | None = None


def refusal_rows(
    where: RefusalFilter, *, viewer: Actor, today: date, page: PageRequest
) -> Page[RefusalRecord]:
    """Give one page of refusals, the latest decision first."""
    rows = _in_state(where.state, viewer, today)
    if text := consultations.note_search(where.text):
        exact = rows.filter(national_reference=text)
        rows = exact if exact.exists() else rows.filter(name__icontains=text)
    found = page_of(rows.order_by("-decided_on", "-pk"), page)
    consultations.show_all(Refusal, [each.refusal_id for each in found.rows])
    return found


def visible_refusals(*, viewer: Actor, today: date) -> list[RefusalRecord]:
    """Give what other States see of the register today, in a fixed order.

    Source:
        Delegated Regulation (EU) 2021/1423, arts. 3, 5.
    """
    rows = list(_in_state(RefusalState.VISIBLE, viewer, today).order_by("refusal_id"))
    consultations.show_all(Refusal, [each.refusal_id for each in rows])
    return rows


def refusal_page(refusal_id: int, *, viewer: Actor) -> tuple[RefusalRecord, ...]:
    """Give the states of one refusal, the latest first."""
    refusal = Refusal.objects.get_visible(refusal_id, viewer)
    consultations.show_opened(Refusal, refusal.pk)
    rows = RefusalRecord.objects.visible_to(viewer).filter(refusal=refusal)
    return tuple(rows.select_related("refusal").order_by("-known_at", "-pk"))


def count_to_review(*, viewer: Actor, today: date) -> int:
    """Count the refusals whose review is due within a year."""
    return _in_state(RefusalState.TO_REVIEW, viewer, today).count()


def _in_state(
    state: RefusalState | None, viewer: Actor, today: date
) -> QuerySet[RefusalRecord]:
    rows = RefusalRecord.objects.current().visible_to(viewer).select_related("refusal")
    if state == RefusalState.VISIBLE:
        return rows.filter(_is_visible(today))
    if state == RefusalState.ENDED:
        return rows.exclude(_is_visible(today))
    if state == RefusalState.TO_REVIEW:
        return rows.filter(review_by__lte=date.fromordinal(today.toordinal() + 365))
    return rows


def _is_visible(today: date) -> Q:
    """Give the condition that other States see a refusal on a day.

    Where the law of the decision's day keeps refusals for ever, they have no last day.
    """
    found = Q(visible_until__gte=today)
    for rule in jurisdiction.profile().retentions:
        if rule.record is RecordClass.REFUSAL and rule.years is None:
            begun, ends = rule.valid_from or date.min, rule.valid_until or date.max
            found |= Q(
                visible_until=None, is_annulled=False, decided_on__range=(begun, ends)
            )
    return found
