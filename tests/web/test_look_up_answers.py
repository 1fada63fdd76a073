"""The first line of a look-up: stolen, lost, recovered, registered, not on record."""

from datetime import date

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.accounts.actions import rename_agency
from armstrace.accounts.models import Agency
from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.search_keys import search_key
from armstrace.recoveries.actions import judging, recording
from armstrace.registry.actions import registering
from armstrace.registry.inputs import ArmInput, EventInput
from armstrace.registry.models import Arm, Mark
from armstrace.vocabulary.arms import LifeEventKind, PartType
from armstrace.vocabulary.marks import MarkKind
from armstrace.vocabulary.tracing import Judgement
from armstrace.web.registry import typed
from tests.ledger_guard import written_directly
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(at_desk, known):
    """Give the answer that one of the cast gets."""

    def page(typed, name="otto"):
        answer = at_desk(name).get(reverse("look-up"), {"q": typed})
        content = answer.content.decode()
        return content.split('id="answer-head"')[1].split("</section>")[0]

    return page


def an_event(number, kind, arm="G-2", on=date(2020, 1, 2)):
    world.happened(EventInput(number, arm, kind, on, country="XV"))


@pytest.mark.parametrize(
    "typed", ["Glock BK48010", "9mm glock 17 BK48010", "bk-48010 glock", "BK48010"]
)
def test_a_stolen_arm_is_told_first_in_red(answered, known, typed):
    page = answered(typed)

    assert page.split("<a")[0].strip(" >\n") == "STOLEN"
    assert "On 14 Aug 2019 in Alturas: reported stolen." in page
    assert "What to do now" in page
    assert reverse("recovery-record") in page


@pytest.mark.parametrize("pieces", ["BK 48010", "BK48 010", "B K 480 10", "BK - 48010"])
@pytest.mark.parametrize(
    "line",
    [
        "glock {}",
        "GLOCK 17 {} 9x19",
        "{} 9mm pistol glock 17",
        "9x19 {} glock 17",
        "pistol 17 {} glock",
        "glock 9 mm {}",
    ],
)
def test_a_stolen_arm_is_found_by_a_serial_typed_in_pieces(
    answered, known, line, pieces
):
    assert answered(line.format(pieces)).split("<a")[0].strip(" >\n") == "STOLEN"


@pytest.mark.parametrize(
    ("line", "serial"),
    [
        ("glock 17 BK 48010", "BK48010"),
        ("glock 971 BK 48010", "BK48010"),
        ("beretta 971 BK 48010", "971BK48010"),
        ("971 BK 48010", "971BK48010"),
        ("taurus 82 40000 BK48010", "40000"),
    ],
)
def test_only_a_bearer_of_make_and_serial_makes_another_reading(known, line, serial):
    viewer = actors.actor_for(known.people["otto"], None)

    marks = typed.read(line, viewer=viewer)

    assert search_key(marks.description.serial) == serial


@pytest.mark.parametrize(
    ("number", "said"),
    [("G-1", "STOLEN"), ("G-2", "REGISTERED, no loss or theft on record")],
)
def test_a_number_on_another_part_tells_of_the_arm_that_bears_it(
    answered, known, number, said
):
    with written_directly():
        Mark.objects.create(
            arm=Arm.objects.get(source_number=number),
            kind=MarkKind.OTHER,
            text_as_marked="QX 7731",
            component=PartType.BARREL,
            known_at=world.NOON,
        )

    page = answered("QX7731")

    assert page.split("<a")[0].strip(" >\n") == said
    assert "as another mark, or on a part" in page


def test_a_make_in_its_own_field_counts(known):
    viewer = actors.actor_for(known.people["otto"], None)

    marks = typed.read("971 BK 48010", "Glock", viewer=viewer)

    assert search_key(marks.description.serial) == "BK48010"


def test_a_recovery_is_found_by_a_serial_typed_in_pieces(answered, known):
    recording.record_recoveries(
        source="TEST",
        stated=[
            world.a_recovery(
                "S-9",
                agency="PC-SUL",
                description=Description("pistol", "Glock", "17", "9mm", "ZZT77123"),
            )
        ],
        by=actors.system_actor(),
        at=world.NOON,
    )

    assert "ALREADY RECOVERED" in answered("glock 971 ZZT 77123")


@pytest.mark.parametrize("typed", ["77123 walther", "walther pp 7.65 77123"])
def test_a_theft_is_told_beside_an_arm_registered_with_its_marks(
    answered, known, at_desk, typed
):
    marks = Description("pistol", "Walther", "", "", "77123", "Germany")
    world.reported(description=marks)
    clerk, address = at_desk("rita"), reverse("arm-register")
    told = {"type": "pistol", "make": "Walther", "model": "PP", "calibre": "7.65 mm"}
    told |= {"serial": "77123", "country": "Germany", "arrival": "IMPORTED"}
    told |= {"happened_on": "2026-03-01", "reason": "no import mark"}
    looked = clerk.post(address, told).context["form"]

    made = clerk.post(address, told | {"checked": looked["checked"].value()})

    assert made.status_code == 302
    assert "One arm or two" in clerk.get(made.url).content.decode()
    assert "STOLEN" in answered(typed).split("<a")[0]


def test_an_alarm_is_set_as_one(at_desk, known):
    page = at_desk("otto").get(reverse("look-up"), {"q": "glock BK48010"})

    assert 'class="message answer error"' in page.content.decode()


def test_the_agency_that_received_the_report_is_named(answered, known):
    world.reported(
        number="B-77",
        loss_kind=LifeEventKind.LOST,
        happened_on=date(2020, 3, 1),
        arm_number="T-1",
        description=Description("revolver", "Taurus", "82", ".38", "40000"),
    )

    page = answered("taurus 40000")

    assert page.split("<a")[0].strip(" >\n") == "LOST"
    assert "PC-SUL, report B-77" in page


def test_an_arm_without_a_loss_is_registered_and_nobody_is_named(answered, known):
    page = answered("glock 17 BK48017")

    assert "REGISTERED, no loss or theft on record" in page
    assert "Person" not in page


@pytest.mark.parametrize("typed", ["glock erased", "glock 17 BK48017", "glock ZZ99119"])
def test_whoever_may_record_is_offered_it_with_every_answer(answered, known, typed):
    assert reverse("recovery-record") in answered(typed)
    assert reverse("recovery-record") not in answered(typed, "rita")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LifeEventKind.DESTROYED, "DESTROYED, according to the register"),
        (LifeEventKind.DEACTIVATED, "DEACTIVATED, according to the register"),
        (LifeEventKind.RECOVERED, "ALREADY RECOVERED"),
    ],
)
def test_what_the_register_says_last_is_the_answer(answered, known, kind, words):
    an_event("x-1", LifeEventKind.SOLD_TO_HOLDER, on=date(2019, 1, 2))
    an_event("x-2", kind)

    assert words in answered("glock BK48017")


def test_an_arm_recovered_by_another_agency_is_told_without_its_number(answered, known):
    made = recording.record_recoveries(
        source="TEST",
        stated=[
            world.a_recovery(
                "S-9",
                agency="PC-SUL",
                description=Description("pistol", "Glock", "17", "9mm", "ZZT77123"),
            )
        ],
        by=actors.system_actor(),
        at=world.NOON,
    )

    page = answered("ZZT77123 glock")

    assert "ALREADY RECOVERED, and not on the register" in page
    assert "by PC-SUL" in page
    assert reverse("recovery", args=[made[0].record_id]) not in page
    assert reverse("recovery", args=[made[0].record_id]) in answered(
        "ZZT77123 glock", "sara"
    )


def test_a_decision_that_it_is_the_same_arm_is_told(answered, known):
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            recovery_id=known.recovered[2],
            arm_id=known.arms[1],
            judgement=Judgement.SAME,
            reason="the frame was seen",
            probability=0.5,
            model_version="",
        ),
        by=actors.actor_for(known.people["sam"], None),
        at=world.NOON,
    )

    page = answered("glock BK48017")

    assert "ALREADY RECOVERED" in page
    assert "by PC-SUL" in page


def test_a_recovery_that_the_register_knows_to_be_over_is_not_the_answer(
    answered, known
):
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            known.recovered[0], known.arms[1], Judgement.SAME, reason="seen"
        ),
        by=actors.actor_for(known.people["sam"], None),
        at=world.NOON,
    )
    an_event("back", LifeEventKind.SOLD_TO_HOLDER, on=date(2024, 5, 1))

    page = answered("glock BK48017")

    assert "REGISTERED, no loss or theft on record" in page


def test_an_arm_that_came_back_is_not_said_to_have_no_loss_on_record(answered, known):
    an_event("gone", LifeEventKind.STOLEN, on=date(2023, 5, 1))
    an_event("back", LifeEventKind.FOUND_AGAIN, on=date(2024, 5, 1))

    page = answered("glock BK48017")

    assert "REGISTERED, no open report of loss or theft" in page
    assert "It was missing once and came back." in page


def test_marks_that_may_be_of_a_stolen_arm_are_told_as_such(answered, known):
    page = answered("glock BK4801?")

    assert "MAY BE STOLEN OR LOST" in page
    assert f"A{known.arms[0]}: stolen." in page


def test_marks_of_no_arm_are_not_on_record_and_prove_nothing(answered, known):
    page = answered("beretta QQX991234")

    assert "NOT ON RECORD" in page
    assert "proves nothing" in page


def test_a_make_alone_tells_no_arm_apart(answered, known):
    assert "NO SERIAL NUMBER" in answered("beretta pistol")


def test_the_page_of_an_arm_names_the_recovery_that_people_decided_on(at_desk, known):
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            known.recovered[0], known.arms[1], Judgement.SAME, reason="seen"
        ),
        by=actors.actor_for(known.people["sam"], None),
        at=world.NOON,
    )

    page = at_desk("ana").get(reverse("arm", args=[known.arms[1]])).content.decode()

    head = page.split("</h1>")[1 if "<h1>" not in page.split("</h1>")[0] else 0]
    assert "recovered" in head
    assert reverse("recovery", args=[known.recovered[0]]) in page


def who_to_call(page):
    return page.split("Contact")[1].split("</p>")[0]


def test_the_agency_that_told_a_loss_is_called_by_name_and_telephone(answered, known):
    rename_agency(
        code="REG",
        name="National Register",
        telephone="+99 1 2",
        reason="its telephone",
        by=actors.system_actor(),
        at=world.NOON,
    )

    assert "National Register, telephone +99 1 2" in who_to_call(answered("BK48010"))


def test_a_source_that_is_no_agency_is_called_by_its_keeper(answered, known):
    with written_directly():
        Agency.objects.filter(code="REG").update(code="ELSEWHERE")

    page = who_to_call(answered("BK48010"))

    assert "the keeper of the register" in page
    assert "REG" not in page


def a_dense_series(*, count=30):
    registering.register_arms(
        source="REG",
        stated=[
            ArmInput(
                f"N-{n}", Description("pistol", "Beretta", "92", "9x19", f"12{n:02}45")
            )
            for n in range(count)
        ],
        by=actors.system_actor(),
        at=world.NOON,
    )


def test_a_number_read_in_part_is_never_said_to_be_off_the_record(answered, known):
    a_dense_series()

    page = answered("12??45")

    assert "NOT CERTAIN: the serial number was read in part" in page
    assert "read in part, as 12??45" in page
    assert "one of them may be stolen" in page
    assert "NOT ON RECORD" not in answered("beretta QQ?991234")


def test_a_number_read_in_part_alarms_where_a_stolen_arm_fits(answered, known):
    a_dense_series(count=15)
    an_event("gone", LifeEventKind.STOLEN, arm="N-12")

    page = answered("12??45")

    assert "MAY BE STOLEN OR LOST" in page
    assert ": stolen." in page


def test_a_number_read_in_part_finds_a_recovery_that_fits(answered, known):
    recording.record_recoveries(
        source="TEST",
        stated=[
            world.a_recovery(
                "S-9",
                agency="PC-SUL",
                description=Description("pistol", "Glock", "17", "9mm", "ZZT77123"),
            )
        ],
        by=actors.system_actor(),
        at=world.NOON,
    )

    assert "MAY BE ALREADY RECOVERED" in answered("ZZT7?123 glock")
    assert "by PC-SUL" in answered("ZZT77*")
