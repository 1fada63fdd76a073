"""Turns last as long as a transaction."""

import pytest
from django.db import transaction

from armstrace.records import numbering


@pytest.mark.django_db(transaction=True)
def test_a_turn_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="about seals"):
        numbering.take_turns("seals")
    with transaction.atomic():
        numbering.take_turns("seals")
