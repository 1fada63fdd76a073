import json
from contextlib import contextmanager
from datetime import timedelta

import pytest

from armstrace.audit.models import LedgerEntry
from armstrace.cli.main import status_of
from armstrace.jobs.models import Job
from armstrace.risk import jobs, rules
from armstrace.risk.actions import warnings
from armstrace.risk.models import EarlyWarning, WarningStanding
from armstrace.risk.queries import early_warnings, warning_facts
from armstrace.risk.queries.early_warnings import WarningFilter
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.warnings import WarningKind, WarningState
from tests import cast
from tests.ledger_guard import written_directly
from tests.risk import warned

pytestmark = pytest.mark.django_db
FIRST = PageRequest(1, 20)
REASON = {"reason": "A lot of one dealer."}


@pytest.fixture
def warning(db):
    warned.recovered("VNP", "VNP", "VNP")
    (made,) = warned.raised()
    return made


@contextmanager
def refused(rule):
    with pytest.raises(RuleBroken) as broken:
        yield
    assert broken.value.rule == rule


def rows(viewer, **where):
    page = early_warnings.warning_rows(
        WarningFilter(**where), viewer=viewer, page=FIRST
    )
    return page.rows


def test_neighbouring_serials_are_raised_for_the_agency_that_recovered_them(warning):
    assert warning.kind == WarningKind.NEAR_SERIALS
    assert warning.agency == "VNP"
    assert warning.role == Role.INVESTIGATOR
    assert len(warning.evidence) == 3
    assert "AB441201" in str(warning.sentence)
    assert LedgerEntry.objects.filter(act="warning.raised").count() == 1


def test_what_was_raised_is_not_raised_again(warning):
    assert warned.raised() == ()
    assert warned.raised(cast.NOW + timedelta(days=3)) == ()
    assert EarlyWarning.objects.count() == 1


def test_a_record_that_joins_a_warning_that_waits_is_added_to_it(db):
    first, second, third = warned.recovered("VNP", "VNP", "VNP")
    (made,) = warned.raised()
    raised_with = [f"R{first}", f"R{second}"]
    with written_directly():
        EarlyWarning.objects.filter(pk=made.pk).update(evidence=raised_with)

    assert warned.raised(cast.NOW + timedelta(days=3)) == ()

    page = early_warnings.warning_page(made.pk, viewer=warned.INVESTIGATOR)
    assert page.later_records == (f"R{third}",)
    assert len(page.evidence) == 3
    (row,) = rows(warned.INVESTIGATOR)
    assert (row.records, row.state) == (3, WarningState.NEW)
    assert str(row.renewed) == str(page.renewed)
    assert "Joined since it was raised: 1; records in all: 3." in str(row.renewed)
    assert page.days == (page.evidence[0].on, page.evidence[-1].on)
    assert warned.raised(cast.NOW + timedelta(days=4)) == ()
    assert made.standings.count() == 2


def test_records_of_several_agencies_warn_the_hub_alone(db):
    warned.recovered("VNP", "VCG", "VNP")
    (made,) = warned.raised()

    assert made.agency == ""
    assert made.role == Role.ANALYST
    assert [row.reference for row in rows(cast.ANALYST)] == [made.reference]
    assert rows(warned.INVESTIGATOR) == []


def test_a_stranger_sees_no_warning(warning):
    assert rows(warned.ELSEWHERE) == []
    with pytest.raises(NotFound):
        early_warnings.warning_page(warning.pk, viewer=warned.ELSEWHERE)
    with pytest.raises(NotPermitted):
        rows(cast.OFFICER)
    assert early_warnings.count_new(viewer=warned.ELSEWHERE) == 0


def test_its_page_shows_the_records_beneath_it(warning):
    page = early_warnings.warning_page(warning.pk, viewer=warned.INVESTIGATOR)

    assert [row.serial for row in page.evidence] == list(warned.SERIALS)
    assert set(page.recoveries) == set(warning.evidence)
    assert page.others == ()


def test_its_page_knows_where_its_places_lie(db):
    warned.recovered("VNP", "VNP", "VNP", spot=(46.5, -30.0))
    (made,) = warned.raised()

    page = early_warnings.warning_page(made.pk, viewer=warned.INVESTIGATOR)

    assert page.spots == {f"Town {n}": (46.5, -30.0) for n in range(3)}


def test_old_records_that_are_loaded_late_are_no_news(db):
    warned.recovered("VNP", "VNP", "VNP", on=warned.TODAY - timedelta(days=300))

    assert warned.raised() == ()


def test_a_warning_is_taken_and_then_acted_on(warning):
    warned.decided(warning, WarningState.TAKEN, by=warned.INVESTIGATOR)
    warned.decided(
        warning, WarningState.ACTED, by=warned.INVESTIGATOR, case_number="C12"
    )

    told = warning.standings.order_by("pk").values_list("state", "person")
    assert list(told) == [
        ("NEW", ""),
        ("TAKEN", warned.INVESTIGATOR.name),
        ("ACTED", warned.INVESTIGATOR.name),
    ]
    assert rows(cast.ANALYST, state="NEW") == []
    assert len(rows(cast.ANALYST, state="ACTED", kind="NEAR_SERIALS")) == 1


def test_EW_01_a_warning_is_dismissed_with_a_reason(warning):
    with refused("EW-01"):
        warned.decided(warning, WarningState.DISMISSED)

    warned.decided(warning, WarningState.DISMISSED, **REASON)

    assert WarningStanding.objects.current().get().reason == REASON["reason"]


def test_EW_02_who_was_slower_overwrites_nothing(warning):
    seen = warning.standings.get().pk
    warned.decided(warning, WarningState.TAKEN)

    with refused("EW-02"):
        warned.decided(warning, WarningState.DISMISSED, seen=seen, **REASON)


def test_EW_03_what_is_decided_is_not_decided_again(warning):
    warned.decided(warning, WarningState.DISMISSED, **REASON)

    with refused("EW-03"):
        warned.decided(warning, WarningState.ACTED)


def test_EW_10_what_was_decided_is_taken_up_again_with_a_reason(warning):
    warned.decided(warning, WarningState.DISMISSED, **REASON)

    with refused("EW-10"):
        warned.decided(warning, WarningState.TAKEN, reason=" ")
    warned.decided(warning, WarningState.TAKEN, reason="A fourth pistol came up.")

    told = warning.standings.order_by("pk").values_list("state", flat=True)
    assert list(told) == ["NEW", "DISMISSED", "TAKEN"]


def test_EW_11_a_warning_is_given_back_by_who_took_it_or_a_supervisor(warning):
    back = {"state": WarningState.NEW, "reason": "I am away until May."}
    with refused("EW-11"):
        warned.decided(warning, **back)
    warned.decided(warning, WarningState.TAKEN, by=warned.INVESTIGATOR)
    with refused("EW-11"):
        warned.decided(warning, by=cast.ANALYST, **back)
    with refused("EW-10"):
        warned.decided(warning, WarningState.NEW, by=warned.INVESTIGATOR, reason="-")

    warned.decided(warning, by=warned.INVESTIGATOR, **back)
    warned.decided(warning, WarningState.TAKEN, by=warned.INVESTIGATOR)
    now = warned.decided(warning, by=cast.SUPERVISOR, **back)

    assert (now.state, now.person) == ("NEW", "")
    warned.decided(warning, WarningState.DISMISSED, **REASON)
    with refused("EW-03"):
        warned.decided(warning, by=cast.SUPERVISOR, **back)


def test_EW_04_a_run_that_is_overtaken_says_so():
    assert rules.RUN_ONCE.broken(facts=False).rule == "EW-04"


def test_an_auditor_reads_and_decides_nothing(warning):
    assert rows(cast.AUDITOR)
    with pytest.raises(NotPermitted):
        warned.decided(warning, WarningState.TAKEN, by=cast.AUDITOR)
    with pytest.raises(NotPermitted):
        warnings.raise_warnings(by=cast.ANALYST, at=cast.NOW)


def test_a_stranger_decides_nothing(warning):
    with pytest.raises(NotFound):
        warned.decided(warning, WarningState.TAKEN, by=warned.ELSEWHERE)
    assert warning.standings.count() == 1


def test_facts_hold_what_the_records_say(db):
    made = warned.recovered("VNP", "VNP", "VNP")

    known = warning_facts.facts(
        viewer=cast.SYSTEM,
        since=warned.TODAY - timedelta(days=7),
        until=warned.TODAY,
    )

    assert {each.number for each in known.recovered} == {f"R{key}" for key in made}
    assert {each.serial for each in known.recovered} == set(warned.SERIALS)
    assert all(known.is_new(each) for each in known.recovered)


def test_facts_tell_inventory_marks_and_what_was_still_with_its_holder(db):
    warned.recovered("VNP", other_marks="crown; INV 4821", was_holder=Known.YES)

    known = warning_facts.facts(
        viewer=cast.SYSTEM,
        since=warned.TODAY - timedelta(days=7),
        until=warned.TODAY,
    )

    (one,) = known.recovered
    assert (one.inventory, one.is_explained) == ("INV4821", True)


def test_facts_cost_the_same_queries_however_many_records(
    db, django_assert_max_num_queries
):
    warned.recovered("VNP", "VNP", "VNP")

    with django_assert_max_num_queries(20):
        warning_facts.facts(
            viewer=cast.SYSTEM,
            since=warned.TODAY - timedelta(days=7),
            until=warned.TODAY,
        )


def test_the_job_raises_and_is_done(db):
    warned.recovered("VNP", "VNP", "VNP")
    job = jobs.begin(by=cast.SYSTEM, at=cast.NOW)

    told = jobs.warn(job, cast.SYSTEM, cast.NOW, jobs.JobContext())

    assert len(told.warnings) == 1
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_the_command_says_what_it_raised(db, capsys):
    assert status_of(["warn", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["raised"] == 0
    assert told["false_alarms"] == 1
    assert told["standing"] == []


def test_the_command_lists_what_was_raised_before_and_still_waits(warning, capsys):
    assert status_of(["warn", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    (one,) = told["standing"]
    assert (one["warning"], one["state"]) == (warning.reference, "NEW")
    assert told["warnings"] == []
    assert LedgerEntry.objects.latest("seq").operation == "CONSULT"


def test_the_command_names_what_waits_in_words_too(warning, capsys):
    assert status_of(["warn"]) == 0

    said = capsys.readouterr().out
    assert "Earlier ones without a decision: 1" in said
    assert f"  {warning.reference} " in said
