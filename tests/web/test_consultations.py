"""Whatever shows a record leaves who looked at which, once for each request.

Every address that answers a GET is tried, so that a new page that shows records and
notes nothing fails here until it does, or until somebody says why it need not.
"""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern

from armstrace.accounts import actors
from armstrace.audit.models import LedgerEntry
from armstrace.intake.models import HeldRow
from armstrace.jobs.running import JobContext
from armstrace.recoveries.actions import matching_runs
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.ballistics import Verdict
from armstrace.vocabulary.matching import MatchAgainst
from tests.ballistics import marks as bench
from tests.intake import files
from tests.intake.loads import NOON, load, recovery, table
from tests.web.at_bench import enrolled, folder, kept  # noqa: F401 -- fixtures
from tests.web.test_work import PNG

pytestmark = pytest.mark.django_db

SHOWS_NO_RECORD = {
    # Counts and figures; the records behind them are lists of their own.
    "figures": "figures alone",
    "figures-year": "figures alone",
    "shortfall": "figures alone",
    "look": "figures alone",
    "look-year": "figures alone",
    "returns": "figures alone",
    "return-year": "figures alone",
    "return-checks": "figures alone",
    "return-changes": "figures alone",
    "return-kept": "figures alone",
    "return-explain": "figures alone",
    "return-enter": "figures alone",
    "return-enter-table": "figures alone",
    "return-load": "a form",
    "return-keep": "a form",
    "return-out": "figures alone",
    "return-report": "figures alone",
    "return-read-back": "a form",
    "return-neighbour": "figures alone",
    "return-blanks": "figures alone",
    "return-workbook": "figures alone",
    "return-cells": "figures alone",
    "return-release": "figures alone",
    "return-sdmx": "figures alone",
    "return-accompanying": "figures alone",
    "return-kept-file": "figures alone",
    "return-report-pdf": "figures alone",
    "return-neighbour-csv": "figures alone",
    "publications": "figures alone",
    "world": "figures of other States",
    "release": "figures of other States",
    "country": "figures of other States",
    "country-of": "figures of other States",
    # Forms and lists of work, that name no record of an arm or a person.
    "look-up": "an empty form; a look-up is tried apart",
    "recovery-record": "an empty form",
    "mark-enrol": "an empty form",
    "ledger": "its query writes the entry",
    "intake-file": "a file that is not loaded yet",
    "intake": "files that were loaded, by name",
    "intake-profiles": "how columns are understood",
    "intake-profile": "how columns are understood",
    "matching": "runs, by number",
    "matching-tuning": "rates of misreading",
    "purpose": "a form",
    "sign-in": "a form",
    "reference-sets": "test fires of a laboratory",
    "reference-set": "test fires of a laboratory",
    # The list of accounts names staff, not people of whom the police keep records.
    "administration": "accounts of staff, and how the ledger stands",
}


def patterns(resolver=None):
    """Give the named addresses of the staff site."""
    for each in (resolver or get_resolver("armstrace.web.urls")).url_patterns:
        if isinstance(each, URLPattern):
            if each.name:
                yield each
        else:
            yield from patterns(each)


@pytest.fixture
def filled(known, at_desk, enrolled, kept, tmp_path):  # noqa: F811 -- fixtures
    """Have a record for every number that an address can hold."""
    said = bench.concluded(enrolled[0], enrolled[1], Verdict.IDENTIFICATION, kept)
    by = actors.system_actor()
    run = matching_runs.begin_run(against=MatchAgainst.ALL, year=None, by=by, at=NOON)
    matching_runs.run_matching(run=run, by=by, at=NOON, context=JobContext())
    rows = table(recovery("1"), recovery("2", recovered_on="no day"))
    batch = load(files.csv_file(tmp_path / "rows.csv", rows), agency="HUB")
    at_desk("otto").post(
        reverse("recovery-photograph", args=[known.recovered[0]]),
        {"file": SimpleUploadedFile("left.png", PNG, "image/png"), "caption": "left"},
    )
    photograph = Recovery.objects.get(pk=known.recovered[0]).photographs.get()
    return {
        "recovery_id": known.recovered[0],
        "other_id": known.recovered[1],
        "arm_id": known.arms[0],
        "mark_id": enrolled[0].pk,
        "comparison_id": kept.pk,
        "conclusion_id": said.pk,
        "photograph_id": photograph.pk,
        "run_id": run.pk,
        "batch_id": batch.pk,
        "held_id": HeldRow.objects.get(batch=batch).pk,
        "year": 2022,
        "method": "metadata",
        "stage": "RECOVERED",
        "code": "XV",
        "shown": "surface",
    }


NUMBERS = {
    "comparison-picture": {"shown": "first"},
    "comparison-report": {"kind": "html"},
    "figure-records": {"part": "DENOMINATOR"},
    "return-records": {"key": "B1:PISTOL:SEIZED"},
    "decide": {"key": "open"},
    "route-records": {"code": "AT"},
}
EVERYBODY = ("ana", "elena", "stan", "audrey", "ada")


def test_every_page_that_shows_records_leaves_which(at_desk, filled):
    desks = {name: at_desk(name) for name in EVERYBODY}
    silent, untried = [], []

    for pattern in patterns():
        if pattern.name in SHOWS_NO_RECORD:
            continue
        address = _address(pattern, filled)
        answers = address and _answers(desks, address)
        if not answers:
            untried.append(pattern.name)
        elif any(code == 200 and not left for code, left in answers):
            silent.append(pattern.name)

    assert (silent, untried) == ([], []), (
        f"{silent} note none; nothing to try {untried} with"
    )


def _address(pattern, filled):
    given = filled | NUMBERS.get(pattern.name, {})
    kwargs = {name: given.get(name) for name in pattern.pattern.converters}
    try:
        return None if None in kwargs.values() else reverse(pattern.name, kwargs=kwargs)
    except NoReverseMatch:
        return None


def _answers(desks, address):
    """Give the first answer that is a page or a file, and whether it left records.

    Answers that send away or ask for another method show nothing.
    """
    found = []
    for client in desks.values():
        before = LedgerEntry.objects.count()
        code = client.get(address).status_code
        left = LedgerEntry.objects.filter(seq__gte=before, operation="CONSULT")
        if code in {200, 302, 405}:
            named = any(json.loads(each.body)["subjects"] for each in left)
            found.append((code, named))
            break
    return found
