"""The network page: what is drawn and listed, what opens, what leaves, who sees it."""

import io
import json
import re
import zipfile
from datetime import date, timedelta
from http import HTTPStatus
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.networks import bundling, graphml
from armstrace.audit.models import LedgerEntry
from armstrace.intelligence import jobs
from armstrace.intelligence.actions import links, subjects
from armstrace.intelligence.inputs import LinkInput, Provenance, SubjectInput
from armstrace.intelligence.queries import surveys
from armstrace.jobs import tasks
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.recoveries.actions import recording
from armstrace.registry.models import LossReport
from armstrace.vocabulary.networks import (
    HandlingCode,
    InformationGrade,
    LinkKind,
    NodeKind,
    SourceGrade,
)
from tests.web import test_consultations as consulted
from tests.web import world

pytestmark = pytest.mark.django_db
SHOWN = "shown"


def provenance(handling=HandlingCode.H0):
    later = world.NOON.date() + timedelta(days=900)
    grades = SourceGrade.B, InformationGrade.KNOWN_TO_SOURCE
    return Provenance("witness statement 7", later, *grades, handling)


def subject(by, name, kind=NodeKind.PERSON):
    stated = SubjectInput(kind, name, provenance())
    return subjects.record_subject(stated=stated, by=by, at=world.NOON).reference


def link(by, start, end, kind=LinkKind.HAD, handling=HandlingCode.H0, **more):
    stated = LinkInput(start, end, kind, provenance(handling), **more)
    return links.assert_link(stated=stated, by=by, at=world.NOON).reference


@pytest.fixture
def ines(known):
    return actors.actor_for(known.people["ines"])


@pytest.fixture
def ring(known, ines):
    """A group of two, one of whom had the recovered pistol and one the arm."""
    group = subject(ines, "The Ring", NodeKind.GROUP)
    one, two = subject(ines, "Ama Sample"), subject(ines, "Bo Sample")
    link(ines, one, group, LinkKind.MEMBER_OF, from_on=date(2024, 2, 1))
    link(ines, two, group, LinkKind.LEADS, from_on=date(2025, 2, 1))
    link(ines, one, f"R{known.recovered[0]}")
    link(ines, two, f"A{known.arms[0]}", handling=HandlingCode.H1)
    return group, one, two


def get(desk, name="network", *args, **asked):
    return desk.get(reverse(name, args=args), asked)


def rows(response):
    return response.context[SHOWN].rows


def ends(response):
    return {(row.start.key, row.link.kind.label, row.end.key) for row in rows(response)}


def text(response):
    return response.content.decode()


def test_the_page_opens_on_what_is_around_a_record(at_desk, ring):
    group, one, two = ring

    page = get(at_desk("ana"), of=group.lower())

    assert (one, "member of", group) in ends(page)
    assert (two, "leads", group) in ends(page)
    assert f'href="{reverse("subject", args=[one[1:]])}"' in text(page)
    assert "Ama Sample" in text(page)


def test_a_recovery_without_a_link_says_what_would_link_it(at_desk, known):
    alone = world.a_recovery("Z-9", case_number="Z/9", recovered_on=date(1999, 1, 1))
    how = {"source": "TEST", "by": actors.system_actor(), "at": world.NOON}
    (made,) = recording.record_recoveries(stated=[alone], **how)
    address = f"/intelligence/network/?of=R{made.record_id}"
    page = at_desk("ana").get(address).content.decode()
    assert "somebody has judged that they are the same" in page


def test_the_drawing_and_the_table_tell_the_same(at_desk, ring):
    page = get(at_desk("ana"), of=ring[0])
    drawn = page.context[SHOWN].drawn

    lines = {
        (each.joint.start, each.joint.words, each.joint.end) for each in drawn.joints
    }

    assert lines == ends(page)


def test_computed_and_asserted_differ_by_line_and_by_word(at_desk, known, ring):
    page = get(at_desk("ana"), of=f"A{known.arms[0]}")

    said = set(re.findall(r'<span class="basis \w+">(.*?)</span>', text(page)))
    assert said >= {"computed", "asserted · B2 · H1"}
    assert re.search(r'<line class="computed"', text(page))
    assert re.search(r'<line class="asserted"', text(page))


def test_links_of_one_basis_alone_are_shown_when_asked(at_desk, known, ring):
    asked = {"of": f"A{known.arms[0]}", "hops": "1"}

    computed = get(at_desk("ana"), **asked, basis="computed")
    asserted = get(at_desk("ana"), **asked, basis="asserted")

    assert {row.link.is_computed for row in rows(computed)} == {True}
    assert {row.link.is_computed for row in rows(asserted)} == {False}


def test_days_and_kinds_narrow_and_what_hangs_on_them_goes_too(at_desk, ring):
    group, one, two = ring

    early = get(at_desk("ana"), of=group, until="2024-12-31")
    people = get(at_desk("ana"), of=group, kinds=["PERSON"])
    undated = "Links without a date are shown for any day: 1."
    told = [undated in page.content.decode() for page in (early, people)]
    assert told == [True, False]
    assert {row.start.key for row in rows(early)} & {one, two} == {one}
    assert {row.start.key[0] for row in rows(people)} == {"P"}


def test_a_bundle_opens_in_place_with_and_without_javascript(
    at_desk, ines, monkeypatch
):
    monkeypatch.setattr(bundling, "FEW", 2)
    group = subject(ines, "The Ring", NodeKind.GROUP)
    for number in range(5):
        link(ines, subject(ines, f"Person {number}"), group, LinkKind.MEMBER_OF)
    desk = at_desk("ana")

    closed = get(desk, of=group)
    (bundle,) = closed.context[SHOWN].bundles
    opened = desk.get(bundle.href)
    part = desk.get(bundle.href, headers={"HX-Request": "true"})

    assert bundle.words.startswith("5 × person")
    assert len(rows(closed)) == 1
    assert len(rows(opened)) == 5
    assert "<html" not in text(part)
    assert 'id="network"' in text(part)


def test_what_the_reader_may_not_see_is_absent_from_page_and_files(at_desk, ring, ines):
    group, _, two = ring
    secret = subject(ines, "Hidden Sample")
    number = link(ines, secret, group, LinkKind.MEMBER_OF, HandlingCode.H2)

    paul = at_desk("paul")

    assert number in {row.link.number for row in rows(get(at_desk("ana"), of=group))}
    assert number not in {row.link.number for row in rows(get(paul, of=group))}
    assert "Hidden Sample" not in text(get(paul, of=group))
    for ending in ("csv", "graphml", "ftm.json"):
        sent = get(paul, "network-file", ending, of=group).getvalue().decode()
        assert two in sent or two.lower() in sent
        assert "Hidden Sample" not in sent


def test_files_hold_what_is_shown_with_grade_and_handling_code(at_desk, ring):
    group, one, _ = ring
    desk = at_desk("ana")

    csv = get(desk, "network-file", "csv", of=group).getvalue().decode("utf-8-sig")
    xml = get(desk, "network-file", "graphml", of=group).getvalue()
    lines = get(desk, "network-file", "ftm.json", of=group).getvalue().decode()

    assert "asserted" in csv
    assert "H1" in csv
    space = {"g": graphml.NAMESPACE}
    keys = {
        each.get("id")
        for each in ElementTree.fromstring(xml).iterfind(".//g:node", space)
    }
    assert {group, one} <= keys
    assert b'<data key="node-handling">H' in xml
    schemata = {json.loads(line)["schema"] for line in lines.splitlines()}
    assert {"Organization", "Person", "Membership", "Seizure"} <= schemata


def test_an_export_stands_in_the_ledger_as_one(at_desk, known, ring):
    get(at_desk("ana"), "network-file", "graphml", of=ring[0])

    shown = consulted.named(consulted.last("list.exported"))
    assert int(ring[1][1:]) in shown["intelligence.subject"]
    assert known.recovered[0] in shown["recoveries.recovery"]


def test_LP_15_what_is_not_passed_on_leaves_with_a_reason_alone(at_desk, ring, ines):
    group, *_ = ring
    link(
        ines, subject(ines, "Hidden Sample"), group, LinkKind.MEMBER_OF, HandlingCode.H2
    )
    desk = at_desk("ana")

    refused = get(desk, "network-file", "csv", of=group)
    address = reverse("network-file", args=["csv"]) + f"?of={group}"
    sent = desk.post(address, {"reason": "Asked for by the court."})

    assert refused.status_code == 409
    assert "Hidden Sample" in sent.getvalue().decode()
    entry = LedgerEntry.objects.get(act="picture.exported")
    assert entry.actor == "ana"
    assert 'name="reason"' in text(get(desk, of=group))


def test_a_file_of_no_record_and_of_no_kind_is_refused(at_desk, known):
    desk = at_desk("ana")

    assert get(desk, "network-file", "csv").status_code == 422
    assert get(desk, "network-file", "png", of="R1").status_code == 404


def test_the_schema_pack_is_there_to_be_loaded(at_desk):
    sent = get(at_desk("ana"), "network-schema")
    names = zipfile.ZipFile(io.BytesIO(sent.content)).namelist()

    assert {"Firearm.yaml", "Seizure.yaml", "TraceRequest.yaml"} <= set(names)


def test_a_record_that_is_not_there_is_said_to_be(at_desk, known):
    page = get(at_desk("ana"), of="R999999")

    assert "No such record is open to you" in text(page)


def test_the_way_between_two_records_tells_each_link(at_desk, known, ring):
    asked = {"one": f"r{known.recovered[0]}", "other": f"A{known.arms[0]}", "basis": ""}

    page = get(at_desk("ana"), "network-path", **asked)

    told = page.context["told"]
    assert told.found.paths.links == 4
    assert [step.to.key for step in told.ways[0].steps] == [
        ring[1],
        ring[0],
        ring[2],
        f"A{known.arms[0]}",
    ]
    assert "links lead from" in text(page)


def test_a_way_over_what_may_not_be_seen_does_not_show(at_desk, ring, ines):
    friend = subject(ines, "Cy Sample")
    link(ines, friend, ring[1], LinkKind.ASSOCIATE_OF, HandlingCode.H1)
    asked = {"one": friend, "other": ring[0], "basis": "asserted"}

    page = get(at_desk("paul"), "network-path", **asked)

    assert "Nothing on record links" in text(page)
    assert "2 links lead from" in text(get(at_desk("ana"), "network-path", **asked))


def test_a_way_shows_the_ledger_what_lies_on_it_and_no_more(at_desk, known, ring):
    asked = {"one": ring[1], "other": ring[2], "basis": "asserted"}

    get(at_desk("ana"), "network-path", **asked)

    shown = consulted.named(consulted.last("list.shown"))
    assert shown == {"intelligence.subject": sorted(int(key[1:]) for key in ring)}


@pytest.mark.parametrize(
    ("other", "said"),
    [("R404404", "No such record is open to you"), ("", "This field is required")],
)
def test_a_way_to_nothing_is_said_in_a_sentence(at_desk, ring, other, said):
    page = get(at_desk("ana"), "network-path", one=ring[0], other=other, basis="")

    assert said in text(page)


def run_survey():
    """Do what the worker does with the survey that was begun last."""
    job = Job.objects.filter(kind=surveys.KIND).latest("pk")
    jobs.survey(job, tasks._actor_of(job), world.NOON, JobContext())


def survey(desk):
    """Open the overview, and let the worker look at the whole picture."""
    desk.get(reverse("network-overview"))
    run_survey()
    return get(desk, "network-overview")


def test_the_overview_says_that_nothing_in_it_is_guilt(at_desk, ring):
    waiting = get(at_desk("ana"), "network-overview")
    page = survey(at_desk("ana"))

    assert waiting.context["told"] is None
    assert "continues in the background" in text(waiting)
    assert page.context["told"]["communities"]
    assert "never a sign of guilt" in text(page)
    assert "not a random sample" in text(page)


def test_what_the_worker_found_takes_the_place_of_the_whole_page(at_desk, ring):
    desk, part = at_desk("ana"), {"HTTP_HX_REQUEST": "true"}

    waiting = desk.get(reverse("network-overview"), **part)
    ended = desk.get(reverse("network-overview"), **part)

    assert "HX-Refresh" not in waiting
    assert ended["HX-Refresh"] == "true"
    assert "<html" not in ended.content.decode()


def test_the_overview_is_of_the_moment_until_somebody_looks_again(at_desk, ring, ines):
    desk = at_desk("ana")
    before = survey(desk).context["told"]["records"]
    subject(ines, "Cy Sample")

    page = get(desk, "network-overview")
    desk.post(reverse("network-survey"))
    again = survey(desk)

    assert page.context["told"]["records"] == before
    assert "Records have been added since" in text(page)
    assert again.context["told"]["records"] == before + 1
    assert Job.objects.filter(kind=surveys.KIND).count() == 1


def test_the_overview_shows_no_survey_of_other_eyes(at_desk, ring):
    survey(at_desk("ana"))

    assert get(at_desk("ines"), "network-overview").context["told"] is None


def test_the_overview_of_nothing_says_what_will_fill_it(at_desk, people):
    page = survey(at_desk("ana"))

    assert "they appear once records are linked" in text(page)


def test_both_questions_are_three_clicks_from_the_record_and_leave_as_files(
    at_desk, known, ring
):
    desk = at_desk("ana")
    for key, page, told in (
        (ring[0], "linked-origins", f"R{known.recovered[0]}"),
        (ring[2], "linked-passed", f"A{known.arms[0]}"),
    ):
        answer = reverse(page, args=[key])
        assert answer in text(desk.get(reverse("linked", args=[key])))
        assert "?format=csv" in text(desk.get(answer))
        sent = desk.get(f"{answer}?format=csv").getvalue().decode("utf-8-sig")
        assert told in sent


def test_the_picture_holds_an_arm_that_was_reported_stolen(at_desk, known):
    world.reported(arm_number="G-1")
    loss = LossReport.objects.get(arm__isnull=False)

    answer = get(at_desk("ana"), of=f"A{loss.arm_id}")

    assert answer.status_code == HTTPStatus.OK
    assert f"V{loss.pk}" in text(answer)


def test_pages_of_records_lead_to_their_network(at_desk, known, ring):
    desk = at_desk("ana")
    address = reverse("network")

    recovery = text(desk.get(reverse("recovery", args=[known.recovered[0]])))
    arm = text(desk.get(reverse("arm", args=[known.arms[0]])))
    subject_page = text(desk.get(reverse("subject", args=[ring[1][1:]])))

    assert f"{address}?of=R{known.recovered[0]}" in recovery
    assert f"{address}?of=A{known.arms[0]}" in arm
    assert f"{address}?of={ring[1]}" in subject_page
    rita = text(at_desk("rita").get(reverse("arm", args=[known.arms[0]])))
    assert address not in rita
