"""An exhibit is at hand when it is put into a lot of destruction."""

import pytest

from armstrace.disposal import queries
from armstrace.disposal.models import LotItem
from armstrace.vocabulary.custody import CustodyAct
from tests import cast
from tests.custody import desk as custody
from tests.disposal import desk
from tests.disposal.desk import refused

pytestmark = pytest.mark.django_db


def test_EX_05_EX_06_an_exhibit_on_its_way_is_put_in_no_lot():
    offered, gone, there = (desk.approved(f"N-{n}") for n in range(3))
    lot = desk.opened()
    desk.put(lot, there)
    custody.offered(offered)
    paper = {"name": "Courier", "office": "Post", "document": "9/26", "reason": "sent"}
    custody.do(gone, CustodyAct.HANDED_OVER, **paper)
    custody.offered(there)

    refused("EX-06", lambda: desk.put(lot, offered))
    refused("EX-05", lambda: desk.put(lot, gone))
    assert [each.exhibit_id for each in LotItem.objects.all()] == [there.pk]
    (row,) = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date()).items
    assert [each.rule for each in row.missing] == ["EX-06"]
    assert queries.ready(viewer=desk.KEEPER, most=9) == []
