"""Whether licences are in force on a day, and what the checks need to know."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from armstrace.licensing.checking import Facts
from armstrace.licensing.models import (
    ApplicationDocument,
    ApplicationRecord,
    HolderRecord,
    Licence,
    LicenceTerms,
)
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.vetting.standing import Applicant, vetting_of
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    DocumentKind,
    LicenceStage,
    LicenceType,
)
from armstrace.vocabulary.profiles import CountedFrom, RecordClass
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.texts import bare

# What the authority did to a licence, whose last day may have come since.
RESTRICTED = frozenset({LicenceStage.SUSPENDED, LicenceStage.REVOKED})
# How long a holder is still asked for the licence of the kind that it was.
LATELY = timedelta(90)


@dataclass(frozen=True, slots=True)
class Permit:
    """A licence in force on a day, with what it allowed then."""

    licence: Licence
    # None where a register gave none.
    terms: LicenceTerms | None
    # First day of the renewal that came after it; None where none did.
    before: date | None = None


def terms_of(licences: Iterable[Licence], on: date) -> Mapping[str, LicenceTerms]:
    """Give the terms of licences at the end of a day, by number, in one query.

    Terms that became known later count where nothing was known on that day.
    """
    said = _terms_said(each.number for each in licences)
    stood = {number: _stood(terms, on) for number, terms in said.items()}
    return {number: terms for number, terms in stood.items() if terms}


def _terms_said(numbers: Iterable[str]) -> dict[str, list[LicenceTerms]]:
    rows = LicenceTerms.objects.filter(among("number", numbers))
    found: dict[str, list[LicenceTerms]] = defaultdict(list)
    for each in rows.select_related("application").order_by("known_at", "pk"):
        found[each.number].append(each)
    return found


def _stood(said: Iterable[LicenceTerms], on: date) -> LicenceTerms | None:
    found, end = None, end_of(on)
    for each in said:
        is_first = found is None and each.stage == LicenceStage.ISSUED
        found = each if each.known_at <= end or is_first else found
    return found


@dataclass(frozen=True, slots=True)
class Period:
    """A version of a licence, with its terms as far as they are of its days."""

    licence: Licence
    terms: LicenceTerms | None
    # First day of the renewal or change that came after it; None where none did.
    before: date | None
    # Whether a correction took its place: then it counts only as it was known.
    is_corrected: bool

    @property
    def last_day(self) -> date | None:
        """Give its last day, or the one before the renewal; None where it has none."""
        ends = [self.licence.valid_until, self.before and self.before - timedelta(1)]
        return min((each for each in ends if each), default=None)

    @property
    def has_days_before(self) -> bool:
        """Tell whether it counts on days before a renewal."""
        begun = self.licence.valid_from or date.min
        return not self.is_corrected and begun < (self.before or date.min)

    def counts_on(self, on: date) -> bool:
        """Tell whether a day is judged by this version."""
        ends, end = self.licence.superseded_at, end_of(on)
        if ends is None or self.licence.known_at <= end < ends:
            return True
        return not self.is_corrected and self.before is not None and on < self.before


def periods_of(
    versions: Sequence[Licence], said: Sequence[LicenceTerms], on: date
) -> Iterator[Period]:
    """Give the versions of a licence, the newest first, of renewals and corrections.

    Args:
        versions: All of them, in order.
        said: All that was said of its terms, in order.
        on: The day whose terms are asked.
    """
    renewed = _renewals(said)
    newest: Licence | None = None
    later: Licence | None = None
    before = None
    for each in reversed(versions):
        place = renewed.get(later.known_at) if later else None
        if newest is not None and place is not None:
            said, before, newest = said[:place], newest.valid_from, None
        yield Period(each, _stood(said, on), before, is_corrected=newest is not None)
        newest, later = newest or each, each


def _renewals(said: Sequence[LicenceTerms]) -> dict[datetime, int]:
    """Give where the terms of renewals and changes begin, by when they were issued."""
    found, application = {}, None
    for place, each in enumerate(said):
        one = each.application
        if one and one.pk != application and one.kind != ApplicationKind.NEW:
            found[each.known_at] = place
        application = each.application_id
    return found


def end_of(day: date) -> datetime:
    """Give the last moment of a day of this country."""
    return timezone.make_aware(datetime.combine(day, time.max))


def stage_of(licence: Licence, terms: LicenceTerms | None, on: date) -> LicenceStage:
    """Give the status of a licence on a day; its last day is still in force.

    One that ends while it is suspended stays so: it is reinstated before it is renewed.
    """
    stage = LicenceStage(terms.stage) if terms else LicenceStage.ISSUED
    is_over = licence.valid_until is not None and licence.valid_until < on
    return LicenceStage.EXPIRED if is_over and stage not in RESTRICTED else stage


def stages_of(licences: Sequence[Licence], on: date) -> list[LicenceStage]:
    """Give the status of each of some licences on a day, in one query."""
    terms = terms_of(licences, on)
    return [stage_of(each, terms.get(each.number), on) for each in licences]


def is_in_force(licence: Licence, terms: LicenceTerms | None, on: date) -> bool:
    """Tell whether a licence allows something on a day: dated, and not suspended."""
    is_issued = stage_of(licence, terms, on) is LicenceStage.ISSUED
    return is_issued and licence.is_valid_on(on)


def in_force(licences: Collection[Licence], on: date) -> list[Licence]:
    """Keep the licences that allow something on a day, in two queries."""
    holders = {each.holder_id for each in licences}
    told = Licences(_in_order(Licence.objects.filter(among("holder_id", holders))))
    return [each for each in licences if any(told.of_day(each.number, on))]


def _in_order(rows: QuerySet[Licence]) -> QuerySet[Licence]:
    return rows.select_related("holder").order_by("pk")


class Licences:
    """Some licences in all versions with all that was said of them, read at once."""

    def __init__(self, rows: Iterable[Licence]) -> None:
        self._held: dict[str, dict[str, None]] = defaultdict(dict)
        self._versions: dict[str, list[Licence]] = defaultdict(list)
        for each in rows:
            self._held[each.holder.number][each.number] = None
            self._versions[each.number].append(each)
        self._said = _terms_said(self._versions) if self._versions else {}
        self.kinds_before: list[tuple[str, str, datetime]] = []

    @classmethod
    def of_holders(cls, numbers: Iterable[str]) -> "Licences":
        if not (asked := set(numbers)):
            return cls(())
        found = cls(_in_order(Licence.objects.filter(among("holder__number", asked))))
        rows = HolderRecord.objects.filter(among("holder__number", asked))
        told = rows.filter(superseded_at__isnull=False)
        columns = ("holder__number", "kind", "superseded_at")
        found.kinds_before = list(told.values_list(*columns))
        return found

    def kinds_lately(self, holder: str, today: date) -> set[HolderKind]:
        """Give the kinds that a holder was on record as in the last 90 days."""
        since = end_of(today - LATELY)
        rows = self.kinds_before
        return {
            HolderKind(kind) for of, kind, at in rows if of == holder and at > since
        }

    def with_a_limit(self) -> set[str]:
        return {
            holder
            for holder, held in self._held.items()
            for each in held
            for terms in self._said.get(each, ())
            if terms.quantity is not None
        }

    def permits(
        self, holder: str, types: Iterable[LicenceType], on: date
    ) -> list[Permit]:
        """Give the licences by which a holder may do something on a day."""
        asked = set(types)
        allowing: dict[str, Permit] = {}
        for number in self._held.get(holder, ()):
            for each in self.of_day(number, on):
                if each.licence.licence_type in asked:
                    allowing.setdefault(number, each)
        return list(allowing.values())

    def under_restriction(
        self, holder: str, types: Iterable[LicenceType], on: date
    ) -> str:
        """Give a licence that is suspended or revoked on a day, where none is left.

        Empty where one of these is in force, or none was stopped.
        """
        asked = set(types)
        if self.permits(holder, asked, on):
            return ""
        for number in self._held.get(holder, ()):
            terms = _stood(self._said.get(number, ()), on)
            is_asked = self._versions[number][-1].licence_type in asked
            if is_asked and terms is not None and terms.stage in RESTRICTED:
                return number
        return ""

    def ended_on(
        self, holder: str, types: Iterable[LicenceType], on: date
    ) -> date | None:
        """Give since when a holder has none of some licences any more on a day.

        None where one is in force or only suspended, or where none has ended.
        """
        asked, days = set(types), []
        for number in self._held.get(holder, ()):
            versions, said = self._versions[number], self._said.get(number, ())
            if versions[-1].licence_type not in asked:
                continue
            terms = _stood(said, on)
            stage = stage_of(versions[-1], terms, on)
            if stage is LicenceStage.SUSPENDED or any(self.of_day(number, on)):
                return None
            ends = [each.valid_until for each in versions if each.valid_until]
            days += [end + timedelta(1) for end in ends if end < on]
            if stage is LicenceStage.REVOKED and terms is not None:
                days.append(timezone.localdate(terms.known_at))
        return max(days, default=None)

    def of_day(self, number: str, on: date) -> Iterator[Permit]:
        """Give what the versions of a licence allowed on a day, the newest first.

        One that was renewed since allowed what it did before the renewal begins, and
        one that was corrected since what was known on that day.
        """
        said = self._said.get(number, ())
        status = _stood(said, on)
        for each in periods_of(self._versions.get(number, ()), said, on):
            if each.counts_on(on) and is_in_force(each.licence, status, on):
                yield Permit(each.licence, each.terms, each.before)


def lock_licences(holders: Iterable[str]) -> None:
    """Lock the licences of holders until the transaction ends.

    Of two who draw on one licence, the second counts the first.
    """
    rows = Licence.objects.filter(among("holder__number", holders)).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def facts_of(
    records: Sequence[ApplicationRecord], on: date, told_at: datetime | None = None
) -> dict[int, Facts]:
    """Give what the checks ask of applications, in a query for each kind of fact.

    Args:
        records: With their applications.
        on: The day on which licences have to be in force.
        told_at: Until when answers of vetting count; None for the end of that day.
    """
    holders = {each.application.holder_id for each in records}
    documents: dict[int, list[DocumentKind]] = defaultdict(list)
    attached = ApplicationDocument.objects.get_queryset().filter(
        among("application_id", [each.application_id for each in records])
    )
    for application, kind in attached.values_list("application_id", "kind"):
        documents[application].append(DocumentKind(kind))
    held = Licence.objects.current().filter(among("holder_id", holders))
    licences: dict[int, dict[LicenceType, str]] = defaultdict(dict)
    # A register may not say what a licence allows.
    for each in in_force(held.exclude(licence_type=""), on):
        licences[each.holder_id][LicenceType(each.licence_type)] = each.number
    named = HolderRecord.objects.current().filter(among("holder_id", holders))
    kinds = dict(named.values_list("holder_id", "kind"))
    refused = _refusals(holders, on)
    barred = dict(licences_stopped(held).values_list("holder_id", "number"))
    applicants = applicants_of(records)
    vetting = vetting_of(applicants.values(), told_at or end_of(on))
    return {
        each.application_id: fill(
            Facts,
            each,
            activity=LicenceType(each.application.activity),
            holder_kind=HolderKind(kinds[each.application.holder_id]),
            documents=tuple(documents[each.application_id]),
            licences=licences[each.application.holder_id],
            refused_on=max(
                (
                    day
                    for other, day in refused[each.application.holder_id]
                    if other != each.application_id
                ),
                default=None,
            ),
            stopped=barred.get(each.application.holder_id, ""),
            vetting=vetting[applicants[each.application_id]].state,
            vetting_answer=vetting[applicants[each.application_id]].answer,
        )
        for each in records
    }


def licences_stopped(held: QuerySet[Licence]) -> QuerySet[Licence]:
    """Keep the licences that are suspended or revoked."""
    terms = LicenceTerms.objects.current().filter(stage__in=RESTRICTED)
    return held.filter(number__in=terms.values("number"))


def applicants_of(records: Sequence[ApplicationRecord]) -> dict[int, Applicant]:
    """Give who applies, by application, with every name that their record gave."""
    holders = {each.application.holder_id for each in records}
    called: dict[int, set[str]] = defaultdict(set)
    rows = HolderRecord.objects.get_queryset().filter(among("holder_id", holders))
    for holder, name in rows.values_list("holder_id", "name"):
        called[holder].add(bare(name))
    return {
        each.application_id: Applicant(
            f"H{each.application.holder_id}",
            frozenset(called[each.application.holder_id]),
            each.born_on,
        )
        for each in records
    }


def refusal_until(decided_on: date | None, today: date) -> date | None:
    """Give the last day on which a refusal is shown; None where no rule ends it."""
    begun = {CountedFrom.RECORD: decided_on or today}
    return jurisdiction.profile().kept_until(RecordClass.REFUSAL, begun, today)


def refusals(on: date) -> QuerySet[ApplicationRecord]:
    """Give what was refused, as long as it is still visible on a day."""
    return ApplicationRecord.objects.current().filter(
        Q(visible_until=None) | Q(visible_until__gte=on),
        stage__in=(LicenceStage.REFUSED, LicenceStage.APPEALED),
    )


def _refusals(holders: Iterable[int], on: date) -> dict[int, list[tuple[int, date]]]:
    """Give by holder what was refused, or withdrawn when its refusal was proposed."""
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    avoided = ApplicationRecord.objects.current().filter(
        stage=LicenceStage.WITHDRAWN, is_granted=False
    )
    rows = (refusals(on) | avoided).filter(among("application__holder_id", holders))
    columns = ("application__holder_id", "application_id", "decided_on", "known_at")
    for holder, application, decided_on, known_at in rows.values_list(*columns):
        day = decided_on or timezone.localdate(known_at)
        found[holder].append((application, day))
    return found
