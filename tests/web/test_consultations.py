"""Whatever shows a record leaves who looked at which, once for each request.

Every address that answers a GET is tried, so that a new page that shows records and
notes nothing fails here until it does, or until somebody says why it need not.
"""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern

from armstrace.accounts import actors
from armstrace.audit import blocks, ledger
from armstrace.audit.models import DigestBlock, LedgerEntry
from armstrace.custody.actions import counting
from armstrace.intake.models import HeldRow
from armstrace.jobs.running import JobContext
from armstrace.licensing.models import Holder
from armstrace.recoveries.actions import matching_runs, recording
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.arms import ItemKind, PartType
from armstrace.vocabulary.ballistics import Verdict
from armstrace.vocabulary.matching import MatchAgainst
from tests.ballistics import marks as bench
from tests.custody import desk
from tests.intake import files
from tests.intake.loads import NOON, load, recovery, table
from tests.web import scenario_b, world
from tests.web.at_bench import enrolled, folder, kept  # noqa: F401 -- fixtures
from tests.web.test_work import PNG

pytestmark = pytest.mark.django_db

SHOWS_NO_RECORD = {
    "arm-register": "an empty form",
    "holder-record": "an empty form",
    "workload": "staff, and counts",
    "acts-done": "its query writes the entry",
    "waivers": "noted where there are any; none in this world",
    "tuning-uses": "rates of misreading",
    "arm-pairs": "noted where there are pairs; none in this world",
    "losses": "noted where there are reports; none in this world",
    # Lists whose rows ``figure-records`` shows too, made by one function.
    "route-records": "rows of figure-records",
    "stopped-records": "rows of figure-records",
    "shortfall-records": "rows of figure-records",
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
    "stores": "stores, by name",
    "counts": "counts, by number",
    "exhibit-find": "an empty form",
    "ways-out": "rows of the list of exhibits",
    "exhibit-act": "the query of an exhibit's page notes it",
    "exhibit-photograph": "the query of an exhibit's page notes it",
    # Forms and lists of work, that name no record of an arm or a person.
    "look-up": "an empty form; a look-up is tried apart",
    "recovery-record": "an empty form",
    "arm-happening": "the query of an arm's page notes it",
    "intake-profile-edit": "how columns are understood",
    "token-issue": "a form for staff",
    "person-do": "a form for staff",
    "agency-do": "a form for staff",
    "token-revoke": "a form for staff",
    "mark-enrol": "an empty form",
    # Who looked: the asking is an entry of its own (tests/web/test_oversight.py).
    "ledger": "its query writes the entry",
    "consultations": "its query writes the entry",
    "unusual-use": "its query writes the entry",
    "who-looked": "its query writes the entry",
    "ledger-entry": "its query writes the entry",
    "ledger-proof": "how the ledger stands",
    "intake-file": "a file that is not loaded yet",
    "intake-file-class": "a file that is not loaded yet",
    "intake": "files that were loaded, by name",
    "intake-profiles": "how columns are understood",
    "intake-profile": "how columns are understood",
    "matching": "runs, by number",
    "matching-tuning": "rates of misreading",
    "purpose": "a form",
    "sign-in": "a form",
    "reference-sets": "test fires of a laboratory",
    "reference-set": "test fires of a laboratory",
    # What is around a record needs its number: ``test_networks`` asks for it.
    "network": "an empty form",
    "network-path": "an empty form",
    "network-file": "refused without a number",
    "network-schema": "no record",
    # The list of accounts names staff, not people of whom the police keep records.
    "people": "staff, not people of whom records are kept",
    "person": "staff, not people of whom records are kept",
    "person-invite": "staff, not people of whom records are kept",
    "agencies": "staff, not people of whom records are kept",
    "roles": "staff, not people of whom records are kept",
    "sessions": "staff, not people of whom records are kept",
    "tokens": "staff, not people of whom records are kept",
    "settings-seen": "staff, not people of whom records are kept",
    "own-account": "staff, not people of whom records are kept",
    "lost-factors": "staff, not people of whom records are kept",
    "lost-factors-decide": "a form for staff",
    "own-factors": "staff, not people of whom records are kept",
    "one-time-codes": "staff, not people of whom records are kept",
    "factor-remove": "a form for staff",
    "own-passphrase": "staff, not people of whom records are kept",
    "administration": "accounts of staff, and how the ledger stands",
    # Forms, figures and procedures.
    **dict.fromkeys(("subject-record", "link-record", "case-open"), "an empty form"),
    "sameness-judge": "a form; who is compared is named in its query",
    "technique-ask": "a form",
    "own-cases": "rows of cases",
    "case-document": "the door of files notes it; none in this world",
    **dict.fromkeys(("holders", "holder"), "asked why first; tried apart"),
    **dict.fromkeys(("step-figures", "risk-backtest"), "figures alone"),
    "risk-indicators": "figures alone",
    **dict.fromkeys(("risk-traced", "risk-dealers"), "none in this world"),
    **dict.fromkeys(("procedures", "procedure-edit", "procedure"), "no record"),
    **dict.fromkeys(("procedure-file", "procedure-use"), "no record"),
    **dict.fromkeys(("warnings", "warning", "warning-case"), "none in this world"),
    "warning-decide": "of an address that takes a form alone",
    # Nothing waits: no operation, no list of the day, nothing due for review.
    **dict.fromkeys(("techniques", "operation", "operation-covers"), "none here"),
    **dict.fromkeys(("operation-act", "case-techniques"), "none here"),
    **dict.fromkeys(("examinations", "intelligence-reviews"), "none here"),
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
    exhibit = desk.received("N-70")
    count = counting.open_count(
        store_id=desk.store().pk, place="", is_blind=True, by=desk.KEEPER, at=NOON
    )
    at_desk("elena").post(
        reverse("mark-search", args=[enrolled[0].pk]),
        {"gallery": "ALL", "reach": "30", "closer": "0"},
    )
    part = world.a_recovery(
        "N-9", item_kind=ItemKind.PART, part_type=PartType.OTHER_ESSENTIAL
    )
    recording.record_recoveries(source="TEST", stated=[part], by=by, at=NOON)
    photograph = Recovery.objects.get(pk=known.recovered[0]).photographs.get()
    return {
        "holder_id": Holder.objects.get(number="H-2").pk,
        "recovery_id": known.recovered[0],
        "other_id": known.recovered[1],
        "arm_id": known.arms[0],
        "mark_id": enrolled[0].pk,
        "comparison_id": kept.pk,
        "conclusion_id": said.pk,
        "photograph_id": photograph.pk,
        "run_id": run.pk,
        "batch_id": batch.pk,
        "exhibit_id": exhibit.pk,
        "count_id": count.pk,
        "held_id": HeldRow.objects.get(batch=batch).pk,
        "year": 2022,
        "method": "metadata",
        "stage": "RECOVERED",
        "code": "XV",
        "shown": "surface",
        # Of addresses that take a form alone.
        "reference_id": 1,
        "publication_id": 1,
        "tuning_id": 1,
        "name": "x",
        "token": "x",
        "kind": "recoveries",
        "change_id": 1,
        "version_id": 1,
        **scenario_b.numbers(known.people, known.recovered[0]),
    }


NUMBERS = {
    "arm-happening": {"kind": "lost"},
    "comparison-picture": {"shown": "first"},
    "comparison-report": {"kind": "json"},
    "mark-search-run": {"run_id": 1},
    "batch-class": {"code": "SEIZED"},
    "figure-records": {"part": "DENOMINATOR"},
    "return-records": {"key": "B1:PISTOL:SEIZED"},
    "decide": {"key": "open"},
    "case-act": {"slug": "close"},
    "step-act": {"slug": "do"},
}
QUERIES = {
    "traces": "?standing=UNDECIDED",
    "work-queue": "?whose=free",
    "arm-similar": "?make=glock&serial=BK48010",
}
EVERYBODY = (
    "ana",
    "rita",
    "elena",
    "stan",
    "audrey",
    "ada",
    "cleo",
    "ines",
    "carl",
    "sam",
)


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
        if None in kwargs.values():
            return None
        address = reverse(pattern.name, kwargs=kwargs)
        return address + QUERIES.get(pattern.name, "")
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


def last(act):
    """Give the body of the last entry of an act."""
    return json.loads(LedgerEntry.objects.filter(act=act).latest("seq").body)


def named(body):
    """Give the keys that an entry names, by table."""
    blocks_of = DigestBlock.objects.filter(seq=body["seq"])
    return {row.label: list(map(int, blocks.unpack(row.keys))) for row in blocks_of}


def test_opening_a_recovery_leaves_who_when_to_what_end_and_which(at_desk, known):
    number = known.recovered[0]

    at_desk("ana").get(reverse("recovery", args=[number]))

    body = last("record.opened")
    assert (body["actor"], body["agency"], body["purpose"]) == ("ana", "HUB", "TRACING")
    assert body["codes"]["opened"] == f"RECOVERIES.RECOVERY.{number}"
    assert body["codes"]["route"] == "RECOVERY"
    assert number in named(body)["recoveries.recovery"]


def test_a_list_leaves_the_records_of_the_page_shown(at_desk, known):
    at_desk("sara").get(reverse("recoveries"))

    assert named(last("list.shown")) == {"recoveries.recovery": [known.recovered[2]]}


def test_a_list_that_was_kept_is_written_down_again(at_desk, known):
    for name in ("ana", "sam"):
        at_desk(name).get(reverse("recoveries"))

    body = last("list.shown")
    assert body["actor"] == "sam"
    assert known.recovered[0] in named(body)["recoveries.recovery"]


def test_a_look_up_leaves_an_entry_though_nothing_is_found(at_desk, known):
    at_desk("otto").get(reverse("look-up"), {"q": "ZZ999999ZZ", "make": "Nobody"})

    assert last("marks.looked_up")["actor"] == "otto"


def test_an_export_commits_to_its_rows_in_their_order(at_desk, known):
    client = at_desk("ana")

    client.get(reverse("registry") + "?format=csv")
    down = last("list.exported")
    client.get(reverse("registry") + "?format=csv&sort=number")
    up = last("list.exported")

    assert named(down)["registry.arm"] == sorted(known.arms)
    assert named(up) == named(down)
    assert down["codes"]["rows"] != up["codes"]["rows"]


def test_what_cannot_be_written_down_is_not_shown(at_desk, known, monkeypatch):
    client = at_desk("ana")
    client.raise_request_exception = False

    def fail(act):
        raise DatabaseError

    monkeypatch.setattr(ledger, "_write", fail)
    answer = client.get(reverse("recovery", args=[known.recovered[0]]))

    assert answer.status_code == 500
    assert b"Rua do Cais" not in answer.content


def test_an_act_that_shows_nothing_leaves_no_consultation(at_desk, known):
    client = at_desk("ana")
    before = LedgerEntry.objects.filter(operation="CONSULT").count()

    answer = client.post(reverse("trace-at-home", args=[known.recovered[0]]))

    assert answer.status_code == 302
    assert LedgerEntry.objects.filter(operation="CONSULT").count() == before


def test_no_name_of_a_person_stands_in_a_consultation(at_desk, known):
    client = at_desk("ana")
    for address in (reverse("look-up") + "?q=Person+One", reverse("recoveries")):
        client.get(address)
    client.post(reverse("arm-holders", args=[known.arms[0]]), {"reason": "Person One"})

    for entry in LedgerEntry.objects.all():
        assert "Person" not in entry.body
