"""The clock of an application explains itself; a new law says whom it touches."""

from datetime import date
from typing import Any

import pytest

from armstrace.licensing import queries
from armstrace.vocabulary import profiles
from armstrace.vocabulary.licensing import LicenceAct, LicenceType, Turn
from armstrace.vocabulary.paging import PageRequest
from tests.cast import AUDITOR
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, DECIDER, MONDAY

pytestmark = pytest.mark.django_db


def row_of(application: Any, at: Any) -> Any:
    return queries.application_page(application.pk, viewer=ASSESSOR, at=at)


def asked(application: Any, at: Any) -> int:
    desk.do(application, LicenceAct.ASK, at, words="which?")
    return application.questions.latest("pk").pk


def answered(application: Any, question: int, at: Any) -> None:
    desk.do(application, LicenceAct.ANSWER, at, question=question, words="that one")


def test_overlapping_questions_stop_the_clock_once() -> None:
    made = desk.sent()
    first = asked(made, MONDAY + DAY)
    second = asked(made, MONDAY + 2 * DAY)
    answered(made, first, MONDAY + 3 * DAY)

    waits = row_of(made, MONDAY + 3 * DAY)
    assert (waits.row.due_on, waits.row.turn) == (None, Turn.APPLICANT)
    answered(made, second, MONDAY + 4 * DAY)

    page = row_of(made, MONDAY + 7 * DAY)  # the Monday after
    assert (page.row.days_used, page.days_stopped) == (2, 3)
    assert [each.days for each in page.stops] == [2, 2]
    assert page.row.turn == Turn.ASSESSOR
    assert page.row.due_on == date(2026, 5, 28)


def test_on_a_day_without_work_an_application_is_past_due_by_its_day(
    settings: Any,
) -> None:
    settings.HOME_COUNTRY = ""
    made = desk.sent(at=MONDAY - 3 * DAY)  # a Friday
    due = row_of(made, MONDAY).row.due_on
    friday = MONDAY + DAY * (due - MONDAY.date()).days

    def told(at: Any) -> Any:
        row = row_of(made, at).row
        return row.days_used == row.days_allowed, row.is_late

    assert due.strftime("%A") == "Friday"
    assert told(friday) == (True, False)
    assert told(friday + DAY) == (True, True)


def test_a_decision_keeps_the_days_that_it_took_and_each_figure_opens_its_cases(
    settings: Any,
) -> None:
    settings.HOME_COUNTRY = ""
    late, quick = desk.proposed(), desk.proposed()
    for made, at in ((quick, MONDAY + DAY), (late, MONDAY + 120 * DAY)):
        given = desk.granted(valid_from=at.date())
        desk.do(made, LicenceAct.DECIDE, at, DECIDER, **given)
    desk.decided(desk.REFUSED)

    (figure,) = queries.timeliness(None, None, viewer=ASSESSOR)

    assert figure.activity is LicenceType.POSSESS
    assert (figure.decided, figure.in_time, figure.late, figure.refused) == (3, 2, 1, 1)
    assert figure.median == 1
    for shown, count in (("IN_TIME", 2), ("LATE", 1), ("REFUSED", 1)):
        where = queries.ApplicationFilter(shown=queries.ApplicationsShown(shown))
        page = queries.application_rows(
            where, viewer=ASSESSOR, at=MONDAY, page=PageRequest()
        )
        assert len(page.rows) == count
    assert not queries.timeliness(date(2027, 1, 1), None, viewer=ASSESSOR)


def test_what_waits_is_counted_for_who_can_do_it() -> None:
    desk.sent(), desk.proposed(), desk.drafted()

    of_assessor = queries.waiting(viewer=ASSESSOR, at=MONDAY + 200 * DAY)
    of_decider = queries.waiting(viewer=DECIDER, at=MONDAY)

    assert (of_assessor.to_assess, of_assessor.to_decide) == (1, 0)
    assert of_assessor.overdue == 2
    assert (of_decider.to_decide, of_decider.overdue) == (1, 0)
    where = queries.ApplicationFilter(shown=queries.ApplicationsShown.TO_DECIDE)
    for viewer, count in ((ASSESSOR, 0), (DECIDER, 1)):
        page = queries.application_rows(
            where, viewer=viewer, at=MONDAY, page=PageRequest()
        )
        assert len(page.rows) == count


def test_a_new_law_lists_the_open_applications_that_it_would_decide_otherwise() -> None:
    young, old = desk.sent(born_on=date(2010, 1, 1)), desk.sent()
    desk.decided(born_on=date(2010, 1, 1))
    told = {"viewer": ASSESSOR, "at": MONDAY}

    assert list(queries.otherwise_decided(**told)) == []
    (found,) = queries.otherwise_decided(**told, law=profiles.load("eu"))

    assert found.application_id == young.pk != old.pk
    assert (found.blocked, found.blocks) == ((), ("LC-AGE",))


def test_a_licence_that_an_auditor_looks_at_offers_no_act() -> None:
    desk.issued()
    licence = desk.licence()

    page = queries.licence_page(licence.pk, viewer=AUDITOR, at=MONDAY)

    assert page.restrictions(AUDITOR) == page.applications(AUDITOR) == ()
    assert page.restrictions(DECIDER)
