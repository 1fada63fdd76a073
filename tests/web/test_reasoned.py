"""The page of what passed with a reason, for who did not record it."""

import pytest
from django.urls import reverse

from tests.cast import REGISTRAR
from tests.registry.at_desk import held_pistol, pass_to

pytestmark = pytest.mark.django_db


def test_the_page_for_a_second_person_names_arm_and_reason(at_desk) -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P2", reason="the court gave it to her")

    page = at_desk("sam").get(reverse("reasoned-passings")).content.decode()

    assert f"A{arm_id}" in page
    assert "the court gave it to her" in page
    assert REGISTRAR.name in page
