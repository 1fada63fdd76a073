"""Covert names are sealed, for named eyes, and found nowhere else."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, transaction

from armstrace.audit import ledger
from armstrace.audit.models import LedgerEntry
from armstrace.intelligence.actions import subjects
from armstrace.techniques.actions import authorising, covering, delivering, running
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.ledger import Operation as Kind
from tests.intelligence import desk as picture
from tests.investigations import desk as cases
from tests.procedures import desk as steps
from tests.techniques import desk
from tests.techniques.desk import AUDITOR, CUSTOMS, HOUR, LEAD, NOW, PROSECUTOR

pytestmark = pytest.mark.django_db
CANARY = "Zephyrine Canarywing"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.HOME_COUNTRY = tmp_path, desk.HOME


@pytest.fixture
def operation():
    made = desk.started()
    covering.keep_cover(operation_id=made.pk, name=CANARY, by=LEAD, at=NOW)
    return made


def show(operation, by=LEAD, at=NOW, reason="to brief the team"):
    return covering.show_covers(operation_id=operation.pk, reason=reason, by=by, at=at)


def test_a_covert_name_is_read_by_who_is_named_for_it_with_an_entry(operation):
    assert [each.name for each in show(operation)] == [CANARY]

    entry = LedgerEntry.objects.get(act="technique.covers_shown")
    assert (entry.actor, entry.operation) == (LEAD.name, "CONSULT")


def test_TE_18_nobody_else_reads_it(operation):
    how = {"operation_id": operation.pk, "by": LEAD, "at": NOW}
    running.name_person(person=CUSTOMS.name, sees_covers=False, **how)

    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        show(operation, by=CUSTOMS)
    assert refused.value.rule == "TE-18"
    for other in (PROSECUTOR, AUDITOR):
        with pytest.raises(NotPermitted):
            show(operation, by=other)
    with pytest.raises(RuleBroken):
        show(operation, reason="-")


def test_TE_18_nobody_names_themselves_for_it(operation):
    how = {"operation_id": operation.pk, "person": CUSTOMS.name, "at": NOW}
    running.name_person(sees_covers=False, by=LEAD, **how)

    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        running.name_person(sees_covers=True, by=CUSTOMS, **how)
    assert refused.value.rule == "TE-18"
    running.name_person(sees_covers=True, by=LEAD, **how)

    assert show(operation, by=CUSTOMS)


def test_when_the_authority_ends_it_is_read_by_nobody(operation):
    with pytest.raises(NotFound):
        show(operation, at=NOW + 10 * HOUR)
    authorising.withdraw_authority(
        operation_id=operation.pk, reason="risk to life", by=PROSECUTOR, at=NOW + HOUR
    )
    with pytest.raises(NotFound):
        show(operation, at=NOW + HOUR)


def test_an_empty_name_is_refused(operation):
    with pytest.raises(InvalidInput):
        covering.keep_cover(operation_id=operation.pk, name=" ", by=LEAD, at=NOW)


def test_no_table_holds_it_in_clear(operation):
    """The canary: every column of every table, the ledger and its reasons too."""
    show(operation)
    found = []
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            if any("Canarywing" in str(row) for row in cursor.fetchall()):
                found.append(model._meta.label)

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        f"He is {CANARY}.",
        "CANARYWING, then “Zephyrine”",
        "Зефирин Канаривинг",
        "zephyrinecanarywing",
        "Zephyrine-Canary-wing",
        "Z e p h y r i n e  C a n a r y w i n g",
        "Zephy\u200brine Canary\u00adwing",
        "Zéphyrïne Çanarywing",
    ],
)
def test_TE_30_no_text_of_the_linked_picture_holds_it(operation, text):
    shown = {"by": LEAD, "at": NOW, "reason": text}
    subject = picture.subject(by=LEAD)
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        subjects.withdraw_subject(subject_id=subject.pk, **shown)
    assert refused.value.rule == "TE-30"

    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        picture.subject(by=LEAD, notes=text)
    assert refused.value.rule == "TE-30"


def refused(act, *given, **said):
    with pytest.raises(RuleBroken) as told, transaction.atomic():
        act(*given, by=LEAD, **said)
    return told.value.rule


def test_TE_30_no_text_of_any_app_holds_it(operation):
    case, arm = cases.a_case(), steps.recovered(criminal_contexts=steps.DRUGS)
    event = cases.an_event(text=f"She met {CANARY}.")
    reads = {"act": "case.read", "op": Kind.CONSULT, "at": NOW}

    assert refused(cases.enter, case, event) == "TE-30"
    assert refused(steps.ask, arm, "dna", reason=f"{CANARY} says so") == "TE-30"
    found = pytest.raises(RuleBroken, match="covert name")
    with found, ledger.entry(by=LEAD, **reads) as entry:
        entry.justify(f"to find {CANARY}")


@pytest.mark.parametrize("field", ["handed_by", "received_by", "place"])
def test_TE_30_no_hand_over_is_signed_with_it(operation, field):
    leg = replace(desk.leg(), **{field: CANARY})
    how = {"operation_id": operation.pk, "given": leg, "at": NOW}

    assert refused(delivering.hand_over, **how) == "TE-30"


def test_TE_30_a_programme_knows_what_its_person_knows(operation):
    grants = {
        name: LEAD.grants[name] for name in LEAD.grants if "technique" not in name
    }
    programme = replace(LEAD, grants=grants, is_programme=True)

    with pytest.raises(RuleBroken) as told, transaction.atomic():
        picture.subject(by=programme, notes=CANARY)

    assert told.value.rule == "TE-30"


def test_TE_30_what_a_colleague_wrote_keeps_nobody_from_correcting_it(operation):
    subject = picture.subject(by=cases.COLLEAGUE, notes=CANARY)
    stated = picture.a_subject(notes="a man of thirty")

    subjects.correct_subject(
        subject_id=subject.pk, stated=stated, reason="not told", by=LEAD, at=NOW
    )


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("the rose is red", True),
        ("a Rosé", True),
        ("Ro-se", True),
        ("prose, roses and Rosenberg", False),
        ("it rises", False),
    ],
)
def test_TE_30_a_name_of_one_word_is_refused_as_a_whole_word(text, is_refused):
    operation = desk.started()
    covering.keep_cover(operation_id=operation.pk, name="Rose", by=LEAD, at=NOW)
    if is_refused:
        assert refused(picture.subject, notes=text) == "TE-30"
    else:
        assert picture.subject(by=LEAD, notes=text)


def test_TE_30_nobody_learns_of_a_name_that_is_not_theirs(operation):
    assert picture.subject(by=cases.COLLEAGUE, notes=CANARY)
    assert picture.subject(by=LEAD, notes="Zephyrine alone")
