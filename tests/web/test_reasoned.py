"""What passed with a reason, and what is in hand without a licence, is listed."""

import re
from datetime import date

import pytest
from django.urls import reverse

from armstrace.licensing import actions
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions import entering
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.licensing import GroundClass, Restriction
from tests import builders
from tests.cast import LICENSING, NOW, REGISTRAR
from tests.registry.at_desk import held_pistol, pass_to

pytestmark = pytest.mark.django_db


def test_the_page_for_a_second_person_names_arm_and_reason(at_desk) -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P2", reason="the court gave it to her")

    page = at_desk("sam").get(reverse("reasoned-passings")).content.decode()

    assert f"A{arm_id}" in page
    assert "the court gave it to her" in page
    assert REGISTRAR.name in page


def test_an_arm_that_was_registered_with_a_reason_has_no_giver_there(at_desk) -> None:
    builders.key_store()
    told = entering.Entering(
        builders.an_arm(""), LifeEventKind.IMPORTED, date(2026, 5, 4), reason="seen"
    )
    entering.register_arm(entering=told, by=REGISTRAR, at=NOW)

    answer = at_desk("sam").get(reverse("reasoned-passings"))

    assert answer.status_code == 200
    assert "seen" in answer.content.decode()


def test_the_page_names_a_licence_that_a_desk_wrote_down(at_desk) -> None:
    holder = HolderInput("H-7", "Eva Sample", licence_number="L-8")
    why = "Old Mill county office, sheet 7"
    actions.enter_holder(stated=holder, taken_over=why, by=REGISTRAR, at=NOW)

    page = at_desk("sam").get(reverse("licences-written")).content.decode()

    for said in ("L-8", "H-7", why, "not on record", REGISTRAR.name):
        assert said in page
    # A supervisor sees holders, and no licence by itself.
    (address,) = set(re.findall(r'href="(/(?:holders|licences/held)/\d+/)"', page))
    assert at_desk("sam").get(address).status_code == 200


def test_the_page_names_a_holder_whose_kind_a_desk_changed(at_desk) -> None:
    actions.enter_holder(stated=HolderInput("H-7", "Eva Sample"), by=REGISTRAR, at=NOW)
    told = HolderInput("H-7", "Eva Sample", HolderKind.STATE_BODY)
    actions.correct_holder(stated=told, reason="it is the museum", by=REGISTRAR, at=NOW)

    page = at_desk("sam").get(reverse("kinds-changed")).content.decode()

    for said in ("H-7", "person", "State body", "it is the museum", REGISTRAR.name):
        assert said in page


def test_arms_whose_holder_had_a_licence_revoked_wait_at_the_desks(at_desk) -> None:
    arm_id, other = held_pistol(), builders.registered(builders.an_arm("N-2"))[0]
    pass_to(arm_id, "P3")
    ban = {"act": Restriction.REVOKE, "ground": GroundClass.BREACH, "reason": "unsafe"}
    actions.restrict_licence(number="L-P3", **ban, by=LICENSING, at=NOW)

    listed = f"{reverse('registry')}?is_stopped=on"
    for name in ("rita", "lisa"):
        today = at_desk(name).get(reverse("today")).content.decode()
        assert f'href="{listed}"' in today
    page = at_desk("rita").get(listed).content.decode()
    examiner = at_desk("elena").get(listed)

    assert f">A{arm_id}<" in page
    assert f">A{other}<" not in page
    assert "Licence suspended or revoked" not in examiner.content.decode()
