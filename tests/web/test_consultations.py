"""Whatever shows a record leaves who looked at which, once for each request.

Every address that answers a GET is tried, so that a new page that shows records and
notes nothing fails here until it does, or until somebody says why it need not.
"""

import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern

import tests.retention.desk as retention
import tests.transfers.desk as transfers
from armstrace.accounts import actors
from armstrace.audit import blocks, ledger
from armstrace.audit.models import DigestBlock, LedgerEntry
from armstrace.custody.actions import counting
from armstrace.intake.models import HeldRow
from armstrace.investigations.actions import entries
from armstrace.investigations.inputs import EntryInput
from armstrace.jobs.running import JobContext
from armstrace.licensing.models import Holder
from armstrace.procedures.actions import following
from armstrace.procedures.models import Step
from armstrace.recoveries.actions import matching_runs, recording
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.arms import ItemKind, PartType
from armstrace.vocabulary.ballistics import Verdict
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.investigations import EntryKind
from armstrace.vocabulary.matching import MatchAgainst
from armstrace.vocabulary.networks import LinkKind
from armstrace.vocabulary.retention import KeptKind
from tests.ballistics import marks as bench
from tests.certificates import desk as certificates
from tests.collection import test_hand_in as collection
from tests.custody import desk
from tests.deactivations import desk as deactivations
from tests.deactivations.desk import recorded
from tests.disposal import desk as disposal
from tests.intake import files
from tests.intake.loads import NOON, load, recovery, table
from tests.intelligence import desk as intelligence
from tests.licensing import desk as licensing
from tests.registry import trade
from tests.risk.desk import declare, goods
from tests.stockpiles import desk as stock
from tests.vetting import desk as vetting
from tests.web import world
from tests.web.at_bench import enrolled, folder, kept  # noqa: F401 -- fixtures
from tests.web.silent import SHOWS_NO_RECORD
from tests.web.test_techniques import case, running  # noqa: F401 -- fixtures
from tests.web.test_warnings import warning  # noqa: F401 -- fixtures
from tests.web.test_work import PNG

pytestmark = pytest.mark.django_db


def patterns(resolver=None):
    """Give the named addresses of the staff site."""
    for each in (resolver or get_resolver("armstrace.web.urls")).url_patterns:
        if isinstance(each, URLPattern):
            if each.name:
                yield each
        else:
            yield from patterns(each)


@pytest.fixture
def filled(known, at_desk, enrolled, kept, running, warning, tmp_path):  # noqa: F811 -- fixtures
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
    asked = vetting.ask("Person Two")
    vetting.load(tmp_path, "1,Person,Person Two,\n")
    trade.sold_by(known.people["dirk"])
    return _investigated(known, running, warning) | {
        "authorisation_id": (
            issued := transfers.issued(settings.MEDIA_ROOT, is_multiple=True)
        ).pk,
        "consignment_id": transfers.sent(issued, 1).pk,
        "place": 1,
        "request_id": asked.pk,
        "hit_id": next(iter(vetting.hits().values())).pk,
        "refusal_id": vetting.refuse().pk,
        **stock.for_addresses(),
        "deactivation_id": deactivations.issued("G-1").pk,
        "deactivation-verify": (waits := {"deactivation_id": recorded("G-2").pk}),
        "deactivation-refuse": waits,
        "holder_id": Holder.objects.get(number="H-2").pk,
        "certificate_id": certificates.certified("L-9").pk,
        "recovery_id": known.recovered[0],
        "other_id": known.recovered[1],
        "arm_id": known.arms[0],
        "event_id": LifeEvent.objects.filter(arm_id=known.arms[0]).latest("pk").pk,
        "mark_id": enrolled[0].pk,
        "comparison_id": kept.pk,
        "conclusion_id": said.pk,
        "photograph_id": photograph.pk,
        "run_id": run.pk,
        "batch_id": batch.pk,
        "exhibit_id": exhibit.pk,
        "lot_id": disposal.opened().pk,
        **_handed_in(tmp_path),
        "item_number": exhibit.reference,
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
        "token_id": 1,
        "name": "x",
        "token": "x",
        "kind": "recoveries",
    }


def _investigated(known, operation, raised):
    """Have a case, a subject with a link, goods, steps and what is running."""
    system, ines = actors.system_actor(), actors.actor_for(known.people["ines"])
    happened = EntryInput(
        kind=EntryKind.EVENT,
        text="seen",
        when=DateSpan.of(NOON.date(), None),
        origin="report 7",
        recovery_ids=(known.recovered[0],),
    )
    entry = entries.add_entry(
        case_id=operation.case_id, given=happened, by=ines, at=NOON
    )
    subject = intelligence.subject(by=ines).reference
    had = intelligence.link(subject, f"R{known.recovered[0]}", LinkKind.HAD, by=ines)
    carl = actors.actor_for(known.people["carl"])
    (parcel,) = declare(goods("P1"), by=carl)
    numbers = [known.recovered[0]]
    following.follow_procedure(recoveries=numbers, by=system, at=NOON)
    step = Step.objects.current().filter(recovery_id=numbers[0]).first()
    sam = actors.actor_for(known.people["sam"])
    proposal = retention.propose(KeptKind.RECOVERY, known.recovered[2], by=sam)
    held = retention.hold(f"R{known.recovered[0]}", by=sam, at=NOON)
    return {
        "erasure_id": proposal.pk,
        "hold_id": held.pk,
        "case_id": operation.case_id,
        "number": entry.number,
        "tab": "people",
        "subject_id": int(subject[1:]),
        "key": subject,
        "link_id": had.pk,
        "declaration_id": parcel.pk,
        "warning_id": raised.pk,
        "operation_id": operation.pk,
        "step_id": step.pk,
        **_licensed(),
        "opening": step.round,
        "version_id": step.version_id,
        "change_id": 1,
        "ending": "csv",
        "slug": "x",
    }


def _handed_in(media):
    """Have a campaign with an arm handed in."""
    campaign = collection.opened()
    hand_in = collection.taken(campaign, media)
    return {"campaign_id": campaign.pk, "hand_in_id": hand_in.pk}


def _licensed():
    """Have an application that can be changed, with a document."""
    made = licensing.sent()
    licensing.attached(made, settings.MEDIA_ROOT)
    licensing.issued()
    return {
        "application_id": made.pk,
        "document_id": made.documents.get().pk,
        "licence_id": licensing.licence().pk,
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
    "case-act": {"slug": "seal"},
    "depot-act": {"slug": "dispose"},
    "case-add": {"slug": "event"},
    "operation-act": {"slug": "stop"},
    "application-act": {"slug": "accept"},
    "authorisation-act": {"slug": "suspend"},
    "authorisation-record": {"slug": "export"},
    "held-licence-act": {"slug": "suspend"},
    "licence-apply": {"slug": "deal"},
    "step-act": {"slug": "do", "code": "identify"},
}
QUERIES = {
    "traces": "?standing=UNDECIDED",
    "work-queue": "?whose=free",
    "screen-name": "?q=Person+Two",
    "arm-similar": "?make=glock&serial=BK48010",
}
EVERYBODY = (
    *("ana", "lisa", "rita", "elena", "stan", "audrey", "ada", "cleo", "ines"),
    *("paul", "sam", "carl", "dirk"),
)


def test_every_page_that_shows_records_leaves_which(at_desk, filled):
    desks = {name: at_desk(name) for name in EVERYBODY}
    silent, untried = [], []
    for client in desks.values():
        client.post(reverse("holders"), {"reason": "case 7/2026"})

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
    given = filled | NUMBERS.get(pattern.name, {}) | filled.get(pattern.name, {})
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


def test_who_works_for_several_purposes_chooses_one_before_anything_is_shown(known):
    client, address = Client(), reverse("recovery", args=[known.recovered[0]])
    client.force_login(known.people["ana"], "django.contrib.auth.backends.ModelBackend")
    asked = reverse("purpose", query={"next": address})
    assert client.get(address).headers["Location"] == asked
    part = client.get(address, headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == asked
    sent = client.post(reverse("recovery-person", args=[known.recovered[0]]))
    assert "Choose first what you work for" in sent.content.decode()
    chosen = client.post(reverse("purpose"), {"purpose": "TRACING", "next": address})
    assert chosen.headers["Location"] == address
    assert client.get(address).status_code == 200
    assert "purpose_assumed" not in last("record.opened")


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
