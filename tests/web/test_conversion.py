"""A conversion at the clerk's desk."""

import pytest
from django.urls import reverse

from tests.web.test_registry_acts import sent, words

pytestmark = pytest.mark.django_db


def test_a_conversion_is_recorded_from_the_page_of_the_arm(at_desk, known) -> None:
    desk, arm_id = at_desk("rita"), known.arms[1]
    address = reverse("arm-convert", args=[arm_id])
    assert address in words(desk.get(reverse("arm", args=[arm_id])))
    reason = "barrel and bolt replaced"

    nothing = sent(desk, address, document="bill 9", reason=reason)
    done = sent(desk, address, calibre=".308 Winchester", reason=reason)

    assert nothing.status_code == 409
    assert "State what the conversion changed" in words(nothing)
    assert 'value="bill 9"' in words(nothing)
    assert ".308 Winchester" in words(done)
    assert "converted" in words(done)
