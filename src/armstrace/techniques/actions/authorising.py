"""Ask for an authority, decide on it, withdraw it; consents of States."""

from datetime import datetime

from django.conf import settings

from armstrace.accounts import independence
from armstrace.accounts import queries as accounts
from armstrace.audit import ledger
from armstrace.investigations import rules as of_cases
from armstrace.investigations.models import Case
from armstrace.records import jurisdiction, lengths, numbering
from armstrace.techniques import changing, rules, windows
from armstrace.techniques.inputs import (
    AuthorityInput,
    ConsentInput,
    Decision,
    OperationInput,
)
from armstrace.techniques.models import (
    Authority,
    Operation,
    OperationPerson,
    StateConsent,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles import in_force
from armstrace.vocabulary.techniques import Technique

ORDER = lengths.Limit("order_number", str, 120)
LIMITS = lengths.limits(
    StateConsent, {name: name for name in ("reference", "given_by", "country")}
)


def ask_operation(
    *,
    case_id: int,
    given: OperationInput,
    authority: AuthorityInput,
    by: Actor,
    at: datetime,
) -> Operation:
    """Ask that a special technique may be used in a case.

    Raises:
        InvalidInput: A text is too long, or a time is never shown by a clock.
        RuleBroken: ``TE-01`` to ``TE-06``; ``TE-28``, it began long ago; ``IV-04``,
            the case is closed.

    Source:
        Convention against Transnational Organized Crime, art. 20, para. 1.
    """
    by.require("technique.ask")
    case = Case.objects.get_visible(case_id, by)
    of_cases.OPEN.require((case.reference, case.state))
    lengths.require_reason(rules.REASONED, given.objective)
    rules.HAS_MODE.require((given.technique, given.mode))
    with ledger.entry("technique.asked", by=by, at=at) as entry:
        entry.beside(Case, [case.pk])
        operation = numbering.save_unordered(
            Operation(
                case=case,
                agency=by.agency,
                technique=given.technique.value,
                mode=given.mode.value if given.mode else "",
                objective=given.objective.strip(),
                asked_by=by.name,
                known_at=at,
            )
        )
        entry.about(operation, technique=operation.technique)
        entry.about(
            OperationPerson.objects.create(
                operation=operation,
                person=by.name,
                sees_covers=True,
                given_by=by.name,
                source=by.agency,
                known_at=at,
            )
        )
        entry.about(_ask(operation, authority, by, at))
    return operation


def ask_authority(
    *, operation_id: int, given: AuthorityInput, by: Actor, at: datetime
) -> Authority:
    """Ask for a further authority: an extension is one of its own.

    Raises:
        InvalidInput: One waits already, or a time is never shown by a clock.
        RuleBroken: ``TE-01`` to ``TE-05``; ``TE-28``, it began long ago.

    Source:
        Convention against Transnational Organized Crime, art. 20, para. 1.
    """
    with changing.act_on(
        "technique.extension_asked",
        operation_id,
        "technique.ask",
        by=by,
        at=at,
        after_end=True,
    ) as act:
        for left in act.file.authorities.filter(is_granted=None, lapsed_at=None):
            if at < left.valid_until:
                msg = message(
                    "A request waits for its decision; ask when it is decided."
                )
                raise InvalidInput(msg, field="authoriser")
            left.lapsed_at = at
            left.save()
            act.entry.about(left)
        asked = _ask(act.file, given, by, at)
        act.entry.about(asked)
    return asked


def decide_authority(
    *, operation_id: int, given: Decision, by: Actor, at: datetime
) -> Authority:
    """Give or refuse the authority that was asked for.

    Raises:
        RuleBroken: ``TE-01``, no reason; ``TE-13``, another was asked, or it is
            decided; ``TE-16``, no number of the order; ``TE-25``, its end is past;
            ``AC-09``, who asked and who decides are not independent.

    Source:
        Convention against Transnational Organized Crime, art. 20, para. 1.
    """
    with changing.act_on(
        "technique.decided", operation_id, "technique.authorise", by=by, at=at
    ) as act:
        asked = act.file.authorities.order_by("-pk").first()
        facts = (asked.authoriser, by.name, asked.is_granted is None)  # type: ignore[union-attr]
        assert asked is not None  # noqa: S101 - made with the operation
        rules.OF_THE_ASKED.require(facts)
        rules.STILL_WAITS.require(at < asked.valid_until)
        lengths.require_reason(rules.REASONED, given.reason)
        if given.is_granted:
            independence.require(asked.asked_by, by.name, at)
            rules.REFERENCED.require(given.order_number)
            lengths.require_fits(given.order_number, ORDER)
        asked.is_granted = given.is_granted
        asked.decided_by, asked.decided_at = by.name, at
        asked.decided_why = given.reason.strip()
        asked.order_number = given.order_number.strip()
        asked.save()
        act.entry.about(asked, granted=asked.is_granted)
    return asked


def withdraw_authority(
    *, operation_id: int, reason: str, by: Actor, at: datetime
) -> list[Authority]:
    """End every authority that one gave and that has not ended; access ends with it.

    Raises:
        RuleBroken: ``TE-01``, no reason; ``TE-07``, none is left to withdraw.

    Source:
        Convention against Transnational Organized Crime, art. 20, para. 1.
    """
    lengths.require_reason(rules.REASONED, reason)
    with changing.act_on(
        "technique.withdrawn", operation_id, "technique.authorise", by=by, at=at
    ) as act:
        rows = act.file.authorities.filter(
            authoriser=by.name, is_granted=True, withdrawn_at=None, valid_until__gt=at
        )
        ended = list(rows)
        rules.AUTHORISED.require((act.file.reference, bool(ended)))
        for one in ended:
            one.withdrawn_at, one.withdrawn_by = at, by.name
            one.withdrawn_why = reason.strip()
            one.save()
        act.entry.about_all(ended)
        act.end_uncovered(reason)
    return ended


def record_consent(
    *, operation_id: int, given: ConsentInput, by: Actor, at: datetime
) -> StateConsent:
    """Record that a State consents, or withdraws its consent for its territory.

    Args:
        at: When, with time zone; it has effect from then on.

    Raises:
        InvalidInput: A text is too long, or a time is never shown by a clock.
        RuleBroken: ``TE-05``, no State is named; ``TE-16``, no number of the letter;
            ``TE-21``, it is the own State; ``TE-22``, no end that is still to come;
            ``TE-26``, it withdraws what it never gave.

    Source:
        Convention against Transnational Organized Crime, arts. 2 (i) and 20 (2)-(4).
    """
    rules.HAS_TERRITORY.require(len(given.country))
    rules.OF_ANOTHER_STATE.require((given.country, settings.HOME_COUNTRY))
    rules.REFERENCED.require(given.reference)
    lengths.require_fits(given, *LIMITS)
    until = None
    if given.is_given and given.ends is not None:
        until = windows.moment_of(given.ends, given.zone, field="ends")
    rules.CONSENT_ENDS.require((given.is_given, until, at))
    grants = ("technique.work", "technique.authorise")
    with changing.act_on(
        "technique.consent_told", operation_id, *grants, by=by, at=at
    ) as act:
        if not given.is_given:
            said = act.file.consents.filter(
                country=given.country, superseded_at=None, is_given=True
            )
            rules.WAS_GIVEN.require(said.exists())
        told = act.say_anew(
            StateConsent,
            {"country": given.country},
            is_given=given.is_given,
            valid_until=until,
            reference=given.reference.strip(),
            given_by=given.given_by.strip(),
            told_by=by.name,
        )
        if not given.is_given:
            act.end_uncovered(given.reference)
    return told


def _ask(
    operation: Operation, given: AuthorityInput, by: Actor, at: datetime
) -> Authority:
    begins = windows.moment_of(given.begins, given.zone, field="begins")
    ends = windows.moment_of(given.ends, given.zone, field="ends")
    rules.IN_TIME.require((begins, ends, at))
    rules.NOT_LONG_BEFORE.require((begins, at))
    rules.HAS_TERRITORY.require(len(given.states))
    lengths.require_reason(rules.REASONED, given.reason)
    people = accounts.people_who_may(
        "technique.authorise", needs="technique.ask", viewer=by
    )
    rules.ANOTHER_AUTHORISES.require((given.authoriser, by.name, people))
    law = in_force(jurisdiction.profile().techniques, begins.date())
    allowed = {
        each.code: each
        for each in law
        if each.technique is Technique(operation.technique)
    }
    rules.IN_LAW.require((given.basis, allowed))
    return Authority.objects.create(
        operation=operation,
        basis=given.basis,
        basis_source=allowed[given.basis].source[:200],
        authoriser=given.authoriser,
        states=sorted(set(given.states)),
        valid_from=begins,
        valid_until=ends,
        zone=given.zone,
        reason=given.reason.strip(),
        asked_by=by.name,
        known_at=at,
    )
