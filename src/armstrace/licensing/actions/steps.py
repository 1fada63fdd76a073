"""Every act on an application that was written down: one table, one action."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import chain, count
from typing import Any

from django.conf import settings

from armstrace.accounts import independence
from armstrace.analysis.procedures import clocks
from armstrace.licensing import changing, inputs, rules, standing, terms
from armstrace.licensing.changing import Act
from armstrace.licensing.checking import Extent
from armstrace.licensing.inputs import Said
from armstrace.licensing.models import (
    Advice,
    ApplicationRecord,
    HolderRecord,
    Licence,
    Question,
)
from armstrace.licensing.statements import HOLDERS, LicenceRecorder, LicenceStatement
from armstrace.records import closing, jurisdiction, lengths, lookups, numbering
from armstrace.records.submissions import Submission
from armstrace.vetting import standing as vetted
from armstrace.vetting.actions import vetting
from armstrace.vetting.inputs import VettingInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    CheckKind,
    Department,
    LicenceAct,
    LicenceStage,
    LicenceType,
)
from armstrace.vocabulary.look_alikes import names_number
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Settlement
from armstrace.vocabulary.vetting import Capacity, VettingState

LIMITS = (
    *lengths.limits(ApplicationRecord, ("categories", "conditions", "reason"), of=Said),
    *lengths.limits(Advice, ("words", "reference"), of=Said),
)
DECISION = "LICENCE_DECISION"
SAYS_WHY = frozenset(
    {LicenceAct.WITHDRAW, LicenceAct.PROPOSE, LicenceAct.DECIDE, LicenceAct.APPEAL}
    | {LicenceAct.UPHOLD, LicenceAct.OVERTURN}
)
ASKS = frozenset({LicenceAct.ASK, LicenceAct.ANSWER})


def act_on_application(
    *,
    application_id: int,
    act: LicenceAct,
    said: Said | None = None,
    by: Actor,
    at: datetime,
) -> ApplicationRecord:
    """Do an act on an application whose stage allows it.

    To send what was just sent changes nothing. Who decides, or settles an appeal, did
    not work on it. A question stops the clock until it is answered. A licence is
    written under its holder when it is issued; a refusal stays visible as long as the
    profile says; a refusal that is overturned is decided anew in a new period.

    Args:
        act: An act of ``ENTRIES``.

    Raises:
        InvalidInput: A text is too long, or a quantity is less than one.
        RuleBroken: ``LI-01``, its stage is for other acts; ``LI-02``, a duty is not
            met; ``LI-03``, something is missing and no reason is given; ``LI-04``,
            somebody acted since; ``LI-05``, a department has not been heard;
            ``LI-06``, ``by`` worked on it; ``LI-07``, the ground class is missing or
            too much; ``LI-08``, the days of the licence are; ``LI-09``, it was decided
            otherwise; ``LI-10``, there is no such open question; ``LI-11``, one is
            open; ``LI-13``, this department was not asked; ``LI-14``, nothing is said;
            ``LI-17``, the licence begins before it is decided; ``LI-18``, more is
            proposed than was applied for; ``LI-19``, more is granted than was
            proposed; ``LI-22``, the reason for a grant names no namesake who was
            refused; ``LI-23``, nothing is applied for; ``AC-09``, who decides
            and who assessed are not independent.

    Source:
        Background paper (2018), paras. 30, 33 and 78; Delegated Regulation (EU)
        2021/1423, art. 5; rule of this design (four eyes).
    """
    said = said or Said()
    lengths.require_fits(said, *LIMITS)
    inputs.require_quantity(said.quantity)
    if act in SAYS_WHY | ASKS:
        rules.REASONED.require(said.words if act in ASKS else said.reason)
    known = ApplicationRecord.objects.visible_to(by).current()
    sent = known.filter(application_id=application_id, act=LicenceAct.SEND).first()
    if act is LicenceAct.SEND and sent is not None:
        return sent
    with changing.Act.act_on(
        ENTRIES[act], application_id, act, by=by, at=at, seen=said.seen
    ) as doing:
        step = STEPS.get(act)
        return doing.go_on(said.reason, **step(doing, said) if step else {})


def _send(act: Act, said: Said) -> dict[str, Any]:
    del said
    is_said = any(getattr(act.record, name) for name in inputs.ASKED)
    rules.NOT_EMPTY.require((act.file.reference, is_said))
    days = jurisdiction.profile().deadline_days(DECISION, act.today)
    return {"sent_on": act.today, "days_allowed": days}


def _withdraw(act: Act, said: Said) -> dict[str, Any]:
    del said
    is_no = act.record.stage == LicenceStage.DECIDED and not act.record.is_granted
    rules.AS_DECIDED.require((act.file.reference, not is_no))
    return {}


def _accept(act: Act, said: Said) -> dict[str, Any]:
    found = act.missing()
    rules.NOTHING_BLOCKS.require(found)
    rules.REASONED_WARNINGS.require((found, said.reason))
    return {"assessor": act.by.name}


def _ask(act: Act, said: Said) -> dict[str, Any]:
    words = said.words.strip()
    act.make(Question, cause=said.cause, words=words, asked_by=act.by.name)
    return {}


def _answer(act: Act, said: Said) -> dict[str, Any]:
    rows = act.file.questions.filter(pk=said.question or 0, answered_at=None)
    asked = rows.first()
    rules.QUESTION_OPEN.require((act.file.reference, asked is not None))
    assert asked is not None  # noqa: S101 - the rule has refused it
    asked.answered_at = max(act.at, asked.known_at)
    asked.answer, asked.answered_by = said.words.strip(), act.by.name
    asked.save()
    act.entry.about(asked)
    return {}


def _vet(act: Act, said: Said) -> dict[str, Any]:
    del said
    activity = LicenceType(act.file.activity)
    for each in jurisdiction.profile().departments_of(activity, act.today):
        act.make(Advice, department=each, told_by=act.by.name)
    _ask_vetting(act)
    return {"assessor": act.by.name}


def _ask_vetting(act: Act) -> None:
    """Ask to vet the applicant, where the profile checks it and nobody has asked."""
    facts = standing.facts_of([act.record], act.today)[act.file.pk]
    checks = jurisdiction.profile().checks_of(facts.activity, act.today)
    is_checked = any(each.asks is CheckKind.VETTING for each in checks)
    if not is_checked or facts.vetting not in {None, VettingState.OVERDUE}:
        return
    named = HolderRecord.objects.current().get(holder=act.file.holder_id)
    subject, capacity = f"H{named.holder_id}", Capacity.APPLICANT
    if vetted.waiting(subject, capacity, named.name):
        return
    stated = VettingInput(named.name, capacity, subject, act.record.born_on)
    vetting.ask_vetting(stated=stated, by=act.by, at=act.at)


def _hear(act: Act, said: Said) -> dict[str, Any]:
    rows = Advice.objects.current().filter(application=act.file)
    was = rows.filter(department=said.department or "").first()
    rules.IS_ASKED.require((act.file.reference, was is not None))
    assert was is not None  # noqa: S101 - the rule has refused it
    closing.replace(
        was,
        act.entry,
        answer=said.advice,
        words=said.words.strip(),
        reference=said.reference.strip(),
        told_by=act.by.name,
        source=act.by.agency,
    )
    return {}


def _propose(act: Act, said: Said) -> dict[str, Any]:
    _require_answers(act)
    unheard = changing.unheard_of(act.file)
    rules.ALL_HEARD.require([Department(each.department) for each in unheard])
    told = _extent(act, said)
    accepted = act.file.records.filter(act=LicenceAct.ACCEPT).latest("pk")
    rules.AS_APPLIED.require((told, Extent(accepted.categories, accepted.quantity)))
    return {"assessor": act.by.name, "is_granted": said.is_granted, **asdict(told)}


def _extent(act: Act, said: Said) -> Extent:
    """Give for which arms a licence is proposed or granted: as it stands, if unsaid."""
    told = Extent(act.record.categories, act.record.quantity)
    if not said.is_granted:
        return told
    stated = said.categories.strip() or told.categories
    return Extent(stated, said.quantity or told.quantity)


def _decide(act: Act, said: Said) -> dict[str, Any]:
    told = rules.Verdict(
        said.is_granted, said.ground, said.valid_from, said.valid_until, act.today
    )
    _require_another(act)
    rules.GROUNDED.require(told)
    rules.DATED.require(told)
    _require_answers(act)
    extent = _extent(act, said)
    days: dict[str, Any] = {"valid_from": None, "valid_until": None}
    if said.is_granted:
        is_proposed = bool(act.record.is_granted)
        rules.GRANT_PROPOSED.require((act.file.reference, is_proposed))
        rules.FROM_THE_DECISION.require((said.valid_from, act.today))
        alike = changing.namesakes_of(act.file, act.today)
        unnamed = [each for each in alike if not names_number(said.reason, each)]
        rules.COMPARED.require(unnamed)
        proposed = Extent(act.record.categories, act.record.quantity)
        rules.AS_PROPOSED.require((extent, proposed))
        days = {name: getattr(said, name) for name in days}
        later = act.record.next_version(**days)
        rules.NOTHING_BLOCKS.require(changing.missing_of(later, act.today))
    stops = changing.stops_of(act.file.questions.all())
    begun = act.record.sent_on or act.today
    clock = clocks.count(begun, act.today, stops, settings.HOME_COUNTRY)
    return {
        "is_granted": said.is_granted,
        "ground": said.ground or "",
        "conditions": said.conditions.strip(),
        "days_used": clock.used,
        "decided_by": act.by.name,
        "decided_on": act.today,
        **asdict(extent),
        **days,
    }


def _issue(act: Act, said: Said) -> dict[str, Any]:
    application = act.file
    told = (application.reference, act.record.is_granted is True)
    rules.AS_DECIDED.require(told)
    # What holds since it was decided.
    found = act.missing()
    rules.NOTHING_BLOCKS.require(found)
    new = changing.missing_since(act.record, found, act.today)
    rules.REASONED_WARNINGS.require((new, said.reason))
    days = (act.record.valid_from, act.record.valid_until)
    rules.DATED.require(rules.Verdict(True, None, *days, act.today))  # noqa: FBT003
    number = application.of_licence or _free_number(act)
    if application.kind != ApplicationKind.NEW:
        held = terms.lock(number)
        stage = standing.stage_of(held.licence, held.terms, act.today)
        rules.STAGED.require((number, stage, LicenceAct(application.kind)))
    _record_licence(act, number)
    return {"licence_number": number}


def _free_number(act: Act) -> str:
    """Give a number of the application that no licence has, in any office."""
    numbering.take_turns(HOLDERS)
    given = f"{act.by.agency}-L-{act.today.year}-{act.file.pk:06d}"
    told = Licence.objects.current().filter(lookups.starts_with("number", given))
    taken = set(told.values_list("number", flat=True))
    wanted = chain([given], (f"{given}-{n}" for n in count(2)))
    return next(number for number in wanted if number not in taken)


def _refuse(act: Act, said: Said) -> dict[str, Any]:
    del said
    record = act.record
    told = (act.file.reference, record.is_granted is False)
    rules.AS_DECIDED.require(told)
    return {"visible_until": standing.refusal_until(record.decided_on, act.today)}


def _uphold(act: Act, said: Said) -> dict[str, Any]:
    del said
    _require_another(act)
    return {}


def _overturn(act: Act, said: Said) -> dict[str, Any]:
    empty = ("is_granted", "decided_on", "visible_until", "days_used")
    cleared = dict.fromkeys(empty) | {"decided_by": "", "ground": ""}
    return _uphold(act, said) | cleared | {"sent_on": act.today}


STEPS: Mapping[LicenceAct, Callable[[Act, Said], dict[str, Any]]] = {
    LicenceAct.SEND: _send,
    LicenceAct.WITHDRAW: _withdraw,
    LicenceAct.ACCEPT: _accept,
    LicenceAct.ASK: _ask,
    LicenceAct.ANSWER: _answer,
    LicenceAct.VET: _vet,
    LicenceAct.HEAR: _hear,
    LicenceAct.PROPOSE: _propose,
    LicenceAct.DECIDE: _decide,
    LicenceAct.ISSUE: _issue,
    LicenceAct.REFUSE: _refuse,
    LicenceAct.UPHOLD: _uphold,
    LicenceAct.OVERTURN: _overturn,
}
ENTRIES: Mapping[LicenceAct, str] = {
    LicenceAct.SEND: "licence.sent",
    LicenceAct.WITHDRAW: "licence.withdrawn",
    LicenceAct.ACCEPT: "licence.accepted",
    LicenceAct.ASK: "licence.question_asked",
    LicenceAct.ANSWER: "licence.question_answered",
    LicenceAct.VET: "licence.advice_asked",
    LicenceAct.HEAR: "licence.department_heard",
    LicenceAct.PROPOSE: "licence.proposed",
    LicenceAct.DECIDE: "licence.decided",
    LicenceAct.ISSUE: "licence.issued",
    LicenceAct.REFUSE: "licence.refused",
    LicenceAct.APPEAL: "licence.appealed",
    LicenceAct.UPHOLD: "licence.appeal_settled",
    LicenceAct.OVERTURN: "licence.appeal_settled",
}


def _require_another(act: Act) -> None:
    rules.ANOTHER_DECIDES.require((act.by.name, act.workers()))
    independence.require(act.record.assessor, act.by.name, act.at)


def _require_answers(act: Act) -> None:
    asked = act.file.questions.filter(answered_at=None).exists()
    rules.NO_QUESTION.require((act.file.reference, not asked))


def _record_licence(act: Act, number: str) -> None:
    """Write the licence and its terms; one that is renewed or varied goes on."""
    application, record = act.file, act.record
    holder = application.holder
    activity = application.activity
    days = (record.valid_from, record.valid_until)
    stated = LicenceStatement(number, holder.number, activity, *days)
    why = str(message("Application %(number)s", number=application.reference))
    told = Submission(act.by.agency, act.by, act.at, why, Settlement.CORRECT)
    recorder = LicenceRecorder(told)
    recorder.holders = {holder.number: holder.pk}
    recorder.record_one(stated, act.entry)
    columns = {n: getattr(record, n) for n in ("categories", "quantity", "conditions")}
    terms.say_anew(
        act.entry,
        number=number,
        application=application,
        stage=LicenceStage.ISSUED,
        decided_by=record.decided_by,
        **columns,
    )
