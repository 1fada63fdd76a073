"""What is written in a case: numbered, sourced, corrected and never lost."""

import string
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies

from armstrace.evidence.models import StoredFile
from armstrace.investigations import queries
from armstrace.investigations.actions import entries, membership
from armstrace.investigations.asking import key_of
from armstrace.investigations.inputs import EntryInput, SubjectInput
from armstrace.investigations.models import CaseEntry, CaseRecovery
from armstrace.licensing.inputs import FileInput
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput, NotFound, RuleBroken
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import EntryKind, PersonRole
from armstrace.vocabulary.networks import HandlingCode, NodeKind
from tests import cast
from tests.investigations import desk
from tests.investigations.desk import LATER, a_case, an_event, enter, said

pytestmark = pytest.mark.django_db
CODES = {
    "IV-10": an_event(text=" "),
    "IV-11": an_event(when=None),
    "IV-12": said(EntryKind.TASK, "ask the maker"),
    "IV-13": an_event(origin=""),
    "IV-14": said(EntryKind.DECISION, "search the house", why="because"),
    "IV-15": said(
        EntryKind.SUBJECT, "Ama", origin="police", subject_kind=NodeKind.PERSON
    ),
    "IV-16": said(EntryKind.SUBJECT, "Ama", origin="police"),
    "IV-17": an_event(mentions=(9,)),
    "IV-20": said(EntryKind.CHARGE, "x", offence="NONE", when=an_event().when),
    "IV-21": said(
        EntryKind.CHARGE,
        "x",
        offence="OPT-4",
        when=an_event().when,
        elements={"BORDER": ()},
    ),
}


@pytest.mark.parametrize("code", CODES)
def test_an_entry_needs_what_its_kind_asks(code):
    """IV-10, IV-11, IV-12, IV-13, IV-14, IV-15, IV-16, IV-17, IV-20, IV-21."""
    case = a_case()

    with pytest.raises(RuleBroken) as refused:
        enter(case, CODES[code])
    assert refused.value.rule == code
    assert not CaseEntry.objects.exists()


def test_IV_17_a_document_that_is_refused_leaves_no_file(tmp_path):
    case, file = a_case(), FileInput(b"%PDF-1.4 x\n%%EOF", "letter.pdf", tmp_path)
    with pytest.raises(RuleBroken):
        enter(case, said(EntryKind.DOCUMENT, "letter", file=file, mentions=(9,)))

    assert not StoredFile.objects.exists()
    assert [*tmp_path.iterdir()] == []


def test_entries_of_all_kinds_are_numbered_in_one_row():
    case = a_case()

    assert enter(case, an_event()).number == 1
    assert enter(case, said(EntryKind.TASK, "x", due_on=LATER.date())).number == 2
    assert enter(a_case(title="another"), an_event()).number == 1


def test_an_assessment_needs_no_source():
    assert enter(a_case(), an_event(origin="", basis=Basis.ASSESSMENT)).pk


def test_a_person_and_an_arm_are_added_from_inside_an_event():
    case = a_case()
    (item,) = desk.found("S-1")
    person = SubjectInput(
        subject_kind=NodeKind.PERSON, text="Ama Sample", role=PersonRole.SUSPECT
    )

    entry = enter(case, an_event(subjects=(person,), recovery_ids=(item,)))

    assert (entry.number, entry.mentions, entry.recovery_ids) == (2, [1], [item])
    assert CaseEntry.objects.get(number=1).origin == entry.origin
    assert CaseRecovery.objects.current().get(case=case).recovery_id == item


def test_nothing_is_written_where_a_person_of_an_event_lacks_a_role():
    case = a_case()
    nameless = SubjectInput(subject_kind=NodeKind.PERSON, text="Ama Sample")

    with pytest.raises(RuleBroken) as refused:
        enter(case, an_event(subjects=(nameless,)))
    assert refused.value.rule == "IV-15"
    assert not CaseEntry.objects.exists()


def test_a_recovery_outside_ones_reach_is_put_into_no_case():
    (item,) = desk.found("S-9", agency="VCG")

    with pytest.raises(NotFound):
        enter(a_case(), an_event(recovery_ids=(item,)))


def test_a_text_longer_than_its_column_is_refused_whole():
    with pytest.raises(InvalidInput, match="“text” has 2001 characters"):
        enter(a_case(), an_event(text="x" * 2001))


def test_RS_03_an_event_of_another_century_is_a_slip():
    with pytest.raises(RuleBroken):
        enter(a_case(), an_event(when=DateSpan.of(date(1126, 1, 1))))


def correct(case, number, given, **changes):
    return entries.correct_entry(
        case_id=case.pk,
        number=number,
        given=given,
        **({"reason": "read again", "by": desk.LEAD, "at": LATER} | changes),
    )


def test_a_correction_keeps_the_number_and_the_version_before():
    case = a_case()
    enter(case, an_event())

    correct(case, 1, an_event(text="At noon, not at night."))

    versions = CaseEntry.objects.filter(case=case, number=1).order_by("pk")
    assert [each.text for each in versions] == [
        an_event().text,
        "At noon, not at night.",
    ]
    assert [each.superseded_at for each in versions] == [LATER, None]


def test_IV_18_a_colleague_was_quicker():
    case = a_case()
    first = enter(case, an_event())
    correct(case, 1, an_event(text="other"))

    with pytest.raises(RuleBroken) as refused:
        correct(case, 1, an_event(seen=first.seen))
    assert refused.value.rule == "IV-18"


def test_what_a_correction_saw_does_not_tell_how_much_is_written_in_other_cases():
    case, other = a_case(), a_case()
    mine = enter(case, an_event())
    enter(other, an_event())
    later = enter(case, an_event())

    assert later.pk - mine.pk == 2
    assert not 0 < later.seen - mine.seen < 100
    assert mine.seen == CaseEntry.objects.get(pk=mine.pk).seen < 2**31


def test_IV_19_what_was_withdrawn_stays_so_and_is_named_no_more():
    case = a_case()
    enter(case, an_event())
    entries.withdraw_entry(
        case_id=case.pk, number=1, reason="a mistake", by=desk.LEAD, at=LATER
    )

    with pytest.raises(RuleBroken) as refused:
        correct(case, 1, an_event())
    assert refused.value.rule == "IV-19"
    with pytest.raises(RuleBroken) as refused:
        enter(case, an_event(mentions=(1,)))
    assert refused.value.rule == "IV-17"


def test_IV_27_a_task_is_done_and_an_event_is_not():
    case = a_case()
    enter(case, said(EntryKind.TASK, "ask the maker", due_on=LATER.date()))
    enter(case, an_event())

    def finish(number):
        return entries.finish_task(
            case_id=case.pk,
            number=number,
            done_on=cast.NOW.date(),
            by=desk.LEAD,
            at=LATER,
        )

    assert finish(1).done_on == cast.NOW.date()
    with pytest.raises(RuleBroken) as refused:
        finish(2)
    assert refused.value.rule == "IV-27"


def test_a_charge_is_of_the_law_of_its_day_and_each_element_is_borne_by_the_case():
    case = a_case()
    enter(case, an_event())

    def charge(on="2024-05-01", **elements):
        given = EntryInput(
            kind=EntryKind.CHARGE,
            text="Trafficking to consider",
            offence="FP5-1b",
            when=DateSpan.read(on),
            elements={code: (borne,) for code, borne in elements.items()},
        )
        return enter(case, given)

    assert charge(MOVE="1").elements == {"MOVE": ["1"]}
    with pytest.raises(RuleBroken) as refused:
        charge(MOVE="7")
    assert refused.value.rule == "IV-17"
    with pytest.raises(RuleBroken) as refused:
        charge(on="2001-05-01")
    assert refused.value.rule == "IV-20"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("IV-38", desk.said(EntryKind.TASK, "ask the dealer", due_on=LATER.date())),
        ("IV-38", desk.said(EntryKind.COUNSEL, "Dr Vale")),
        ("IV-39", an_event(handling=HandlingCode.H1)),
    ],
)
def test_IV_38_39_a_charge_rests_on_evidence_that_a_court_may_use(code, given):
    case = a_case()
    enter(case, given)
    charge = desk.said(
        EntryKind.CHARGE,
        "Trafficking to consider",
        offence="FP5-1b",
        when=DateSpan.read("2024-05-01"),
        elements={"MOVE": ("1",)},
    )

    with pytest.raises(RuleBroken) as refused:
        enter(case, charge)
    assert refused.value.rule == code


def test_IV_37_an_event_of_a_day_to_come_has_not_happened():
    case = a_case()
    tomorrow = LATER.date() + timedelta(days=1)

    with pytest.raises(RuleBroken) as refused:
        enter(case, an_event(when=DateSpan.of(tomorrow)))
    assert refused.value.rule == "IV-37"
    assert enter(case, an_event(when=DateSpan.of(LATER.date()))).number == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (NodeKind.PHONE, "+00 612 345 678", "0612-345678"),
        (NodeKind.VEHICLE, "ab-12 CD", "AB12CD"),
        (NodeKind.ACCOUNT, "@Trader.One", "trader.one"),
    ],
)
def test_two_ways_of_writing_have_one_key(kind, one, other):
    assert key_of(kind, one) == key_of(kind, other) != ""


@given(strategies.text(string.printable, max_size=40))
def test_a_key_is_the_same_for_what_it_was_made_of(text):
    for kind in NodeKind:
        key = key_of(kind, text)
        assert key_of(kind, key.partition(":")[2]) in {key, ""}
        assert not key or kind in {NodeKind.PHONE, NodeKind.VEHICLE, NodeKind.ACCOUNT}


def held(case):
    """Let the lead write a tip that does not go into judicial proceedings."""
    enter(case, an_event(text="A tip.", handling=HandlingCode.H1))
    join = {"case_id": case.pk, "person": desk.PROSECUTOR.name, "reason": "charges"}
    membership.add_member(**join, by=desk.LEAD, at=LATER)


def test_IV_28_what_is_held_back_is_not_told_but_whom_to_ask():
    case = a_case()
    held(case)
    how = {"viewer": desk.PROSECUTOR}

    (whom,) = queries.held_back(case.pk, **how)

    assert (whom.person, whom.telephone) == (desk.LEAD.name, "+00 VNP")
    assert queries.entries_of(case.pk, **how) == []
    assert queries.held_back(case.pk, viewer=desk.LEAD) == []
    assert queries.held_back(case.pk, kinds=(EntryKind.TASK,), **how) == []
    with pytest.raises(NotFound):
        queries.held_back(case.pk, viewer=desk.OTHER)
    with pytest.raises(RuleBroken, match=f"ask {desk.LEAD.name}") as refused:
        queries.entry_history(case.pk, 1, **how)
    assert refused.value.rule == "IV-28"


@pytest.mark.parametrize(
    "act",
    [
        lambda **how: entries.withdraw_entry(reason="wrong", **how),
        lambda **how: entries.undo_entry(reason="a slip", **how),
        lambda **how: entries.add_to_entry(given=an_event(), **how),
        lambda **how: entries.correct_entry(
            given=an_event(), reason="to read it", **how
        ),
    ],
)
def test_IV_28_who_may_not_read_an_entry_does_nothing_with_it(act):
    case = a_case()
    held(case)

    with pytest.raises(RuleBroken) as refused:
        act(case_id=case.pk, number=1, by=desk.PROSECUTOR, at=LATER)

    assert refused.value.rule == "IV-28"


def test_an_entry_that_was_open_before_is_held_back_whole():
    case = a_case()
    enter(case, an_event(text="Open."))
    join = {"case_id": case.pk, "person": desk.PROSECUTOR.name, "reason": "charges"}
    membership.add_member(**join, by=desk.LEAD, at=LATER)
    how = {"case_id": case.pk, "number": 1, "by": desk.LEAD, "at": LATER}
    entries.correct_entry(
        given=an_event(handling=HandlingCode.H1), reason="his request", **how
    )

    with pytest.raises(RuleBroken, match="held back"):
        queries.entry_history(case.pk, 1, viewer=desk.PROSECUTOR)


def test_persons_and_arms_are_added_to_an_event_that_stands():
    case, (item,) = a_case(), desk.found("S-1")
    enter(case, an_event(handling=HandlingCode.H2))
    more = an_event(
        subjects=(
            SubjectInput(
                subject_kind=NodeKind.PERSON, text="Ama", role=PersonRole.WITNESS
            ),
        ),
        recovery_ids=(item,),
    )

    later = entries.add_to_entry(
        case_id=case.pk, number=1, given=more, by=desk.LEAD, at=LATER
    )

    assert (later.mentions, later.recovery_ids) == ([2], [item])
    assert later.text == an_event().text
    person = CaseEntry.objects.get(case=case, number=2)
    assert (person.origin, person.handling) == (later.origin, "H2")
    assert CaseRecovery.objects.current().get(case=case).recovery_id == item


def test_IV_29_the_last_change_is_undone_and_both_stay_on_record():
    case = a_case()
    enter(case, an_event())
    how = {"case_id": case.pk, "number": 1, "by": desk.LEAD, "at": LATER}
    with pytest.raises(RuleBroken) as refused:
        entries.undo_entry(reason="a slip", **how)
    assert refused.value.rule == "IV-29"
    entries.correct_entry(given=an_event(text="Four."), reason="counted", **how)

    with pytest.raises(RuleBroken) as refused:
        entries.undo_entry(reason=" ", **how)
    assert refused.value.rule == "IV-03"
    how |= {"reason": "a slip"}
    back = entries.undo_entry(**how)
    assert (back.text, back.reason) == (an_event().text, "a slip")
    assert entries.undo_entry(**how).text == "Four."
    entries.withdraw_entry(**how)
    back = entries.undo_entry(**how)

    assert (back.text, back.is_withdrawn) == ("Four.", False)
    assert len(queries.entry_history(case.pk, 1, viewer=desk.LEAD)) == 6
    with pytest.raises(RuleBroken) as refused:
        entries.undo_entry(seen=1, **how)
    assert refused.value.rule == "IV-18"


def test_IV_05_a_task_goes_to_somebody_who_works_on_cases():
    case = a_case()
    task = said(EntryKind.TASK, "ask the maker", due_on=LATER.date())

    with pytest.raises(RuleBroken) as refused:
        enter(case, replace(task, person="nobody.here"))
    assert refused.value.rule == "IV-05"
    assert enter(case, replace(task, person=desk.LEAD.name)).person == desk.LEAD.name


def test_IV_12_a_task_is_not_due_in_the_year_one():
    with pytest.raises(RuleBroken) as refused:
        enter(a_case(), said(EntryKind.TASK, "x", due_on=date(1, 1, 1)))
    assert refused.value.rule == "IV-12"
