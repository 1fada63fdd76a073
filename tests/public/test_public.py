"""The public pages: published tables, small counts withheld, no way to a record."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.accounts.models import User
from armstrace.analysis.marks.description import Description
from armstrace.audit.models import LedgerEntry
from armstrace.indicators import queries
from armstrace.indicators.actions import publishing as actions
from armstrace.indicators.actions import returns
from armstrace.indicators.models import Publication, PublicationFile
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.returns import DifferenceReason, ReturnStage
from armstrace.web.figures import publishing_views
from tests import cast
from tests.web import world

pytestmark = pytest.mark.django_db


def public(name="public", *parts):
    return Client().get(reverse(name, args=parts))


def cells(publication):
    return {
        f"{table['id']}:{row['code']}:{column}": cell
        for table in publication.content["tables"]
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    }


def test_a_small_count_is_withheld_with_another_that_gives_it_away(published):
    found = cells(published)

    assert found["B1:SHOTGUN:SEIZED"] == {"value": None, "why": "WITHHELD"}
    assert found["A2:TOTAL:SEIZED"]["value"] == 34
    shown = [
        cell["value"]
        for key, cell in found.items()
        if key.startswith("B1:") and key.endswith(":SEIZED") and "TOTAL" not in key
    ]
    assert 34 - sum(value or 0 for value in shown) >= 5


def test_no_count_below_five_is_published(published):
    counts = [cell["value"] for cell in cells(published).values()]

    assert counts
    assert not [count for count in counts if count is not None and count < 5]


def test_what_one_table_withholds_no_other_table_tells(published):
    found = cells(published)

    for mine, theirs in (
        ("B3:UNKNOWN:SEIZED", "5.1:K:SEIZED"),
        ("B3:UNIQUE:SEIZED", "5.1:U:SEIZED"),
        ("B3:ALTERED:SEIZED", "5.1:NE:SEIZED"),
        ("B1:TOTAL:SEIZED", "A2:TOTAL:SEIZED"),
    ):
        assert found[mine] == found[theirs]


def test_case_by_case_tables_and_context_are_not_published(published):
    tables = {table["id"] for table in published.content["tables"]}

    assert tables.isdisjoint({"G", "H", "I", "X", "E1", "E2", "E3", "F"})


def test_everyone_reads_the_page_and_no_table_of_records_is_asked(published):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = public("public-year", 2022)

    tables = {
        name
        for query in asked
        for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    assert page.status_code == 200
    assert tables <= {
        "indicators_publication",
        "indicators_publicationfile",
        "indicators_publicationwithdrawal",
    }
    assert not page.cookies


@pytest.mark.parametrize(
    ("language", "written"),
    [("es", "1 de marzo de 2026"), ("fr", "1er mars 2026"), ("ar", "1\xa0")],
)
def test_the_day_of_publishing_is_written_as_the_language_does(
    published, language, written
):
    address = reverse("public-year", args=(2022,))
    page = Client().get(address, headers={"Accept-Language": language})

    assert written in page.content.decode()


def test_no_link_leads_from_the_public_pages_to_the_staff_pages(published):
    for page in (public(), public("public-year", 2022)):
        links = re.findall(r'<a[^>]*href="([^"#]+)"', page.content.decode())
        assert links
        assert all(link.startswith("/public/") for link in links)


def test_no_number_of_a_record_stands_on_the_public_pages(published):
    page = public("public-year", 2022).content.decode()

    for told in ("2022/pistola", "AB0000", "Person Nine", "Baixa", "PC-NORTE"):
        assert told not in page
        assert told not in str(published.content)


def test_files_are_handed_out_byte_for_byte(published):
    for kept in PublicationFile.objects.all():
        answer = public("public-file", 2022, kept.name)

        assert answer.content == bytes(kept.content)
        assert answer["ETag"] == f'"{kept.sha256}"'


def test_the_csv_says_what_the_page_says(published):
    file = PublicationFile.objects.get(name__endswith=".csv")
    rows = csv.DictReader(io.StringIO(bytes(file.content).decode("utf-8-sig")))

    counts = {(r["table"], r["row"], r["column"]): r for r in rows}
    assert counts["A2", "TOTAL", "SEIZED"]["count"] == "34"
    assert counts["B1", "SHOTGUN", "SEIZED"]["why_blank"] == "WITHHELD"


def test_publishing_leaves_an_entry_and_the_same_content_is_published_once(published):
    again = actions.publish_year(year=2022, by=cast.SUPERVISOR, at=world.NOON)

    assert again.pk == published.pk
    assert LedgerEntry.objects.filter(act="publication.made").count() == 1


def test_a_withdrawn_edition_is_no_longer_found(published):
    actions.withdraw_publication(
        publication_id=published.pk,
        reason="an error",
        by=cast.SUPERVISOR,
        at=world.NOON,
    )

    assert public("public-year", 2022).status_code == 404
    file = published.files.first()
    assert public("public-file", 2022, file.name).status_code == 404
    assert LedgerEntry.objects.filter(act="publication.withdrawn").count() == 1


def test_FG_04_a_withdrawal_needs_its_reason(published):
    with pytest.raises(RuleBroken, match="Give the reason"):
        actions.withdraw_publication(
            publication_id=published.pk, reason=" ", by=cast.SUPERVISOR, at=world.NOON
        )


def test_FG_05_an_edition_is_withdrawn_once(published):
    def withdraw():
        actions.withdraw_publication(
            publication_id=published.pk,
            reason="wrong",
            by=cast.SUPERVISOR,
            at=world.NOON,
        )

    withdraw()
    with pytest.raises(RuleBroken, match="withdrawn before"):
        withdraw()


def test_FG_03_a_year_without_arms_is_not_published(recorded):
    with pytest.raises(RuleBroken, match="No arm of 1999"):
        actions.publish_year(year=1999, by=cast.STATISTICIAN, at=world.NOON)


@pytest.mark.parametrize("actor", [cast.ANALYST, cast.OFFICER, cast.AUDITOR])
def test_only_statisticians_and_supervisors_publish(recorded, actor):
    with pytest.raises(NotPermitted):
        actions.publish_year(year=2022, by=actor, at=world.NOON)
    assert not Publication.objects.exists()


def test_what_one_edition_withheld_the_next_withholds_too(published):
    more = [
        world.a_recovery(
            f"late-{number}",
            description=Description("shotgun", "CBC", "", "12", f"L{number:05}"),
            recovered_on=date(2022, 3, 1),
            case_number=f"late/{number}",
            seal_number=f"L-{number}",
        )
        for number in range(9)
    ]
    recording.record_recoveries(
        source="TEST", stated=more, by=actors.system_actor(), at=world.NOON
    )

    second = actions.publish_year(year=2022, by=cast.STATISTICIAN, at=world.NOON)

    assert second.edition == 2
    assert set(published.withheld) <= set(second.withheld)
    assert public("public-year", 2022).context["page"].edition == 2


def test_nothing_published_reads_so(recorded):
    assert "Nothing is published yet" in public().content.decode()
    assert public("public-year", 2022).status_code == 404


def test_country_and_authority_stand_on_every_public_page(published, settings):
    settings.HOME_COUNTRY = "PE"
    settings.AUTHORITY, settings.AUTHORITY_CONTACT = "Focal Point", "+51 1 000"

    for page in (public(), public("public-year", 2022), public("public-year", 1999)):
        text = page.content.decode()
        assert all(told in text for told in ("Peru", "Focal Point", "+51 1 000"))


def test_a_withheld_headline_is_said_in_a_sentence(published):
    page = public("public-year", 2022)

    assert all(one["value"] is None for one in page.context["indicator"])
    assert page.context["summary"].startswith("At least 34 arms are on record")


def test_no_bar_stands_where_a_row_stands_alone(published):
    tables = {t["id"]: t for t in public("public-year", 2022).context["tables"]}

    def bars(table_id):
        cells = [cell for row in tables[table_id]["rows"] for cell in row["cells"]]
        return [cell["bar"] for cell in cells if cell["bar"]]

    alone = [t for t in tables if sum(not r["is_sum"] for r in tables[t]["rows"]) == 1]
    assert "A1" in alone
    assert not [bar for table_id in alone for bar in bars(table_id)]
    assert bars("B1")


def test_buttons_show_the_ring_of_links_when_focused(published):
    page = public("public-year", 2022).content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="[^"]*/([\w.]+\.css)"', page)
    parts = find("armstrace/parts.css")

    assert sheets.index("parts.css") > sheets.index("bootstrap.min.css")
    assert ".btn:focus-visible { outline: 3px solid" in Path(parts).read_text()


def test_only_reading_is_answered(published):
    assert Client().post(reverse("public")).status_code == 405


@pytest.fixture
def desk(client):
    stan = User.objects.get(name="stan")
    client.force_login(stan, "django.contrib.auth.backends.ModelBackend")
    return client


def test_what_would_be_withheld_is_shown_before_anything_is_published(recorded, desk):
    page = desk.get(reverse("publications"), {"year": "2022"})

    types = next(t for t in page.context["prepared"].tables if t.table_id == "B1")
    made = actions.publish_year(year=2022, by=cast.STATISTICIAN, at=world.NOON)
    told = [cell for key, cell in cells(made).items() if key.startswith("B1:")]
    assert types.withheld == sum(cell["why"] == "WITHHELD" for cell in told) > 0
    assert 0 < types.small <= types.withheld
    assert types.shown == sum(cell["value"] is not None for cell in told)
    assert "Publish 2022" in page.content.decode()


def test_what_would_be_published_is_told_from_what_was_submitted(recorded, desk):
    asked = {"year": "2022"}
    unsent = desk.get(reverse("publications"), asked).content.decode()
    filled = queries.return_of(year=2022, viewer=cast.STATISTICIAN)
    for check in (each for each in filled.checks if each.holds is False):
        stated = returns.StatedExplanation(
            2022, check.key, DifferenceReason.COVERAGE, "one office"
        )
        returns.explain_difference(stated=stated, by=cast.STATISTICIAN, at=world.NOON)
    sent = returns.keep_return(
        year=2022,
        stage=ReturnStage.SUBMITTED,
        by=cast.STATISTICIAN,
        at=world.NOON + timedelta(hours=1),
    )

    page = desk.get(reverse("publications"), asked).content.decode()

    assert "No return of this year was submitted" in unsent
    assert "Fewer than 5 arms are counted in its numerator." in unsent
    assert reverse("return-kept", args=[sent.pk]) in page


def test_an_edition_is_seen_at_once_by_who_looked_before_it(recorded):
    before = public()
    actions.publish_year(year=2022, by=cast.STATISTICIAN, at=world.NOON)

    assert "Nothing is published yet" in before.content.decode()
    assert "max-age=0" in before["Cache-Control"]
    assert "Nothing is published yet" not in public().content.decode()


def test_a_year_that_has_not_ended_is_not_chosen_first():
    form = publishing_views.YearForm().of_years((2024, 2025, 2026), date(2026, 5, 1))

    assert form["year"].value() == "2025"
    assert ("2026", "2026, not yet over") in form.fields["year"].choices


def test_the_same_content_again_says_so_and_keeps_no_note(published, desk):
    asked = desk.get(reverse("publications"), {"year": "2022"})
    again = desk.post(
        reverse("publications"), {"year": "2022", "note": "again"}, follow=True
    )

    assert asked.context["prepared"].same_as == 1
    assert "Nothing has changed since edition 1 of 2022" in again.content.decode()
    assert Publication.objects.get().note == ""


def test_an_edition_is_published_and_withdrawn_at_the_desk(recorded, client):
    stan = User.objects.get(name="stan")
    client.force_login(stan, "django.contrib.auth.backends.ModelBackend")

    client.post(reverse("publications"), {"year": "2022", "note": "first"})
    made = Publication.objects.get()
    client.post(reverse("publication-withdraw", args=[made.pk]), {"reason": "an error"})

    page = client.get(reverse("publications"))
    card = page.context["editions"][0]
    assert (card.year, card.note, card.withdrawn_reason) == (2022, "first", "an error")


def test_FG_04_a_withdrawal_without_a_reason_comes_back_to_the_editions(
    published, desk
):
    there = reverse("publication-withdraw", args=[Publication.objects.get().pk])

    page = desk.post(there, {"reason": " "}, follow=True)

    assert page.redirect_chain[-1][0] == reverse("publications")
    assert 'class="message error"' in page.content.decode()
    assert page.context["editions"][0].withdrawn_at is None
