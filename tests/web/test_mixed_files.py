"""A file of recoveries that tells of thefts too, before people of every role."""

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from armstrace.cli import indicator
from armstrace.intake.models import ColumnProfile, HeldRow
from armstrace.vocabulary.actors import Role
from tests.intake import files
from tests.intake.loads import actor, load, recovery, table
from tests.web.test_intake_profiles import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def theft(number, **values):
    return recovery(number, recovery_kind="", loss_kind="STOLEN", **values)


def mixed(tmp_path, *, by, **values):
    rows = table(recovery("1", loss_kind=""), theft("2", serial="ZZ9", **values))
    return load(files.csv_file(tmp_path / "a.csv", rows), by=by)


def test_IN_08_a_theft_is_held_for_who_may_record_it(at_desk, people, tmp_path):
    batch = mixed(tmp_path, by=actor(Role.ANALYST))
    held = HeldRow.objects.get()
    address = reverse("held-row", args=[held.pk])

    assert (batch.rows_loaded, batch.rows_held) == (1, 1)
    page = at_desk("ana").get(address).content.decode()
    assert "may not record reports of loss and theft" in page
    assert "registry clerk, hub supervisor" in page
    assert "Correct and load" not in page
    assert (
        "Correct this row"
        not in at_desk("ana").get(reverse("held-rows")).content.decode()
    )
    assert (
        "Correct the rows" not in at_desk("ana").get(reverse("today")).content.decode()
    )

    assert "Correct the rows" in at_desk("rita").get(reverse("today")).content.decode()
    at_desk("rita").post(address, held.values)
    held.refresh_from_db()
    assert held.state == "MENDED"


def test_a_theft_asks_for_its_own_day_and_keeps_what_was_typed(
    at_desk, people, tmp_path
):
    mixed(tmp_path, by=actor(Role.SUPERVISOR), recovered_on="?")
    held = HeldRow.objects.get()
    address = reverse("held-row", args=[held.pk])

    page = at_desk("rita").get(address).content.decode()
    again = at_desk("rita").post(
        address,
        held.values
        | {"loss_kind": "", "recovery_kind": "FOUND", "place": "Gao"}
        | {"recovered_on": "2020-01-02"},
    )

    assert "day it happened" in page.lower()
    assert "day of recovery" not in page.lower()
    assert again.status_code == 200
    assert 'value="Gao"' in again.content.decode()


def test_nothing_is_saved_of_a_file_that_the_role_may_not_record(at_desk, people, home):
    clerk = at_desk("rita")
    page = upload(clerk)
    proposal = page.context["proposal"]
    sent = {
        name: page.context["form"][name].value() or ""
        for name in page.context["form"].fields
    }

    assert "may not record recovered items" in page.content.decode()
    again = clerk.post(
        reverse("intake-propose", args=[page.context["token"], proposal.kind.value]),
        sent | {"source": "POL"},
        follow=True,
    ).content.decode()

    assert "may not record recovered items" in again
    assert "tracing analyst, hub supervisor" in again
    assert "Profile saved" not in again
    assert not ColumnProfile.objects.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"recovered_on": "2021"}, "Some time in 2021 in Gao: reported stolen."),
        ({"recovered_on": "2021-03-04"}, "On 4 Mar 2021 in Gao: reported stolen."),
    ],
)
def test_a_look_up_tells_of_a_theft_what_the_file_says(
    at_desk, people, tmp_path, values, told
):
    row = theft("", serial="ZQ 98431", place="Gao", agency="PC Alturas", **values)
    load(
        files.csv_file(tmp_path / "a.csv", table(row | {"case_number": "0004/24"})),
        by=actor(Role.SYSTEM),
    )

    page = at_desk("otto").get(reverse("look-up"), {"q": "Glock 17 ZQ98431"})
    answer = page.content.decode().split('id="answer-head"')[1].split("</section>")[0]

    assert told in answer
    assert "PC Alturas, report 0004/24" in answer
    assert "key " not in answer


def test_the_figures_say_how_many_held_rows_may_belong_to_the_year(
    at_desk, known, tmp_path
):
    rows = table(
        recovery("1", recovered_on="2022-02-31"),
        recovery("2", recovered_on="31/02/2019"),
        recovery("3", recovered_on="?"),
    )
    load(files.csv_file(tmp_path / "a.csv", rows))

    page = at_desk("stan").get(reverse("figures-year", args=[2022])).content.decode()

    assert "2 rows of files are held and may belong to this year" in page
    assert reverse("held-rows") in page
    told = CliRunner().invoke(indicator.app, ["16.4.2", "--year", "2022"])
    assert "may belong to 2022 and are not counted: 2;" in told.stderr
