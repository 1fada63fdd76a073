"""Who sees a lot destroyed, and what pictures show of it."""

import pytest
from PIL import Image

from armstrace.accounts.models import Agency, User
from armstrace.disposal import at_lot, queries
from armstrace.disposal.actions import lots
from armstrace.evidence import actions as evidence
from armstrace.vocabulary.disposal import PictureMoment
from armstrace.vocabulary.errors import InvalidInput
from tests import cast
from tests.custody import desk as custody
from tests.disposal import desk
from tests.disposal.test_lots import refused
from tests.evidence.test_pictures import photograph
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db


@written_directly()
def account_of_keeper():
    agency, _ = Agency.objects.get_or_create(code="VNP", defaults={"name": "VNP"})
    User.objects.create(
        name=desk.KEEPER.name,
        full_name="Karla Keeper",
        agency=agency,
        role=desk.KEEPER.role,
        created_at=cast.NOW,
    )


def test_DX_11_names_are_compared_folded_and_the_recorder_is_no_witness():
    account_of_keeper()
    lot = desk.opened()
    desk.put(lot, desk.approved())
    for moment in PictureMoment:
        desk.photograph(lot, moment)
    desk.witness(lot, "Wanda Witt")
    refused("DX-23", lambda: desk.witness(lot, "karla  KEEPER"))
    desk.witness(lot, "karla  KEEPER", by=custody.SECOND_KEEPER)

    for name in ("WANDA witt", "Witt, Wanda", "Dr Wanda Witt"):
        with pytest.raises(InvalidInput):
            desk.witness(lot, name)
    refused("DX-23", lambda: desk.end(lot, 1))
    desk.end(lot, 1, by=custody.SECOND_KEEPER)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Olga Out", "vnp"),
        ("Karla ke\u200beper", "Observatory"),
        ("Keeper Karla", "Peace"),
    ],
)
def test_DX_24_an_observer_is_not_of_the_agency_that_destroys(name, body):
    account_of_keeper()
    lot = desk.opened()

    def add(**how):
        return desk.witness(lot, name, body, by=custody.SECOND_KEEPER, **how)

    refused("DX-24", lambda: add(is_observer=True))
    add()


def test_DX_22_one_photograph_is_not_both_before_and_after():
    lot, file = desk.opened(), desk.picture("a")
    desk.add_picture(lot, file, PictureMoment.BEFORE)

    refused("DX-22", lambda: desk.add_picture(lot, file, PictureMoment.AFTER))


def test_DX_22_nor_is_one_of_which_only_the_notes_differ(tmp_path):
    lot, plate = desk.opened(), Image.effect_noise((40, 30), 60)

    def add(moment, picture):
        act = {"folder": tmp_path, "by": desk.KEEPER, "at": cast.NOW}
        file = evidence.store_image(content=picture, name="", **act)
        desk.add_picture(lot, file, moment, folder=tmp_path)

    add(PictureMoment.BEFORE, photograph("JPEG", picture=plate))
    other = photograph("JPEG", picture=plate, maker="OTHER")
    refused("DX-22", lambda: add(PictureMoment.AFTER, other))

    add(PictureMoment.AFTER, photograph("JPEG"))


def test_DX_27_no_photograph_of_before_comes_after_the_destruction():
    lot, file = desk.destroyed(desk.approved()), desk.picture("c")

    refused("DX-27", lambda: desk.add_picture(lot, file, PictureMoment.BEFORE))
    desk.add_picture(lot, file, PictureMoment.AFTER)


def test_DX_11_DX_23_a_lot_whose_only_witness_records_it_is_told_of_one_fault():
    account_of_keeper()
    lot = desk.opened()
    desk.witness(lot, "Karla Keeper", by=custody.SECOND_KEEPER)

    page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=desk.DAY)

    assert [one.rule for one in page.missing] == ["DX-14", "DX-23", "DX-12"]


def test_no_name_on_a_certificate_of_destruction_is_cut():
    bodies = [f"Observatory for peace number {at}" for at in range(1, 5)]

    whole = at_lot.count_and_bodies(3, bodies[:2])
    shortened = at_lot.count_and_bodies(3, bodies)

    assert whole == "3; Observatory for peace number 1; Observatory for peace number 2"
    assert shortened == f"{whole}; +2"


def test_a_witness_taken_off_the_list_by_mistake_is_put_on_it_again():
    lot = desk.opened()
    wanda = desk.witness(lot, "Wanda Witt")
    lots.drop_witness(
        lot_id=lot.pk, witness_id=wanda.pk, reason="ill", by=desk.KEEPER, at=cast.NOW
    )
    assert at_lot.witnesses_of(lot) == []

    desk.witness(lot, "WANDA Witt", "Observatory")

    assert at_lot.witnesses_of(lot) == ["WANDA Witt"]
    with pytest.raises(InvalidInput):
        desk.witness(lot, "Wanda Witt")
