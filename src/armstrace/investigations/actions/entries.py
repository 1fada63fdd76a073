"""Write into a case: events, persons, tasks, decisions, documents, charges."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from armstrace.evidence import actions as evidence
from armstrace.evidence.models import StoredFile
from armstrace.intelligence.models import Subject
from armstrace.investigations import asking, changing, rules
from armstrace.investigations.inputs import EntryInput, SubjectInput
from armstrace.investigations.models import Case, CaseEntry, CaseMember, CaseRecovery
from armstrace.investigations.queries.entries import require_readable
from armstrace.records import jurisdiction, lengths
from armstrace.records.rules import IN_LIVING_MEMORY, Happened
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import EntryKind
from armstrace.vocabulary.networks import HandlingCode, NodeKind
from armstrace.vocabulary.rules import require_all

TEXTS = ("text", "why", "person", "place", "origin", "permission", "offence")
LIMITS = lengths.limits(CaseEntry, {name: name for name in TEXTS}, of=EntryInput)


def add_entry(*, case_id: int, given: EntryInput, by: Actor, at: datetime) -> CaseEntry:
    """Write an entry into a case; it gets the next number of the case.

    Persons and things that are written with it get numbers of their own, and it
    names them; recovered items that it names are put into the case.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``IV-04``, the case is closed; ``IV-05``, a task is for somebody
            who does not work on cases; ``IV-10`` to ``IV-16``, the entry
            lacks what its kind needs; ``IV-31``, a task is due on a past day;
            ``IV-32``, it is for no member of a sealed case; ``IV-17``, it names
            what is not in the case;
            ``IV-20``, ``IV-21``, the offence or element is not in the law.

    Source:
        Background paper (Vienna, 2018), ¶63-67; Directive (EU) 2016/680, arts. 6
        and 7.
    """
    with changing.act_on("case.entered", case_id, "case.work", by=by, at=at) as act:
        _require_stated(given, by, timezone.localdate(at))
        _require_task(given, act)
        case = act.file
        given, is_more = _bring(given, act)
        entry = _version(case, given, _next_number(case), act)
        entry.file = _keep_file(given, act)
        entry.save()
        act.entry.about(entry, kind=entry.kind)
        if is_more or entry.subject_key:
            act.entry.about_all(asking.ask_others(case, by, at))
    return entry


def add_to_entry(
    *, case_id: int, number: int, given: EntryInput, by: Actor, at: datetime
) -> CaseEntry:
    """Name more persons, things and recovered items in an entry that stands.

    Those that are new to the case are written into it, with the source and the
    handling code of the entry; recovered items are put into the case.

    Args:
        given: Whom and what it names besides; the rest of it is not read.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: As for a new entry; ``IV-06``, there is no such entry; ``IV-19``,
            it was withdrawn; ``IV-28``, it is not for these eyes.

    Source:
        Background paper (Vienna, 2018), ¶63-67.
    """
    with changing.act_on("case.amended", case_id, "case.work", by=by, at=at) as act:
        now = _current(act.file, number, None, by)
        given = replace(
            given,
            origin=now.origin,
            basis=Basis(now.basis),
            handling=HandlingCode(now.handling),
            permission=now.permission,
        )
        given, is_more = _bring(given, act)
        later = _change(
            now,
            act,
            mentions=sorted({*now.mentions, *given.mentions} - {number}),
            recovery_ids=sorted({*now.recovery_ids, *given.recovery_ids}),
            reason="",
        )
        if is_more:
            act.entry.about_all(asking.ask_others(act.file, by, at))
    return later


def undo_entry(
    *,
    case_id: int,
    number: int,
    reason: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> CaseEntry:
    """Take back the last change of an entry: it says again what it said before.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, the case is closed; ``IV-06``,
            there is no such entry; ``IV-18``, somebody changed it since; ``IV-28``, it
            is not for these eyes; ``IV-29``, it was not changed.

    Source:
        Rule of this design: what was written before stays in the history.
    """
    with changing.act_on("case.amended", case_id, "case.work", by=by, at=at) as act:
        lengths.require_reason(rules.REASONED, reason)
        now = _current(act.file, number, seen, by, withdrawn=True)
        rows = CaseEntry.objects.filter(case=act.file, number=number)
        before = rows.exclude(pk=now.pk).order_by("-known_at", "-pk").first()
        rules.UNDOABLE.require((str(number), before is not None))
        assert before is not None  # noqa: S101 - the rule has refused it
        require_readable(before, by)
        who = {"told_by": by.name, "source": by.agency, "reason": reason}
        later = before.next_version(**who)
        _follow(now, later, act)
        if later.subject_key != now.subject_key:
            act.entry.about_all(asking.ask_others(act.file, by, at))
    return later


def correct_entry(
    *,
    case_id: int,
    number: int,
    given: EntryInput,
    reason: str,
    by: Actor,
    at: datetime,
) -> CaseEntry:
    """Write an entry anew; what was written before stays in its history.

    Args:
        given: What it says from now on; its kind stays.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: As for a new entry; ``IV-03``, no reason; ``IV-06``, there is no
            such entry; ``IV-18``, somebody changed it since; ``IV-19``, it was
            withdrawn; ``IV-28``, it is not for these eyes.

    Source:
        Rule of this design: what was written before stays in the history.
    """
    with changing.act_on("case.amended", case_id, "case.work", by=by, at=at) as act:
        lengths.require_reason(rules.REASONED, reason)
        now = _current(act.file, number, given.seen, by)
        given = replace(given, kind=EntryKind(now.kind), subjects=())
        _require_stated(given, by, timezone.localdate(at))
        _require_task(given, act, now)
        _require_in_case(act.file, given)
        later = _version(act.file, given, number, act)
        later.done_on, later.reason = now.done_on, reason.strip()
        later.file = _keep_file(given, act) or now.file
        _follow(now, later, act)
        if later.subject_key != now.subject_key:
            act.entry.about_all(asking.ask_others(act.file, by, at))
    return later


def withdraw_entry(
    *, case_id: int, number: int, reason: str, by: Actor, at: datetime
) -> CaseEntry:
    """Take back an entry; it stays in the history and bears nothing any more.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, the case is closed; ``IV-06``,
            there is no such entry; ``IV-19``, it was withdrawn before.

    Source:
        Rule of this design: nothing is deleted, a correction has its reason.
    """
    with changing.act_on("case.withdrew", case_id, "case.work", by=by, at=at) as act:
        lengths.require_reason(rules.REASONED, reason)
        now = _current(act.file, number, None, by)
        return _change(now, act, is_withdrawn=True, subject_key="", reason=reason)


def finish_task(
    *, case_id: int, number: int, done_on: date, note: str = "", by: Actor, at: datetime
) -> CaseEntry:
    """Say that a task is done, or that a deadline was met; of a closed case too.

    Raises:
        RuleBroken: ``IV-06``, there is no such entry; ``IV-19``, it was withdrawn;
            ``IV-27``, there is nothing to do; ``RS-03``, the day has not come.

    Source:
        Background paper (Vienna, 2018), ¶64 (standing procedures with their steps).
    """
    lengths.require_fits(note, lengths.REASON)
    how: dict[str, Any] = {"by": by, "at": at, "ended": True}
    with changing.act_on("case.task_done", case_id, "case.work", **how) as act:
        now = _current(act.file, number, None, by)
        rules.DOABLE.require((str(number), now.kind))
        IN_LIVING_MEMORY.require(Happened("done_on", done_on, timezone.localdate(at)))
        return _change(now, act, done_on=done_on, reason=note)


def _require_stated(given: EntryInput, by: Actor, today: date) -> None:
    require_all(rules.OF_ENTRY, given, typed=rules.OF_ENTRY)
    lengths.require_fits(given, *LIMITS)
    if given.subject_id is not None:
        Subject.objects.get_visible(given.subject_id, by)
    if given.when is not None:
        for day in (given.when.first, given.when.last):
            latest = max(today, DateSpan.of_year(today.year).last)
            IN_LIVING_MEMORY.require(Happened("when", day, latest))
        rules.HAS_HAPPENED.require((given.kind, given.when.first, today))
    if given.kind is EntryKind.CHARGE and given.when is not None:
        law, on = jurisdiction.profile(), given.when.first
        known = {each.code for each in law.offences_on(on)}
        rules.IN_FORCE.require((given.offence or "—", given.offence in known))
        elements = {each.code for each in law.elements_of(given.offence, on)}
        for code in given.elements:
            rules.ELEMENT.require((code, given.offence, code in elements))


def _require_task(
    given: EntryInput, act: changing.Act, now: CaseEntry | None = None
) -> None:
    """Refuse a task for a past day, or for somebody who cannot work on the case.

    Args:
        now: What it said before; what stays is not asked again.
    """
    if given.kind is not EntryKind.TASK:
        return
    if given.due_on is not None and (now is None or given.due_on != now.due_on):
        rules.AHEAD.require((given.due_on, timezone.localdate(act.at)))
    if given.person and (now is None or given.person != now.person):
        changing.require_able(given.person, act.by)
        members = CaseMember.objects.current().filter(case=act.file)
        sees = not act.file.is_sealed or members.filter(person=given.person).exists()
        rules.SEES_CASE.require((given.person, act.file.reference, sees))


def _require_in_case(case: Case, given: EntryInput) -> None:
    """Refuse an entry that names what is not in the case."""
    borne = [each for some in given.elements.values() for each in some]
    entries = {str(each) for each in given.mentions}
    entries |= {each for each in borne if not each.startswith("R")}
    items = {f"R{key}" for key in given.recovery_ids}
    items |= {each for each in borne if each.startswith("R")}
    standing = CaseEntry.objects.current().filter(case=case, is_withdrawn=False)
    known = set(map(str, standing.values_list("number", flat=True))) if entries else {}
    rows = CaseRecovery.objects.current().filter(case=case)
    held = rows.values_list("recovery_id", flat=True) if items else ()
    known = {*known, *(f"R{key}" for key in held)}
    for each in sorted(entries | items):
        rules.MENTIONED.require((each, case.reference, each in known))
    for one in standing.filter(number__in=[each for each in borne if each.isdecimal()]):
        rules.BEARS.require((str(one.number), one.kind in rules.BEARING))
        is_usable = not rules.needs_permission(one.handling, one.permission)
        rules.USABLE.require((str(one.number), is_usable))


def _next_number(case: Case) -> int:
    last = CaseEntry.objects.filter(case=case).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


def _bring(given: EntryInput, act: changing.Act) -> tuple[EntryInput, bool]:
    """Write into the case whom and what an entry names that is not in it yet.

    Returns:
        The entry that names them by their numbers, and whether anything was new.
    """
    case, first = act.file, _next_number(act.file)
    new = [
        _version(case, each, first + place, act)
        for place, each in enumerate(_subjects(given))
    ]
    items = changing.new_recoveries(case, given.recovery_ids)
    changing.require_recoveries(items, act.by)
    act.entry.about_all(changing.put_recoveries(case, items, act.by, act.at))
    act.entry.about_all(CaseEntry.objects.bulk_create(new))
    named = (*given.mentions, *(entry.number for entry in new))
    given = replace(given, mentions=named)
    _require_in_case(case, given)
    return given, bool(new or items)


def _subjects(given: EntryInput) -> Iterator[EntryInput]:
    """Give the persons and things that an entry brings, as entries."""
    for each in given.subjects:
        made = _subject(each, given)
        require_all(rules.OF_ENTRY, made, typed=rules.OF_ENTRY)
        lengths.require_fits(made, *LIMITS)
        yield made


def _subject(said: SubjectInput, given: EntryInput) -> EntryInput:
    return EntryInput(
        kind=EntryKind.SUBJECT,
        text=said.text,
        subject_kind=said.subject_kind,
        role=said.role,
        origin=given.origin,
        basis=given.basis,
        handling=given.handling,
        permission=given.permission,
    )


def _version(
    case: Case, given: EntryInput, number: int, act: changing.Act
) -> CaseEntry:
    kept: dict[str, Any] = {name: getattr(given, name) for name in (*TEXTS, "due_on")}
    kind = given.subject_kind or ""
    is_subject = given.kind is EntryKind.SUBJECT
    is_person = is_subject and kind == NodeKind.PERSON
    return CaseEntry(
        case=case,
        number=number,
        kind=given.kind.value,
        happened_on=given.when.first if given.when else None,
        happened_until=given.when.until if given.when else None,
        basis=Basis(given.basis).value,
        handling=HandlingCode(given.handling).value,
        subject_kind=kind if is_subject else "",
        role=(given.role or "") if is_person else "",
        subject_id=given.subject_id if is_subject else None,
        subject_key=_key(given) if is_subject else "",
        mentions=sorted(set(given.mentions) - {number}),
        recovery_ids=sorted(set(given.recovery_ids)),
        elements={code: list(borne) for code, borne in given.elements.items()},
        told_by=act.by.name,
        source=act.by.agency,
        known_at=act.at,
        **kept,
    )


def _keep_file(given: EntryInput, act: changing.Act) -> StoredFile | None:
    """Keep the file of a document; last of all, so that a refusal leaves none."""
    if given.file is None:
        return None
    return evidence.store_document(
        content=given.file.content,
        name=given.file.name,
        folder=given.file.folder,
        by=act.by,
        at=act.at,
    )


def _key(given: EntryInput) -> str:
    """Give what other cases are asked for: what is written, or who it is known as."""
    known = f"P{given.subject_id}" if given.subject_id else ""
    return asking.key_of(given.subject_kind or "", given.text) or known


def _current(
    case: Case, number: int, seen: int | None, by: Actor, *, withdrawn: bool = False
) -> CaseEntry:
    rows = CaseEntry.objects.current().filter(number=number)
    now = changing.require_in(case, rows, str(number))
    require_readable(now, by)
    rules.STANDING.require((str(number), withdrawn or not now.is_withdrawn))
    rules.SEEN_LAST.require((f"{case.reference}, {number}", seen in (None, now.seen)))
    return now


def _change(now: CaseEntry, act: changing.Act, **values: Any) -> CaseEntry:  # noqa: ANN401 - columns
    """Write the next version of an entry, the same but for some columns."""
    who = {"told_by": act.by.name, "source": act.by.agency}
    later = now.next_version(**(values | who))
    _follow(now, later, act)
    return later


def _follow(now: CaseEntry, later: CaseEntry, act: changing.Act) -> None:
    later.known_at = now.supersede(act.at)
    later.save()
    act.entry.about_all([now, later])
