"""Whoever is named reads an operation, as long as the authority lasts."""

import pytest

from armstrace.techniques import inputs, queries
from armstrace.techniques.actions import authorising, running
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.techniques import OperationOutcome, OperationStep
from tests import cast
from tests.investigations.test_ending import close
from tests.techniques import desk
from tests.techniques.desk import (
    CUSTOMS,
    HOUR,
    LEAD,
    NOW,
    PROSECUTOR,
    SECOND,
    STRANGER,
    is_readable,
    page,
    refuse,
    start,
)

pytestmark = pytest.mark.django_db


def test_strangers_and_colleagues_who_are_not_named_read_nothing():
    operation = desk.started()

    for viewer in (STRANGER, SECOND, CUSTOMS):
        assert not is_readable(operation, viewer)
        rows = queries.operation_rows(viewer=viewer, at=NOW, page=PageRequest())
        assert list(rows.rows) == []
    with pytest.raises(NotPermitted):
        page(operation, cast.ANALYST)


def test_TE_15_who_is_named_reads_until_named_no_more():
    operation = desk.started()
    how = {"operation_id": operation.pk, "by": LEAD, "at": NOW}
    refuse(
        "TE-15",
        lambda: running.name_person(person=cast.ANALYST.name, sees_covers=False, **how),
    )

    running.name_person(person=CUSTOMS.name, sees_covers=False, **how)
    assert is_readable(operation, CUSTOMS)
    running.remove_person(person=CUSTOMS.name, reason="the leg is over", **how)

    assert not is_readable(operation, CUSTOMS)


def test_TE_27_who_is_named_to_receive_leads_nothing():
    operation = desk.started()
    how = {"operation_id": operation.pk, "at": NOW}
    named = {"person": CUSTOMS.name, "sees_covers": False}
    running.name_person(**named, by=LEAD, **how)
    why = {"reason": "enough", "by": CUSTOMS}

    refuse("TE-27", lambda: running.stop_operation(**why, **how))
    refuse("TE-27", lambda: running.remove_person(person=LEAD.name, **why, **how))
    refuse("TE-27", lambda: running.name_person(**named, by=CUSTOMS, **how))

    assert is_readable(operation, LEAD)
    running.stop_operation(reason="enough", by=PROSECUTOR, **how)
    refuse("TE-27", lambda: start(operation, by=CUSTOMS))
    learned = inputs.EvaluationInput(OperationOutcome.REACHED, "parcels change hands")
    refuse(
        "TE-27",
        lambda: running.evaluate_operation(given=learned, by=CUSTOMS, **how),
    )


def test_TE_29_an_authority_in_force_keeps_somebody_who_leads_under_it():
    operation = desk.started()
    how = {"operation_id": operation.pk, "at": NOW, "by": LEAD}
    running.name_person(person=CUSTOMS.name, sees_covers=False, **how)
    gone = {"person": LEAD.name, "reason": "another unit", **how}

    refuse("TE-29", lambda: running.remove_person(**gone))

    colleague = desk.cases.COLLEAGUE.name
    running.name_person(person=colleague, sees_covers=False, **how)
    running.remove_person(**gone)
    assert not is_readable(operation, LEAD)


def test_IV_36_a_case_is_not_closed_while_an_authority_is_in_force_in_it():
    operation = desk.started()
    case, colleague = operation.case, desk.cases.COLLEAGUE

    refuse("IV-36", lambda: close(case, by=colleague, at=NOW))

    authorising.withdraw_authority(
        operation_id=operation.pk, reason="enough is known", by=PROSECUTOR, at=NOW
    )
    close(case, by=colleague)


def test_a_list_tells_of_what_ended_its_number_kind_and_state_alone():
    operation = desk.started()

    (row,) = queries.operation_rows(
        viewer=LEAD, at=NOW + 20 * HOUR, page=PageRequest()
    ).rows

    assert (row.reference, row.step, row.is_open) == (
        operation.reference,
        OperationStep.ENDED,
        False,
    )


def test_TE_21_the_own_State_consents_by_its_authority_alone():
    operation = desk.started()

    desk.refuse(
        "TE-21", lambda: desk.consent(operation, desk.HOME, desk.NOW, is_given=False)
    )
