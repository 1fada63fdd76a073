"""How far vetting is, which is all that licensing asks, and who is screened."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from armstrace.audit import consultations, declarations
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet
from armstrace.vetting.inputs import Screened
from armstrace.vetting.models import Answer, Hit, VettingRequest
from armstrace.vocabulary.texts import bare
from armstrace.vocabulary.vetting import Capacity, Examined, VettingAnswer, VettingState


class Vetting(NamedTuple):
    """How far vetting of a subject is; None where nobody asked, or no answer holds."""

    state: VettingState | None = None
    answer: VettingAnswer | None = None
    # Key of the request that says so.
    request: int | None = None


class Applicant(NamedTuple):
    """Who applies, as a request for vetting names them."""

    # Number of the record that they stand in, such as H12.
    subject: str
    # Bare; those that the record gave them until now.
    names: frozenset[str]
    born_on: date | None = None

    def is_named_in(self, asked: VettingRequest, *, adverse: Collection[int]) -> bool:
        """Tell whether a request is about this person, and nobody else.

        One of the requests to which the answer is adverse is, whatever day of birth
        was typed in it.
        """
        days = {self.born_on, asked.born_on} - {None}
        return (
            asked.subject == self.subject
            and bare(asked.name) in self.names
            and (len(days) < 2 or asked.pk in adverse)
        )


def vetting_of(people: Collection[Applicant], at: datetime) -> dict[Applicant, Vetting]:
    """Give how far vetting of each is; the latest answer counts while it holds.

    What was asked of them in another capacity, or under their number of somebody
    else, says nothing of an applicant.

    Args:
        at: The moment that is asked about; later answers do not count.

    Source:
        Background paper (2018), para. 33.
    """
    subjects = {each.subject for each in people}
    asked = VettingRequest.objects.get_queryset().filter(
        among("subject", subjects), capacity=Capacity.APPLICANT, known_at__lte=at
    )
    requests: dict[str, list[VettingRequest]] = defaultdict(list)
    for each in asked.order_by("pk"):
        requests[each.subject].append(each)
    given = Answer.objects.as_of(at).filter(
        among("request__subject", subjects), request__capacity=Capacity.APPLICANT
    )
    answers = {each.request_id: each for each in given.order_by("known_at", "pk")}
    today = timezone.localdate(at)
    adverse = {
        key
        for key, one in answers.items()
        if one.answer == VettingAnswer.ADVERSE and today <= one.valid_until
    }
    return {
        each: _vetting(
            [e for e in requests[each.subject] if each.is_named_in(e, adverse=adverse)],
            answers,
            today,
        )
        for each in people
    }


def _vetting(
    asked: Sequence[VettingRequest], answers: Mapping[int, Answer], today: date
) -> Vetting:
    """Give how far vetting of one is, of what was asked and answered of them."""
    if not asked:
        return Vetting()
    given = [answers[each.pk] for each in asked if each.pk in answers]
    last = max(given, key=lambda each: (each.known_at, each.pk), default=None)
    if last and today <= last.valid_until:
        answer = VettingAnswer(last.answer)
        return Vetting(VettingState.IN_FORCE, answer, last.request_id)
    key = asked[-1].pk
    state = VettingState.OVERDUE if key in answers else VettingState.WAITING
    return Vetting(state, request=key)


def waiting(subject: str, capacity: str = "", name: str = "") -> VettingRequest | None:
    """Give the request of a subject that nobody has answered yet.

    Args:
        capacity: As what the person is vetted; empty where any counts.
        name: Of the person; empty where any counts.
    """
    asked = VettingRequest.objects.get_queryset().exclude(subject="")
    rows = asked.filter(subject=subject, answers=None).order_by("pk")
    found = rows.filter(capacity=capacity) if capacity else rows
    return next((e for e in found if not name or bare(e.name) == bare(name)), None)


def adverse_beside(asked: VettingRequest, today: date) -> VettingRequest | None:
    """Give another request about the same person whose adverse answer still holds.

    A day of birth does not tell them apart: it is easily mistyped.
    """
    adverse = _adverse(today)
    rows = VettingRequest.objects.get_queryset().filter(
        subject=asked.subject,
        capacity=asked.capacity,
        pk__in=adverse.values("request"),
    )
    name = bare(asked.name)
    others = rows.exclude(pk=asked.pk).order_by("-pk")
    return next((each for each in others if bare(each.name) == name), None)


def adverse_subjects(letter: str, today: date) -> set[int]:
    """Give the keys of the records of one kind about whom an adverse answer holds."""
    rows = _adverse(today).filter(request__subject__startswith=letter)
    return {int(each[1:]) for each in rows.values_list("request__subject", flat=True)}


def _adverse(today: date) -> VersionQuerySet[Answer]:
    return Answer.objects.current().filter(
        answer=VettingAnswer.ADVERSE, valid_until__gte=today
    )


def staff_vetting(names: Collection[str], at: datetime) -> Vetting:
    """Give how far vetting of a member of staff is, who stands in no record.

    Args:
        names: Any of which is theirs, in whatever letter case.

    Source:
        Background paper (2018), para. 38.
    """
    folded = {each.casefold() for each in names if each.strip()}
    asked = VettingRequest.objects.get_queryset().filter(
        capacity=Capacity.STAFF, known_at__lte=at
    )
    own = [
        key
        for key, name in asked.values_list("pk", "name")
        if name.strip().casefold() in folded
    ]
    last = Answer.objects.as_of(at).filter(request__in=own).order_by("pk").last()
    if last is None:
        return Vetting(VettingState.WAITING if own else None)
    is_over = timezone.localdate(at) > last.valid_until
    state = VettingState.OVERDUE if is_over else VettingState.IN_FORCE
    return Vetting(state, VettingAnswer(last.answer))


def open_hits(asked: VettingRequest) -> list[Hit]:
    """Give the hits of whom a request is about that nobody judged to be another.

    An associate is asked for under the number of somebody else, whose hits are not
    theirs unless the name is.
    """
    rows = Hit.objects.current().filter(subject=asked.subject or asked.reference)
    found = rows.exclude(examined=Examined.DIFFERENT).order_by("-score", "pk")
    is_other = asked.capacity == Capacity.ASSOCIATE
    name = bare(asked.name)
    return [e for e in found if not is_other or bare(e.subject_name) == name]


def births(people: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[date]]:
    """Give the days of birth that requests for vetting tell, by subject and name.

    Args:
        people: The number of the record that each stands in, and the name there.
    """
    names = {(subject, bare(name)): (subject, name) for subject, name in people}
    numbers = {subject for subject, _ in people}
    asked = VettingRequest.objects.get_queryset().exclude(born_on=None)
    own = {int(each[1:]) for each in numbers if each[:1] == VettingRequest.letter}
    rows = asked.filter(Q(among("subject", numbers)) | Q(pk__in=own, subject=""))
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for each in rows.order_by("pk"):
        person = names.get((each.subject or each.reference, bare(each.name)))
        if person and each.born_on and each.born_on not in found[person]:
            found[person].append(each.born_on)
    return found


def show_subjects(numbers: Iterable[str]) -> None:
    """Note the records that those who are vetted stand in: a look at them too."""
    for found in map(declarations.identify, numbers):
        if found is not None:
            model = apps.get_model(found.app, found.number.model)
            consultations.show(model, found.key)


def subjects(after: int, most: int, since: datetime | None) -> list[Screened]:
    """Give people who are vetted and stand in no record of their own, in order."""
    rows = VettingRequest.objects.get_queryset().filter(pk__gt=after, subject="")
    if since is not None:
        rows = rows.filter(known_at__gte=since)
    return [subject_of(each) for each in rows.order_by("pk")[:most]]


def subject_of(asked: VettingRequest) -> Screened:
    """Give whom a request is about, as lists are searched for them."""
    return Screened(
        asked.pk,
        asked.subject or asked.reference,
        asked.name,
        "Person",
        (asked.born_on.isoformat(),) if asked.born_on else (),
    )
