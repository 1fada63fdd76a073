"""Ask for vetting, and answer."""

from datetime import date, datetime

from django.apps import apps
from django.utils import timezone

from armstrace.accounts import independence
from armstrace.audit import declarations, ledger
from armstrace.records import acts, closing, jurisdiction, lengths, scope
from armstrace.records.rules import require_happened
from armstrace.vetting import rules, screening, standing
from armstrace.vetting.inputs import VettingInput
from armstrace.vetting.models import Answer, VettingRequest
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import bare
from armstrace.vocabulary.vetting import Capacity, VettingAnswer

LIMITS = lengths.limits(VettingRequest, ["name", "subject"], of=VettingInput)


def ask_vetting(*, stated: VettingInput, by: Actor, at: datetime) -> VettingRequest:
    """Ask to vet a person, and look for the name on the lists that are loaded.

    Raises:
        InvalidInput: There is no record of the subject's number here.
        RuleBroken: ``VE-01``, the person has no name; ``VE-13``, it is asked for
            already; ``VE-16``, it is the record of somebody else; ``RS-03``, the
            day of birth has not come.

    Source:
        Background paper (2018), paras. 33, 38.
    """
    by.require("vetting.ask")
    rules.NAMED.require(stated.name)
    lengths.require_fits(stated, *LIMITS)
    require_happened("born_on", stated.born_on, timezone.localdate(at))
    with ledger.entry("vetting.asked", by=by, at=at) as entry:
        subject = _subject(stated, by)
        waits = standing.waiting(subject, stated.capacity, stated.name)
        rules.ASKED_ONCE.require((subject, waits.reference if waits else ""))
        made = VettingRequest.objects.create(
            subject=subject,
            name=stated.name.strip(),
            born_on=stated.born_on,
            capacity=stated.capacity.value,
            asked_by=by.name,
            known_at=at,
        )
        entry.about(made, capacity=made.capacity)
        screening.propose_hits(standing.subject_of(made), entry)
    return made


def _subject(stated: VettingInput, by: Actor) -> str:
    if not (text := stated.subject.strip()):
        return ""
    found = _identify(text, by)
    if found is None or not scope.is_visible(
        found.app, found.number.model, found.key, viewer=by
    ):
        said = message(
            "There is no record %(number)s here; write a number such as H12, or none.",
            number=text,
        )
        raise InvalidInput(said, field="subject")
    # Locked, so that of two who ask at once the second finds the first.
    table = apps.get_model(found.app, found.number.model)
    acts.lock(table, found.key)
    if found.number.names and stated.capacity is not Capacity.ASSOCIATE:
        rows = table._default_manager.filter(pk=found.key)  # noqa: SLF001 -- Django's documented model API
        names = map(bare, rows.values_list(found.number.names, flat=True))
        rules.ON_RECORD.require(
            (found.written, stated.name, bare(stated.name) in names)
        )
    return found.written


def _identify(text: str, by: Actor) -> declarations.Identified | None:
    """Read a number such as H12, or one on the papers of who can be vetted."""
    on_paper = (
        declarations.Identified(app, named, key)
        for app, named in declarations.numbers_declared()
        if named.names
        for key in scope.keys_on_paper(app, named, text, viewer=by)
    )
    found = {each.written: each for each in on_paper}
    if own := declarations.identify(text):
        found[own.written] = own
    if len(found) > 1:
        said = message(
            "%(number)s may mean %(records)s; write another number of the one that is "
            "meant.",
            number=text,
            records=tuple(sorted(found)),
        )
        raise InvalidInput(said, field="subject")
    return next(iter(found.values()), None)


def answer_vetting(  # noqa: PLR0913 -- an answer, and which one it replaces
    *,
    request_id: int,
    answer: VettingAnswer,
    valid_until: date | None = None,
    reason: str = "",
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Answer:
    """Answer a request; answer it anew with a reason, such as that time is up.

    Args:
        answer: What was found; what it rests on is not kept here.
        valid_until: The last day on which it holds; where None, as long as the
            profile lets it.
        seen: Key of the answer that the person saw, 0 where there was none; None
            asks for no check.

    Raises:
        InvalidInput: The year of the last day is a slip.
        RuleBroken: ``VE-02``, who asked does not answer; ``VE-03``, it holds too long
            or not at all; ``VE-04``, a new answer needs a reason; ``VE-14``, clear
            beside open hits does too; ``VE-15``, and beside an adverse answer;
            ``VE-12``, somebody answered since;
            ``AC-09``, one of the two set up the other's account.

    Source:
        Background paper (2018), paras. 33, 38.
    """
    by.require("vetting.decide")
    lengths.require_day("valid_until", valid_until)
    lengths.require_fits(reason, lengths.REASON)
    asked = VettingRequest.objects.get_visible(request_id, by)
    rules.OTHER_ANSWERS.require((asked.asked_by, by.name))
    independence.require(asked.asked_by, by.name, at)
    today = timezone.localdate(at)
    last = jurisdiction.profile().vetting_until(Capacity(asked.capacity), today)
    until = valid_until or last or today
    rules.HOLDS_UNTIL.require((until, last, today))
    with ledger.entry("vetting.answered", by=by, at=at) as entry:
        locked = VettingRequest.objects.get_queryset().select_for_update()
        was = Answer.objects.current().filter(request=locked.get(pk=request_id)).first()
        is_seen = seen is None or seen == (was.pk if was is not None else 0)
        rules.SEEN.require((asked.reference, is_seen))
        if was is not None:
            lengths.require_reason(rules.REASONED, reason)
        hits, subject = len(standing.open_hits(asked)), asked.subject or asked.reference
        rules.CLEAR_OF_HITS.require((hits, subject, answer, reason))
        beside = standing.adverse_beside(asked, today)
        number = beside.reference if beside else ""
        rules.CLEAR_OF_ADVERSE.require((number, answer, reason))
        made = Answer(
            request=asked,
            answer=answer.value,
            valid_until=until,
            answered_by=by.name,
            reason=reason.strip(),
        )
        return closing.succeed(was, made, entry, answer=made.answer)
