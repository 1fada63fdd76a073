"""What is not changed stays; what is narrowed is exported narrowed."""

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import PlaceInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.arms import ProductionClass
from armstrace.web.recoveries.filters import RecoveryFilters
from tests.web import world

pytestmark = pytest.mark.django_db
NOT_COMPARED = {
    "id", "superseded_at", "known_at", "reason", "content_key", "stated_key",
    "corrected_by",
}  # fmt: skip


def _values(record: RecoveryRecord) -> dict[str, object]:
    names = {field.attname for field in record._meta.concrete_fields}
    return {name: getattr(record, name) for name in names - NOT_COMPARED}


def test_a_correction_changes_what_was_changed_and_nothing_else(at_desk, known):
    stated = world.a_recovery(
        "N-77",
        where=PlaceInput(place="Vila", latitude=-22.9, longitude=-43.2),
        year_of_manufacture=1988,
        production_class=ProductionClass.CRAFT,
        notes="first line\nsecond line",
        taken_from="Person Nine",
    )
    (made,) = recording.record_recoveries(
        source="POLICE", stated=[stated], by=actors.system_actor(), at=world.NOON
    )
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[made.record_id])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    sent["notes"] = "first line\r\nsecond line"

    client.post(address, sent | {"case_number": "C-9", "reason": "wrong case"})

    rows = RecoveryRecord.objects.filter(recovery=made.record_id).order_by("pk")
    before, after = map(_values, rows)
    assert after == before | {"case_number": "C-9"}


def test_a_correction_that_changes_nothing_writes_nothing(at_desk, known):
    recovery = known.recovered[0]
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[recovery])

    page = client.post(address, _sent(client, address), follow=True)

    assert "nothing was changed" in page.content.decode()
    assert RecoveryRecord.objects.filter(recovery=recovery).count() == 1


def _sent(client, address):
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return sent | {"reason": "looked again"}


NARROWED = [
    {"q": "S-1"},
    {"kind": "FOUND"},
    {"arm_type": "REVOLVER"},
    {"serial_status": "OBLITERATED"},
    {"make": "Taurus"},
    {"region": "Baixa"},
    {"agency": "PC-SUL"},
    {"year": "2021"},
    {"stands": "UNDECIDED"},
    {"stands": "CLOSED"},
    {"sort": "number"},
]


@pytest.mark.parametrize("narrowed", NARROWED, ids=str)
@pytest.mark.parametrize("listed", ["recoveries", "traces"])
def test_a_file_holds_the_rows_of_its_list(at_desk, known, listed, narrowed):
    client = at_desk("ana")
    shown = client.get(reverse(listed), narrowed).context["rows"]

    answer = client.get(reverse(listed), narrowed | {"format": "csv"})

    lines = b"".join(answer.streaming_content).decode().splitlines()[1:]
    numbers = [line.partition(",")[0] for line in lines]
    assert numbers == [row.recovery.reference for row, _standing in shown]


def test_every_filter_of_the_list_is_tried_on_its_file():
    tried = {name for each in NARROWED for name in each}

    assert tried == set(RecoveryFilters().fields)


def test_traces_are_exported_as_a_workbook(at_desk, known):
    answer = at_desk("ana").get(
        reverse("traces"), {"standing": "UNDECIDED", "format": "xlsx"}
    )

    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_a_statistician_keeps_a_figure_and_the_year_lists_it(at_desk, known):
    client = at_desk("stan")

    page = client.post(reverse("figure-keep", args=[2022, "metadata"]), follow=True)

    text = page.content.decode()
    assert "Saved figures" in text
    assert page.context["kept"][0].kept_by == "stan"
    assert "Tracing for 2022 is not complete" in text


def test_who_may_not_keep_figures_gets_no_button(at_desk, known):
    page = at_desk("ana").get(reverse("figures-year", args=[2022])).content.decode()

    assert "Save this figure" not in page


def test_every_number_of_the_figures_opens_its_records(at_desk, known):
    client = at_desk("stan")
    page = client.get(reverse("figures-year", args=[2022]))

    row = next(row for row in page.context["page"].rows if row.total)
    address = f"/figures/2022/metadata/{row.cell.value}/"
    records = client.get(address)

    assert f'href="{address}"' in page.content.decode()

    assert len(records.context["rows"]) == row.total
    assert "SEIZED." not in records.content.decode()


def test_a_day_to_come_is_said_to_lie_ahead(at_desk, known):
    page = at_desk("stan").get(
        reverse("figures-year", args=[2022]), {"as_of": "2999-01-01"}
    )

    assert "This day is in the future" in page.content.decode()


def test_who_does_not_decide_is_not_told_to_decide(at_desk, known):
    for name in ("stan", "audrey", "rita", "ada"):
        assert ">Decide<" not in at_desk(name).get(reverse("today")).content.decode()
    assert ">Decide<" in at_desk("sam").get(reverse("today")).content.decode()


def test_a_judgement_stands_among_the_decisions(at_desk, known):
    recovery, arm = known.recovered[0], known.arms[0]
    client = at_desk("ana")
    address = reverse("recovery-judge", args=[recovery, arm])

    client.post(address, {"judgement": "SAME", "reason": "proof marks agree"})

    page = client.get(reverse("recovery", args=[recovery])).content.decode()
    assert f"decided to be A{arm} by ana" in page
    assert "probability 1.00" not in page


def test_where_nothing_was_compared_no_chance_is_shown(at_desk, known):
    page = at_desk("ana").get(reverse("recovery", args=[known.recovered[1]]))

    ranking, text = page.context["ranking"], page.content.decode()
    assert ranking.found.is_compared == ("None of them" in text)


def test_a_corrected_code_stands_in_words(at_desk, known):
    recovery = known.recovered[0]
    client = at_desk("otto")
    address = reverse("recovery-correct", args=[recovery])

    client.post(address, _sent(client, address) | {"recovery_kind": "FOUND"})

    page = client.get(reverse("recovery", args=[recovery])).content.decode()
    assert "How it was recovered" in page
    assert "recovery kind" not in page


def test_sign_in_asks_for_a_passphrase(client, db):
    page = client.get(reverse("sign-in")).content.decode()

    assert "Passphrase" in page
    assert "Password" not in page


def test_today_says_how_many_decisions_are_overdue(at_desk, known):
    page = at_desk("ana").get("/", follow=True).content.decode()
    listed = at_desk("ana").get(reverse("recoveries"), {"stands": "OVERDUE"})

    assert "overdue: more than 14 days after the record" in page
    assert listed.context["rows"]
