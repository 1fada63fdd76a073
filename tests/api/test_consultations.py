"""Whatever the API shows leaves who asked, by which token, and which records."""

import json

import pytest
from django.test import Client

from armstrace.accounts import actors
from armstrace.accounts.actions import tokens
from armstrace.accounts.models import ApiToken
from armstrace.api.main import api
from armstrace.audit.models import LedgerEntry
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.licensing.models import Holder
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.investigations import Aim
from armstrace.vocabulary.networks import LinkKind
from tests.access import routes
from tests.intelligence import desk as intelligence
from tests.web import world

pytestmark = pytest.mark.django_db

SHOWS_NO_RECORD = {
    **dict.fromkeys(("read_indicator", "read_what_it_would_take"), "figures alone"),
    **dict.fromkeys(("list_kept", "read_kept", "read_return"), "figures alone"),
    "list_figures": "figures alone",
    **dict.fromkeys(("list_campaigns", "read_counts"), "figures of campaigns alone"),
    **dict.fromkeys(("list_certificates", "read_certificate"), "nothing is certified"),
    "read_trust": "public keys alone",
    **dict.fromkeys(("list_versions", "read_version"), "how work is done"),
    **dict.fromkeys(("list_declarations", "read_declaration"), "nothing is declared"),
    **dict.fromkeys(("read_list", "read_backtest"), "nothing is declared"),
    **dict.fromkeys(("list_warnings", "read_warning"), "nothing is warned of"),
    **dict.fromkeys(("send_release", "send_sdmx"), "figures alone"),
    **dict.fromkeys(("send_workbook", "send_kept_workbook"), "figures alone"),
    **dict.fromkeys(("list_jobs", "read_job", "list_runs", "read_run"), "work alone"),
    **dict.fromkeys(("list_loads", "list_profiles", "list_stores"), "work alone"),
    **dict.fromkeys(("list_pairs", "list_found"), "nothing waits in this world"),
    **dict.fromkeys(("read_load", "send_report", "send_held"), "nothing is loaded"),
    **dict.fromkeys(("list_held", "read_held", "read_sides"), "nothing is held"),
    **dict.fromkeys(("list_decisions", "send_photograph"), "nothing is there yet"),
    **dict.fromkeys(("list_exhibits", "read_exhibit"), "nothing is in custody"),
    **dict.fromkeys(("list_counts", "read_count"), "nothing is counted"),
    **dict.fromkeys(("list_marks", "read_mark", "list_links"), "nothing is enrolled"),
    **dict.fromkeys(("list_steps", "count_cases"), "nothing has steps yet"),
    **dict.fromkeys(("list_versions", "read_version"), "a procedure names nobody"),
    **dict.fromkeys(("list_vettings", "read_vetting"), "nobody is vetted"),
    "list_hits": "no list is loaded",
    **dict.fromkeys(
        ("list_applications", "list_decided_otherwise"), "an analyst sees none"
    ),
    **dict.fromkeys(("check_licence", "read_application"), "an analyst sees none"),
    **dict.fromkeys(("list_searches", "read_search"), "nothing is enrolled"),
    **dict.fromkeys(("list_comparisons", "list_conclusions"), "nothing is enrolled"),
    **dict.fromkeys(("list_transfers", "read_authorisation"), "nothing is to leave"),
    **dict.fromkeys(("check_transfer", "read_consignment"), "nothing is to leave"),
    "list_consignments": "nothing is on its way",
    **dict.fromkeys(("list_deactivations", "read_deactivation"), "none is deactivated"),
    "list_own_stock": "the trade has none",
    **dict.fromkeys(("list_lots", "read_lot", "read_conditions"), "none is destroyed"),
    **dict.fromkeys(("list_depots", "list_stocked"), "the State keeps none"),
    **routes.SHOWS_NO_RECORD,
}
"""What shows no record, or none in the small world here; the queries are the pages'."""
ADDRESSES = {
    "list_recoveries": "/api/v1/recoveries",
    "read_recovery": "/api/v1/recoveries/R{recovery}",
    "find_candidates": "/api/v1/registry/candidates?serial=BK48010&make=Glock",
    "read_trace": "/api/v1/traces/R{recovery}",
    "list_requests": "/api/v1/traces/R{recovery}/requests",
    "list_figure_records": (
        "/api/v1/indicator/16.4.2/records?year=2022&method=metadata&part=DENOMINATOR"
    ),
    "list_cell_records": "/api/v1/returns/2022/records?key=B1:PISTOL:SEIZED",
    "list_arms": "/api/v1/registry/arms",
    "read_arm": "/api/v1/registry/arms/A{arm}",
    "list_holders": "/api/v1/holders",
    "read_holder": "/api/v1/holders/{holder}",
    "list_events": "/api/v1/holders/{holder}/events",
    "list_stock": "/api/v1/holders/{holder}/stock",
    "list_ammunition": "/api/v1/items/ammunition",
    "list_parts": "/api/v1/items/parts",
    "read_steps": "/api/v1/steps/R{recovery}",
    "read_judgements": "/api/v1/judgements/R{recovery}",
    "list_cases": "/api/v1/cases",
    "read_case": "/api/v1/cases/C{case}",
    "list_entries": "/api/v1/cases/C{case}/entries",
    "list_subjects": "/api/v1/intelligence/subjects",
    "read_subject": "/api/v1/intelligence/subjects/{subject}",
    "read_link": "/api/v1/intelligence/links/{link}",
    "read_neighbourhood": "/api/v1/intelligence/of/{subject}",
    "read_origins": "/api/v1/intelligence/of/{subject}/origins",
    "read_passed": "/api/v1/intelligence/of/H{holder}/passed",
    "read_ways": "/api/v1/networks/ways/{subject}/R{recovery}",
}


@pytest.fixture
def known(db):
    people = world.people()
    world.holders()
    arm, *_ = world.arms()
    holder = Holder.objects.get(number="H-1").pk
    recovery = world.recovered()[0]
    by = actors.actor_for(people["ines"])
    opened = opening.open_case(
        given=NewCase(
            title="Where it came from",
            aims=(Aim.DISRUPT,),
            why="drugs",
            recovery_ids=(recovery,),
        ),
        by=by,
        at=world.NOON,
    )
    subject = intelligence.subject(by=by).reference
    link = intelligence.link(subject, f"R{recovery}", LinkKind.HAD, by=by).reference
    return {
        "arm": arm,
        "holder": holder,
        "recovery": recovery,
        "case": opened.pk,
        "subject": subject,
        "link": link,
    }


def readers():
    """Name the operations that answer a GET."""
    return [
        operation.view_func.__name__
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if "GET" in operation.methods
    ]


def test_every_operation_that_shows_records_leaves_which(caller, known):
    client = caller(Role.ANALYST, "HUB")
    silent = []

    for name in readers():
        if name in SHOWS_NO_RECORD:
            continue
        assert name in ADDRESSES, f"no address is laid down to try {name} with"
        why = {"justification": "case 2026/118"}
        answer = client.get(ADDRESSES[name].format(**known), headers=why)
        assert answer.status_code == 200, (name, answer.content)
        last = LedgerEntry.objects.latest("seq")
        body = json.loads(last.body)
        if last.operation != "CONSULT" or not body["subjects"]:
            silent.append(name)
        assert body["codes"]["token"] == ApiToken.objects.get().pk

    assert silent == []


def test_what_the_api_refuses_is_not_written_down_as_shown(caller, known):
    answer = caller(Role.ANALYST, "HUB").get(ADDRESSES["read_holder"].format(**known))

    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not LedgerEntry.objects.filter(act__in=("record.opened", "list.shown"))


def test_the_use_of_a_token_leaves_an_entry_every_ten_minutes(caller, known):
    client = caller(Role.ANALYST, "HUB")

    for _ in range(3):
        client.get("/api/v1/recoveries")

    assert LedgerEntry.objects.filter(act="token.used").count() == 1
    assert LedgerEntry.objects.filter(act="list.shown").count() == 3


def test_refused_tokens_are_written_down_and_bounded(db):
    client = Client(headers={"authorization": "Bearer armstrace_wrong"})

    for _ in range(tokens.REFUSALS_NOTED + 30):
        assert client.get("/api/v1/recoveries").status_code == 401

    refused = LedgerEntry.objects.filter(act="token.refused")
    assert refused.count() == tokens.REFUSALS_NOTED
    assert "armstrace_wrong" not in refused.first().body
