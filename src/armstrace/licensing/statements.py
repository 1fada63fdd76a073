"""How stated holders and their licences become records."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from armstrace.audit import ledger
from armstrace.licensing import rules
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, HolderRecord, Licence, LicenceTerms
from armstrace.licensing.standing import licences_stopped, refusals
from armstrace.records import jurisdiction, lengths
from armstrace.records.lengths import limits
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Columns, Held, Recorder
from armstrace.records.submissions import Submission
from armstrace.vocabulary import rows
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.licensing import CheckKind, LicenceType
from armstrace.vocabulary.look_alikes import number_key
from armstrace.vocabulary.outcomes import Recorded, RowOutcome
from armstrace.vocabulary.texts import is_visible

# Of what two may not act at once: numbers of holders and of licences.
HOLDERS = "holders"
RECORDED = ("name", "place", "region", "country")
LICENSED = ("number", "licence_type", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class LicenceStatement:
    """A licence as the statement of its holder tells of it."""

    number: str
    holder_number: str
    licence_type: str
    valid_from: date | None = None
    valid_until: date | None = None
    known_at: datetime | None = None

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=("known_at",))


class Allowed(NamedTuple):
    """What a licence allows, and when."""

    licence_type: str
    valid_from: date | None
    valid_until: date | None

    def exceeds(self, other: "Allowed") -> bool:
        """Tell whether it allows something else, or on more days."""
        return (
            self.licence_type not in {"", other.licence_type}
            or (self.valid_from or date.min) < (other.valid_from or date.min)
            or (self.valid_until or date.max) > (other.valid_until or date.max)
        )


class LicenceRecorder(Recorder[LicenceStatement]):
    """Licences of holders; each keeps its own times."""

    store: ClassVar = Store(
        tables=(Licence,), owner="holder_id", number="number", is_by_source=False
    )
    grant = "holder.record"
    numbered_by = "licence_number"

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission)
        self.holders: Mapping[str, int] = {}

    def version(
        self, stated: LicenceStatement, was: OnRecord | None
    ) -> dict[str, object]:
        """Give a first version its reason too: from where it is taken over."""
        return {**super().version(stated, was), "reason": self.submission.reason}

    def write(
        self, plan: Plan[LicenceStatement], entry: ledger.Entry
    ) -> Mapping[str, int]:
        self.replace(plan, entry, lambda each: (Licence, self._licence(each)))
        return {each.number: self.holders[each.holder_number] for each in plan.new}

    def _licence(self, stated: LicenceStatement) -> Columns:
        told = {name: getattr(stated, name) for name in LICENSED}
        told["number_key"] = number_key(stated.number)
        return told | {"holder_id": self.holders[stated.holder_number]}


class HolderRecorder(Recorder[HolderInput]):
    """Holders, each with the licence that is stated of it."""

    store: ClassVar = Store(
        tables=(HolderRecord,),
        owner="holder_id",
        identity=Holder,
        number="number",
        is_by_source=False,
    )
    grant = "holder.record"
    numbered_by = "holder_number"
    limits = (
        *limits(Holder, ["number"], {"number": "holder_number"}, of=HolderInput),
        *limits(HolderRecord, RECORDED, of=HolderInput),
        *limits(Licence, {"licence_number": "number"}, of=HolderInput),
    )

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission)
        self.licences = LicenceRecorder(submission)
        self._unlicensed: dict[str, Recorded] = {}
        # Kept from one part of a file to the next: what was foretold counts too.
        self._licensed: dict[str, str] = {}
        # Of licences that an application led to: it.
        self._issued: dict[str, str] = {}
        # Of licences on record: what they allow, and when.
        self._allowed: dict[str, Allowed] = {}
        # Of holders: a licence that is suspended or revoked, or what was refused.
        self._barred: dict[str, str] = {}

    def prepare(
        self, stated: Collection[HolderInput], known: Mapping[str, OnRecord]
    ) -> None:
        """Foretell the licences: a holder is refused whose licence would be."""
        del known
        told = {each.number: _licence(each) for each in stated if each.licence_number}
        numbers = {each.number for each in told.values()}
        held = Licence.objects.current().filter(among("number", numbers))
        rows = held.values_list("holder__number", *LICENSED)
        of_holders = {number: holder for holder, number, *_ in rows}
        self._licensed = of_holders | self._licensed
        self._allowed = {number: Allowed(*told) for _, number, *told in rows}
        self._issued = _applications_of(self._allowed)
        self._barred = _bars_of({each.number for each in stated}, self.today)
        outcomes = self.licences.foretell(list(told.values()))
        self._unlicensed = {
            number: outcome
            for number, outcome in zip(told, outcomes, strict=True)
            if outcome.fate in {RowOutcome.REFUSED, RowOutcome.CONFLICT}
        }

    def fit(self, stated: HolderInput, was: OnRecord | None) -> Recorded | None:
        """Refuse a holder whose licence is another's, or cannot be recorded."""
        at = was.owner if was is not None else 0
        if unfit := lengths.refuse_day(stated):
            return Recorded.from_error(unfit, at=at)
        for field, rule, facts in self._terms(stated):
            if not rule.holds(facts):
                return Recorded.from_error(rule.broken(facts), at=at, field=field)
        refused = self._unlicensed.get(stated.number)
        if refused is None and stated.licence_number:
            self._licensed[stated.licence_number] = stated.number
        return refused

    def gives_more(self, stated: HolderInput) -> bool:
        """Tell whether a licence was not on record, or allowed less there."""
        allowed = self._allowed.get(stated.licence_number)
        is_more = allowed is None or _terms_of(stated).exceeds(allowed)
        return bool(stated.licence_number) and is_more

    def _terms(self, stated: HolderInput) -> Iterator[Held]:
        yield "name", rules.READABLE, (is_visible(stated.name or "-"),)
        licence = stated.licence_number
        known = self._licensed.get(licence, "")
        facts = (licence, known, stated.number)
        yield "licence_number", rules.ONE_HOLDER, facts
        if self.gives_more(stated):
            barred = self._barred.get(stated.number, "")
            yield "licence_number", rules.NOT_BESIDE, (licence, barred)
        is_as_issued = self._allowed.get(licence) == _terms_of(stated)
        applied = (licence, self._issued.get(licence, ""), is_as_issued)
        yield "licence_number", rules.BY_APPLICATION, applied
        term = (licence, stated.valid_from, stated.valid_until)
        yield "valid_until", rules.ENDS_AFTER_IT_BEGINS, term

    def write(self, plan: Plan[HolderInput], entry: ledger.Entry) -> dict[str, int]:
        ids = self.begin(plan, entry, _with_key)
        self.replace(
            plan,
            entry,
            lambda each: (HolderRecord, _record(each, ids[each.number])),
        )
        self.licences.holders = ids
        told = [_licence(each) for each in plan.written if each.licence_number]
        self.licences.write(self.licences.plan(told), entry)
        return ids


def _applications_of(numbers: Collection[str]) -> dict[str, str]:
    """Give the applications that led to licences, by the numbers of these."""
    terms = LicenceTerms.objects.current().filter(
        among("number", numbers), application__isnull=False
    )
    applied = terms.values_list("number", "application_id")
    return {number: f"Q{application}" for number, application in applied}


def _bars_of(holders: Collection[str], on: date) -> dict[str, str]:
    """Give of holders a licence that was stopped, or an application that was refused.

    A refusal counts as long as who decides is shown it, of an activity of which the
    profile asks for it.
    """
    matters = [
        activity
        for activity in LicenceType
        for check in jurisdiction.profile().checks_of(activity, on)
        if check.asks is CheckKind.NO_REFUSAL
    ]
    refused = refusals(on).filter(
        among("application__holder__number", holders),
        application__activity__in=matters,
    )
    asked = refused.values_list("application__holder__number", "application_id")
    held = Licence.objects.current().filter(among("holder__number", holders))
    barred = dict(licences_stopped(held).values_list("holder__number", "number"))
    return {holder: f"Q{application}" for holder, application in asked} | barred


def _licence(stated: HolderInput) -> LicenceStatement:
    named = {"number": stated.licence_number, "holder_number": stated.number}
    return rows.fill(LicenceStatement, stated, **named)


def _terms_of(stated: HolderInput) -> Allowed:
    return Allowed(stated.licence_type, stated.valid_from, stated.valid_until)


def _with_key(stated: HolderInput) -> Columns:
    return {"number": stated.number, "number_key": number_key(stated.number)}


def _record(stated: HolderInput, holder_id: int) -> Columns:
    known = {name: getattr(stated, name) for name in RECORDED}
    return known | {"holder_id": holder_id, "kind": stated.kind.value}
