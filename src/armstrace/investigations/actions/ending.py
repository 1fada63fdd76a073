"""Close a case with its outcome and what it taught, open it again, ask others."""

from datetime import datetime

from armstrace.audit import declarations
from armstrace.investigations import asking, changing, rules
from armstrace.investigations.inputs import OutcomeInput
from armstrace.investigations.models import (
    Case,
    CaseEntry,
    CaseLesson,
    CaseOutcome,
    Overlap,
)
from armstrace.records import lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import Aim, CaseAct, CaseState
from armstrace.vocabulary.rules import require_all
from armstrace.vocabulary.texts import is_reason

LONGEST = lengths.limits(CaseOutcome, {"preventive_action": "preventive_action"})
TAUGHT = lengths.limits(CaseLesson, {"text": "text"})


def close_case(
    *, case_id: int, given: OutcomeInput, by: Actor, at: datetime
) -> CaseOutcome:
    """Close a case: its aims, what follows, and at least one thing learned.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``IV-04``, it is closed; ``IV-22``, an aim has no result;
            ``IV-23``, no preventive action; ``IV-24``, nothing was learned;
            ``IV-35``, it is empty and ``by`` opened it; ``IV-36``, a technique is in
            force in it.

    Source:
        Background paper (Vienna, 2018), ¶49 and 60.
    """
    lessons = [each for each in given.lessons if is_reason(each.text)]
    for stated, limits in ((given, LONGEST), *((one, TAUGHT) for one in lessons)):
        lengths.require_fits(stated, *limits)
    with changing.act_on("case.closed", case_id, "case.close", by=by, at=at) as act:
        case = act.file
        missing = [aim for aim in map(Aim, case.aims) if aim not in given.results]
        facts = rules.Closing(tuple(missing), given.preventive_action, len(lessons))
        require_all(rules.OF_CLOSING, facts, typed=rules.OF_CLOSING)
        says = CaseEntry.objects.current().filter(case=case, is_withdrawn=False)
        is_whole = by.name != case.opened_by or says.exists()
        rules.NOT_EMPTY.require((case.reference, is_whole))
        held = declarations.functions(lambda app: app.holds_cases)
        running = tuple(each for tell in held for each in tell(case.pk, at))
        rules.NOTHING_RUNS.require((case.reference, running))
        outcome = act.make(
            CaseOutcome,
            results={aim.value: end.value for aim, end in given.results.items()},
            preventive_action=given.preventive_action.strip(),
            told_by=by.name,
        )
        act.entry.about_all(
            CaseLesson.objects.bulk_create(
                CaseLesson(
                    outcome=outcome, kind=one.kind, text=one.text.strip(), known_at=at
                )
                for one in lessons
            )
        )
        case.state, case.closed_at = CaseState.CLOSED.value, at
        act.write(CaseAct.CLOSED)
    return outcome


def reopen_case(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """Open a closed case again; its entries and its outcome stay.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-25``, it is open.

    Source:
        Rule of this design: reopening adds to a case and takes nothing away.
    """
    frame = changing.act_on(
        "case.reopened", case_id, "case.close", by=by, at=at, ended=True
    )
    with frame as act:
        rules.REASONED.require(reason)
        rules.CLOSED.require((act.file.reference, act.file.state))
        act.file.state, act.file.closed_at = CaseState.OPEN.value, None
        act.write(CaseAct.REOPENED, reason)
        act.entry.about_all(asking.ask_others(act.file, by, at))
    return act.file


def ask_others(*, case_id: int, by: Actor, at: datetime) -> list[Overlap]:
    """Ask again whether another open case touches what this one touches.

    Writing into a case asks by itself; this asks anew, as after judgements on arms.
    Both sides read what was found, by whom and when it was asked.

    Raises:
        RuleBroken: ``IV-04``, it is closed.

    Source:
        Background paper (Vienna, 2018), ¶65; event de-confliction between units.
    """
    with changing.act_on("case.asked", case_id, "case.work", by=by, at=at) as act:
        found = asking.ask_others(act.file, by, at)
        act.entry.about(act.file)
        act.entry.about_all(found)
    return found
