"""An import licence is drawn by each export that rests on it, and never over."""

from dataclasses import replace

import pytest

from armstrace.transfers import queries, standing
from armstrace.transfers.facts import Goods
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.transfers import Moment, PaperKind, TransferAct
from armstrace.web.transfers import presenters
from tests.transfers import desk
from tests.transfers.desk import DAY, IMPORT, SOUND, STATEMENT, TODAY

LATER = desk.MONDAY + 2 * DAY
pytestmark = pytest.mark.django_db


def an_export(many, statement, **licence):
    """Give an export of so many under the licence for 50, with its own statement."""
    changed = {
        PaperKind.IMPORT_LICENCE: replace(IMPORT, **licence),
        PaperKind.END_USER: replace(STATEMENT, number=statement),
    }
    return replace(
        SOUND,
        goods=(Goods(ItemKind.ARM, "rifle, calibre .308", many, "B"),),
        papers=tuple(changed.get(each.kind, each) for each in SOUND.papers),
    )


def said_of(made, moment=Moment.ISSUE):
    record = desk.record_of(made)
    found = standing.missing_of(record, TODAY, moment)
    return [str(each.said) for each in found if each.strength == "REFUSES"]


def test_TX_02_exports_draw_an_import_licence_until_nothing_is_left(tmp_path):
    first = desk.issued(tmp_path, an_export(40, "E-1"))
    over = desk.ready(tmp_path, an_export(11, "E-2", number="nl 77"))

    assert desk.rule_of(lambda: desk.decide(over, reason="urgent")) == "TX-02"
    (said,) = said_of(over)
    assert f"is for 50, of which 40 are drawn by G{first.pk}" in said
    fits = desk.issued(tmp_path, an_export(10, "E-3"))

    assert "50 are drawn" in said_of(over)[0]
    for each in (first, fits):
        assert said_of(each, Moment.DEPARTURE) == []


def test_what_has_ended_draws_only_what_left_under_it(tmp_path):
    first = desk.issued(tmp_path, an_export(40, "E-1"))
    desk.sent(first, 15)
    later = desk.ready(tmp_path, an_export(36, "E-2"))
    assert said_of(later)

    desk.decide(first, TransferAct.REVOKE, **desk.REFUSED)
    (said,) = said_of(later)

    assert "of which 15 are drawn" in said
    desk.issued(tmp_path, an_export(35, "E-3"))


def test_a_licence_of_several_exports_says_for_how_many_it_is(tmp_path):
    first = desk.issued(tmp_path, an_export(40, "E-1"))
    later = desk.ready(tmp_path, an_export(1, "E-2", quantity=None))

    (said,) = said_of(later)

    assert f"is on file of G{first.pk} too, and does not say how many" in said


def test_a_licence_is_drawn_by_what_was_issued_and_no_other(tmp_path):
    for statement, number in (("E-1", "NL-77"), ("E-2", "NL-78")):
        desk.ready(tmp_path, an_export(40, statement, number=number))
    desk.issued(tmp_path, an_export(50, "E-3", number="NL-78"))

    made = desk.issued(tmp_path, an_export(50, "E-4", valid_until=TODAY + 200 * DAY))

    assert said_of(made, Moment.DEPARTURE) == []


def test_of_two_licences_of_one_state_the_goods_are_drawn_of_the_last_alone(tmp_path):
    second = replace(IMPORT, number="NL-78")
    first = desk.ready(tmp_path, an_export(40, "E-1"))
    desk.attached(first, second, tmp_path)
    desk.decide(first, reason="urgent")

    desk.issued(tmp_path, an_export(50, "E-2"))
    over = desk.ready(tmp_path, an_export(11, "E-3", number="NL-78"))

    (said,) = said_of(over)
    assert f"40 are drawn by G{first.pk}" in said


def test_a_licence_that_comes_on_file_after_the_issue_is_drawn_too(tmp_path):
    first = desk.issued(tmp_path, an_export(40, "E-1"))
    desk.attached(first, replace(IMPORT, number="NL-78"), tmp_path, at=LATER)

    for number in ("NL-77", "NL-78"):
        over = desk.ready(tmp_path, an_export(11, f"E-{number}", number=number))
        assert "40 are drawn" in said_of(over)[0]


def test_a_page_says_what_of_an_import_licence_is_left(tmp_path):
    first = desk.issued(tmp_path, an_export(40, "E-1"))
    waits = desk.ready(tmp_path, an_export(10, "E-2"))

    for made in (first, waits):
        page = queries.authorisation_page(made.pk, viewer=desk.CLERK, at=LATER)
        (licence,) = (
            each for each in page.papers if each.kind == PaperKind.IMPORT_LICENCE
        )
        assert page.drawn[licence.place] == {first.reference: 40}
        assert presenters.drawn(page, licence.place, 50).endswith("; 10 left")


def test_a_licence_without_its_file_is_told_from_one_that_never_came(tmp_path):
    without = [each for each in SOUND.papers if each.kind != PaperKind.IMPORT_LICENCE]
    made = desk.ready(tmp_path, replace(SOUND, papers=tuple(without)))
    (never,) = said_of(made)
    assert never.endswith("is not on file; attach it.")

    desk.noted(made, IMPORT)

    (said,) = said_of(made)
    assert "is on file without the document itself" in said


def test_a_statement_was_first_used_for_the_first_of_several(tmp_path):
    first, *others = [desk.ready(tmp_path, an_export(5, "EUS-7")) for _ in range(3)]

    facts = standing.facts_of(desk.record_of(others[-1]), TODAY)

    (statement,) = facts.of_kind(PaperKind.END_USER)
    assert statement.used_for == first.reference
