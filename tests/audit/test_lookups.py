"""One of many values is found on both databases."""

from datetime import UTC, datetime

import pytest

from armstrace.licensing.models import Holder
from armstrace.records.lookups import among

NOW = datetime(2026, 3, 1, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]


@pytest.fixture
def numbers() -> list[str]:
    odd = ["7", "007", "A, B", 'say "so"', "it's", "back\\slash", "{x}", "Ñandú", "ж"]
    Holder.objects.bulk_create(Holder(number=each, known_at=NOW) for each in odd)
    return odd


def test_texts_are_compared_as_texts(numbers: list[str]) -> None:
    found = Holder.objects.filter(among("number", numbers[1:]))

    assert sorted(each.number for each in found) == sorted(numbers[1:])


def test_keys_are_compared_as_numbers(numbers: list[str]) -> None:
    keys = list(Holder.objects.values_list("pk", flat=True))

    found = Holder.objects.filter(among("pk", keys[2:5]), number__in=numbers)

    assert sorted(each.pk for each in found) == sorted(keys[2:5])


def test_none_finds_nothing(numbers: list[str]) -> None:
    assert numbers
    assert not Holder.objects.filter(among("number", [])).exists()
    assert not Holder.objects.filter(among("pk", [])).exists()
