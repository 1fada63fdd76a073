"""A recovery is recorded on the street: photograph first, the number is given."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.synthetic.pictures import plate
from armstrace.evidence.models import StoredFile
from armstrace.recoveries.actions import judging
from armstrace.recoveries.models import Recovery, RecoveryPhotograph
from armstrace.vocabulary.tracing import Judgement
from armstrace.web.recoveries.record_form import GIVEN
from tests.web.world import NOON

pytestmark = pytest.mark.django_db

PNG = plate(["BK48010"], seed=1)
CODES = {
    "item_kind": "ARM",
    "modification": "UNKNOWN",
    "part_type": "OTHER_ESSENTIAL",
    "ammunition_kind": "UNKNOWN",
    "place_kind": "UNKNOWN",
    "legal_justification": "UNKNOWN",
    "taken_from_is_holder": "UNKNOWN",
}
ADDRESS = reverse("recovery-record")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sent(client, **typed):
    """Give what a phone sends: the form as it was opened, and what was typed."""
    form = client.get(ADDRESS).context["form"]
    names = ("given", "agency", "recovered_on", "recovery_kind")
    opened = {name: form[name].value() for name in names}
    return CODES | opened | {"recovery_kind": "SEIZED", "place": "Norte"} | typed


def test_marks_and_a_photograph_are_enough_and_the_number_is_given(at_desk, known):
    client = at_desk("otto")
    typed = sent(client, serial="BK48010", make="Glock")
    typed["photographs"] = SimpleUploadedFile("1.png", PNG, "image/png")

    page = client.post(ADDRESS, typed, follow=True).content.decode()

    made = Recovery.objects.get(source_number=typed["given"])
    assert GIVEN.fullmatch(made.source_number)
    assert f"saved as {made.reference}, number {made.source_number}." in page
    assert made.source == "PC-NORTE"
    assert RecoveryPhotograph.objects.get(recovery=made).file.size_bytes == len(PNG)
    answer = page[page.index('id="answer-head"') :]
    assert "STOLEN" in answer[:300]
    assert "the tracing hub sees this record" in answer
    assert f"A{known.arms[0]}" in answer


def test_its_page_says_at_any_time_that_it_is_stolen(at_desk, known):
    client = at_desk("otto")
    client.post(ADDRESS, sent(client, serial="BK48010", make="Glock"))
    made = Recovery.objects.latest("pk")
    address = reverse("recovery", args=[made.pk])

    page = client.get(address).content.decode()

    answer = page.split('id="answer-head"')[1].split("</section>")[0]
    assert "STOLEN" in answer
    assert "What to do now" not in answer
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            made.pk, known.arms[0], Judgement.DIFFERENT, "another make"
        ),
        by=actors.actor_for(known.people["ana"]),
        at=NOON,
    )
    assert 'class="message answer error"' not in client.get(address).content.decode()


def test_its_own_record_is_no_earlier_one(at_desk, known):
    client = at_desk("otto")
    typed = sent(client, serial="XKB70412", make="Walther")

    page = client.post(ADDRESS, typed, follow=True).content.decode()

    assert "NOT ON RECORD" in page
    assert "ALREADY RECOVERED" not in page


def test_the_same_marks_and_day_are_asked_about_before_they_are_recorded(
    at_desk, known
):
    client, typed = at_desk("otto"), {"serial": "ZQ77120", "make": "Glock"}
    client.post(ADDRESS, sent(client, **typed))
    first = Recovery.objects.latest("pk")

    again = sent(client, **typed)
    asked = client.post(ADDRESS, again)

    assert Recovery.objects.latest("pk") == first
    assert f"{first.reference} has the same serial number" in asked.content.decode()
    checked = asked.context["form"]["checked"].value()
    assert client.post(ADDRESS, again | {"checked": checked}).status_code == 302
    assert Recovery.objects.latest("pk") != first


def test_what_is_sent_twice_is_recorded_once(at_desk, known):
    client = at_desk("otto")
    typed = sent(client, serial="BK48010")
    client.post(ADDRESS, typed)

    page = client.post(ADDRESS, typed, follow=True)

    made = Recovery.objects.get(source_number=typed["given"])
    assert "it was sent twice" in page.content.decode()
    assert page.redirect_chain[0][0].startswith(reverse("recovery", args=[made.pk]))


def test_what_a_fault_cut_off_is_sent_again_under_its_number(at_desk, known):
    client = at_desk("otto")
    client.raise_request_exception = False
    typed = sent(client, serial="BK48010")

    def send():
        photo = SimpleUploadedFile("1.png", PNG, "image/png")
        return client.post(ADDRESS, typed | {"photographs": photo})

    def break_off(execute, sql, *args):
        if sql.startswith('INSERT INTO "recoveries_recoveryphotograph"'):
            raise OperationalError
        return execute(sql, *args)

    with connection.execute_wrapper(break_off):
        assert send().status_code == 503

    assert send().status_code == 302
    made = Recovery.objects.get(source_number=typed["given"])
    assert RecoveryPhotograph.objects.get(recovery=made)


@pytest.mark.parametrize(
    "other",
    [
        {"serial": "SECOND222"},
        {"photographs": PNG},
        {"serial": "BK48010", "notes": "a second one"},
    ],
)
def test_something_else_under_a_used_number_is_never_taken_for_sent_twice(
    at_desk, known, other
):
    client = at_desk("otto")
    typed = sent(client, serial="" if "photographs" in other else "BK48010")
    client.post(ADDRESS, typed)
    first = Recovery.objects.get(source_number=typed["given"])
    if "photographs" in other:
        other = {"photographs": SimpleUploadedFile("2.png", PNG, "image/png")}

    page = client.post(ADDRESS, typed | other)

    form, text = page.context["form"], page.content.decode()
    assert page.status_code == 422
    assert f"R{first.pk}" in text
    assert typed["given"] in text
    assert form.number_given != typed["given"]
    assert f'value="{form.number_given}"' in text
    assert form["serial"].value() == (typed | other)["serial"]
    again = typed | {"given": form.number_given, "notes": "sent again"}
    again["checked"] = form["checked"].value()
    client.post(ADDRESS, again)
    assert Recovery.objects.filter(source_number=form.number_given).exists()


def test_a_script_is_told_where_to_go_on(at_desk, known):
    client = at_desk("otto")

    answer = client.post(ADDRESS, sent(client), headers={"HX-Request": "true"})

    made = Recovery.objects.latest("pk")
    address = reverse("recovery", args=[made.pk])
    assert answer["HX-Redirect"] == f"{address}?recorded"


def test_a_number_that_differs_is_said_to_differ_after_a_reload_too(at_desk, known):
    client = at_desk("otto")
    marks = {"type": "pistol", "make": "Glock", "model": "17", "calibre": "9x19"}
    client.post(ADDRESS, sent(client, serial="BK48011", **marks))
    page = reverse("recovery", args=[Recovery.objects.latest("pk").pk])

    for address in (f"{page}?recorded", page):
        assert "the serial number differs" in client.get(address).content.decode()


def test_a_number_that_a_file_of_the_agency_gave_is_taken(at_desk, known):
    client, before = at_desk("otto"), Recovery.objects.count()
    loaded = Recovery.objects.exclude(source="PC-NORTE").get(pk=known.recovered[0])

    page = client.post(ADDRESS, sent(client, number=loaded.source_number, serial="X 1"))

    assert page.status_code == 422
    assert f"R{loaded.pk}" in " ".join(page.context["form"].errors["number"])
    assert Recovery.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        ({"photographs": b"no picture"}, "photographs", "is not a JPEG, PNG or WebP"),
        ({"recovered_on": "", "serial": "AB 1"}, "recovered_on", "Give the day"),
        ({"recovered_on": "2099-01-02"}, "recovered_on", "check the year"),
        ({"given": "1"}, "given", ""),
        ({"item_kind": "PART", "photographs": PNG}, "photographs", "arms only"),
        ({"quantity": "3"}, "quantity", "Each arm is recorded on its own"),
        ({"ammunition_kind": "PRIMER"}, "ammunition_kind", "not kept for this"),
        ({"item_kind": "PART", "calibre": "9x19"}, "calibre", "not kept for this"),
        ({"item_kind": "PART", "taken_from": "A B"}, "taken_from", "arms only"),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_records_nothing(
    at_desk, known, typed, name, sentence
):
    client, before = at_desk("otto"), Recovery.objects.count()
    given = sent(client, **({"serial": "AB 1"} | typed))
    if "photographs" in typed:
        file = SimpleUploadedFile("plate.png", typed["photographs"])
        given["photographs"] = file

    answer = client.post(ADDRESS, given)

    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[name])
    assert 'value="AB 1"' in answer.content.decode()
    assert Recovery.objects.count() == before
    assert not StoredFile.objects.exists()


def test_a_refusal_that_names_its_field_is_not_headed_by_it_again(at_desk, known):
    client = at_desk("otto")

    page = client.post(ADDRESS, sent(client, serial="A 1", recovered_on="2099-01-02"))

    summary = page.content.decode().partition('role="alert"')[2].partition("</ul>")[0]
    assert summary.casefold().count("day of recovery") == 1


def test_a_form_that_says_neither_what_nor_where_records_nothing(at_desk, known):
    client, before = at_desk("otto"), Recovery.objects.count()

    answer = client.post(ADDRESS, sent(client, place=""))

    assert "Give at least what it is or where it was" in answer.content.decode()
    assert Recovery.objects.count() == before


def test_a_folded_part_with_a_refused_field_is_open_and_says_it_plainly(at_desk, known):
    page = at_desk("otto").post(ADDRESS, sent(at_desk("otto"), quantity="-5"))

    content = page.content.decode()
    folded = content[: content.index('name="quantity"')].rpartition("<details")[2]
    assert folded.split(">")[0].endswith(" open")
    assert "Ensure this value" not in content
    assert "or more." in content


def test_more_photographs_than_can_be_sent_are_refused(at_desk, known):
    client = at_desk("otto")
    several = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(7)]

    answer = client.post(ADDRESS, sent(client, photographs=several))

    assert "at most 6 photographs" in answer.content.decode()


def test_a_span_that_is_typed_takes_the_place_of_today(at_desk, known):
    client = at_desk("otto")
    typed = sent(client, recovered_within="2025-06")

    client.post(ADDRESS, typed)

    made = Recovery.objects.get(source_number=typed["given"]).records.get()
    assert str(made.recovered) == "2025-06"


def test_the_look_up_hands_its_marks_to_the_form(at_desk, known):
    client = at_desk("otto")
    found = client.get(reverse("look-up"), {"q": "glock 17 BK48010"})

    form = client.get(found.context["record_address"]).context["form"]

    assert form["serial"].value() == "BK48010"
    assert form["make"].value().casefold() == "glock"


def test_an_officer_begins_from_today(at_desk, known):
    assert f'href="{ADDRESS}"' in at_desk("otto").get("/today/").content.decode()
    assert f'href="{ADDRESS}"' not in at_desk("stan").get("/today/").content.decode()


def test_the_page_says_the_type_in_words_and_no_code(at_desk, known):
    client = at_desk("otto")
    client.post(ADDRESS, sent(client, arm_type="arma de fogo", region="Gao"))
    made = Recovery.objects.latest("pk")

    page = client.get(reverse("recovery", args=[made.pk])).content.decode()

    assert "OTHER_FIREARM" not in page
    assert "rule WORD" not in " ".join(page.split())
    assert "(not known)" not in page


def test_without_a_serial_number_the_shares_are_no_identity(at_desk, known):
    client = at_desk("otto")
    said = "arms of one make and model are not told apart"
    marks = {"make": "Glock", "model": "17", "calibre": "9x19", "arm_type": "pistol"}
    for serial, is_said in (("erased", True), ("BK48010", False)):
        client.post(ADDRESS, sent(client, serial=serial, **marks))
        made = Recovery.objects.latest("pk")

        page = client.get(reverse("recovery", args=[made.pk])).content.decode()

        assert 'class="candidate"' in page
        assert (said in page) is is_said
