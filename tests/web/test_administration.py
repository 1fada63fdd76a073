"""The administrator's desk, met through its pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from armstrace.accounts.models import AccountChange, Agency, ApiToken, Session, User
from tests.web import world

pytestmark = pytest.mark.django_db

SECRET = re.compile(r'id="secret"><bdi class="mark">([^<]+)<')


def secret_on(answer):
    assert answer.status_code == 200
    return SECRET.search(answer.content.decode())[1]


def sign_in(name, password):
    client = Client()
    answer = client.post("/sign-in/", {"username": name, "password": password})
    return client, answer


def do(client, name, act, **given):
    user = User.objects.get(name=name)
    return client.post(reverse("person-do", args=[user.pk, act]), given)


def test_an_invited_person_chooses_a_passphrase_before_anything_else(at_desk, people):
    ada = at_desk("ada")
    secret = secret_on(
        ada.post(
            reverse("person-invite"),
            {
                "name": "Nina",
                "full_name": "Nina New",
                "agency": "HUB",
                "role": "ANALYST",
            },
        )
    )

    nina, answer = sign_in("nina", secret)
    assert answer.status_code == 302
    for area in ("today", "recoveries", "own-account"):
        assert nina.get(reverse(area))["Location"] == reverse("own-passphrase")
    chosen = {
        "current": secret,
        "new": "seven quiet rivers",
        "again": "seven quiet rivers",
    }
    assert nina.post(reverse("own-passphrase"), chosen)["Location"] == reverse("today")

    nina.post(reverse("purpose"), {"purpose": "TRACING"})
    assert nina.get(reverse("recoveries")).status_code == 200
    assert sign_in("nina", secret)[1].status_code == 200
    assert sign_in("nina", "seven quiet rivers")[1].status_code == 302


def test_a_taken_name_is_said_at_its_field_and_what_was_typed_is_kept(at_desk, people):
    answer = at_desk("ada").post(
        reverse("person-invite"),
        {"name": "otto", "full_name": "Otto Two", "agency": "HUB", "role": "ANALYST"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is taken" in page
    assert "Otto Two" in page


def test_closing_an_account_stops_its_open_browser(at_desk, people):
    otto = at_desk("otto")
    assert otto.get(reverse("today")).status_code == 200

    answer = do(at_desk("ada"), "otto", "close", reason="left the service")

    assert answer.status_code == 302
    assert otto.get(reverse("today"))["Location"].startswith("/sign-in/")
    assert AccountChange.objects.get().reason == "left the service"


def test_without_a_reason_the_page_says_so_and_nothing_is_done(at_desk, people):
    answer = do(at_desk("ada"), "otto", "close", reason="")

    assert answer.status_code == 422
    assert User.objects.get(name="otto").is_active


def test_the_own_account_offers_no_act_and_takes_none(at_desk, people):
    ada = at_desk("ada")
    page = ada.get(reverse("person", args=[people["ada"].pk])).content.decode()

    assert "Close account" not in page
    assert do(ada, "ada", "close", reason="wrong").status_code == 409
    assert do(ada, "ada", "reset", reason="wrong").status_code == 409
    assert User.objects.get(name="ada").is_active


def test_a_role_changes_from_the_next_page_on(at_desk, people):
    otto = at_desk("otto")
    assert otto.get(reverse("figures")).status_code == 403

    do(at_desk("ada"), "otto", "role", role="ANALYST", reason="moved to the hub")

    assert otto.get(reverse("figures")).status_code == 200


def test_a_person_moves_to_another_agency_and_what_stays_behind_is_said(at_desk, known):
    otto, ada = at_desk("otto"), at_desk("ada")
    otto.post(
        reverse("exhibit-receive", args=[known.recovered[0]]),
        {"seal_number": "S-77", "seal_state": "UNBROKEN"},
    )
    page = reverse("person", args=[known.people["otto"].pk])
    assert "Still with this person: 1 exhibit." in ada.get(page).content.decode()

    do(ada, "otto", "move", agency="PC-SUL", reason="posted there")

    assert b"PC-SUL" in ada.get(page).content
    own = reverse("recovery", args=[known.recovered[0]])
    assert otto.get(own).status_code == 404


def test_the_page_of_an_account_says_from_which_role_to_which(at_desk, people):
    ada = at_desk("ada")
    do(ada, "otto", "role", role="ANALYST", reason="moved to the hub")

    page = ada.get(reverse("person", args=[people["otto"].pk])).content.decode()

    words = " ".join(page.split())
    assert "role changed · from police officer to tracing analyst · <bdi>moved" in words


def test_a_reset_shows_a_passphrase_once_and_ends_the_sessions(at_desk, people):
    otto, ada = at_desk("otto"), at_desk("ada")
    otto.get(reverse("today"))

    secret = secret_on(do(ada, "otto", "reset", reason="forgotten"))

    assert otto.get(reverse("today"))["Location"].startswith("/sign-in/")
    page = ada.get(reverse("person", args=[people["otto"].pk])).content.decode()
    assert secret not in page
    assert sign_in("otto", secret)[1].status_code == 302


def test_a_one_time_passphrase_opens_one_sign_in(at_desk, people):
    secret = secret_on(do(at_desk("ada"), "otto", "reset", reason="forgotten"))
    first, opened = sign_in("otto", secret)

    second = sign_in("otto", secret)[1]

    assert (opened.status_code, second.status_code) == (302, 200)
    assert "has been used or has expired" in second.content.decode()
    chosen = "seven quiet rivers"
    given = {"current": secret, "new": chosen, "again": chosen}
    assert first.post(reverse("own-passphrase"), given).status_code == 302
    assert sign_in("otto", chosen)[1].status_code == 302


def test_a_one_time_passphrase_ends(at_desk, people):
    secret = secret_on(do(at_desk("ada"), "otto", "reset", reason="forgotten"))
    User.objects.filter(name="otto").update(one_time_until=world.NOON)

    answer = sign_in("otto", secret)[1]

    assert answer.status_code == 200
    assert "has been used or has expired" in answer.content.decode()


test_a_one_time_passphrase_ends = pytest.mark.unledgered(
    test_a_one_time_passphrase_ends
)


def test_a_token_is_shown_once_works_and_is_revoked(at_desk, people):
    ada = at_desk("ada")
    address = reverse("token-issue", args=[people["sam"].pk])
    asked = {"label": "case system", "days": 30, "scopes": ["READ"]}
    secret = secret_on(ada.post(address, asked))
    call = Client(headers={"authorization": f"Bearer {secret}"})
    answer = call.get("/api/v1/recoveries")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"

    token = ApiToken.objects.get()
    ada.post(reverse("token-revoke", args=[token.pk]), {"reason": "lost"})

    assert call.get("/api/v1/recoveries").status_code == 401
    assert secret not in ada.get(reverse("tokens")).content.decode()


def test_sessions_are_listed_and_one_is_ended(at_desk, people):
    otto, ada = at_desk("otto"), at_desk("ada")
    otto.get(reverse("today"))
    ada.get(reverse("today"))
    assert ">otto<" in ada.get(reverse("sessions")).content.decode()
    at_desk("ada").get(reverse("today"))
    assert ada.get(reverse("administration")).context["counted"]["signed_in"] == 2
    key = Session.objects.get(user__name="otto").pk

    ada.post(reverse("session-end"), {"key": key})

    assert otto.get(reverse("today"))["Location"].startswith("/sign-in/")
    assert ada.get(reverse("today")).status_code == 200


def test_one_s_own_sessions_can_be_ended_and_nobody_else_s(at_desk, people):
    here, there, other = at_desk("otto"), at_desk("otto"), at_desk("sara")
    for client in (here, there, other):
        client.get(reverse("today"))
    stranger = Session.objects.get(user__name="sara").pk
    mine = Session.objects.filter(user__name="otto").order_by("began_at").last().pk

    assert here.post(reverse("own-session-end"), {"key": stranger}).status_code == 404
    here.post(reverse("own-session-end"), {"key": mine})

    assert Session.objects.filter(user__name="otto").count() == 1
    assert other.get(reverse("today")).status_code == 200


def test_a_person_is_told_of_a_token_that_acts_for_them_and_ends_it(at_desk, people):
    ada, otto, sara = at_desk("ada"), at_desk("otto"), at_desk("sara")
    asked = {"label": "night run", "days": 30, "scopes": ["READ", "DECIDE"]}
    ada.post(reverse("token-issue", args=[people["otto"].pk]), asked)
    said = "new tokens by which a program acts in your name"
    token = ApiToken.objects.get()
    end, given = reverse("own-token-revoke", args=[token.pk]), {"reason": "unasked"}

    assert said in otto.get(reverse("today")).content.decode()
    assert said not in sara.get(reverse("today")).content.decode()
    shown = otto.get(reverse("own-account")).content.decode()
    assert "night run" in shown
    assert "issued by ada" in shown
    assert sara.post(end, given).status_code == 404
    otto.post(end, given)

    token.refresh_from_db()
    assert token.revoked_at
    assert said not in otto.get(reverse("today")).content.decode()


def test_agencies_are_added_renamed_and_closed(at_desk, people):
    ada = at_desk("ada")
    made = {"code": "NEW", "name": "New Police", "kind": "POLICE"}
    assert ada.post(reverse("agencies"), made).status_code == 302
    new = Agency.objects.get(code="NEW")

    renamed = {"name": "Newer Police", "reason": "reform"}
    ada.post(reverse("agency-do", args=[new.pk, "rename"]), renamed)
    ada.post(reverse("agency-do", args=[new.pk, "close"]), {"reason": "merged"})

    new.refresh_from_db()
    assert (new.name, new.is_open) == ("Newer Police", False)
    page = ada.get(reverse("agencies")).content.decode()
    assert "merged" in page
    hub = Agency.objects.get(code="HUB")
    refused = ada.post(
        reverse("agency-do", args=[hub.pk, "close"]), {"reason": "wrong"}
    )
    assert refused.status_code == 409
    assert "open accounts" in refused.content.decode()


def test_profiles_of_intake_are_read_and_not_changed(at_desk, people):
    ada = at_desk("ada")
    there = reverse("intake-profiles")
    assert f'href="{there}"' in ada.get(reverse("administration")).content.decode()

    page = ada.get(reverse("intake-profile", args=[first_profile(ada, there)]))

    assert page.status_code == 200
    assert "<form class=" not in page.content.decode()
    assert ada.get(reverse("held-rows")).status_code == 403


def first_profile(client, there):
    return client.get(there).context["shipped"][0].name


def test_roles_and_settings_are_read_and_show_no_secret(at_desk, people, settings):
    ada = at_desk("ada")

    assert "recovery.judge" in ada.get(reverse("roles")).content.decode()
    page = ada.get(reverse("settings-seen")).content.decode()
    assert "ARMSTRACE_HOSTS" in page
    assert settings.SECRET_KEY not in page


def test_the_system_says_what_it_lacks_and_what_to_do(at_desk, people, settings):
    settings.DEBUG = True
    ada = at_desk("ada")

    page = ada.get(reverse("system-health")).content.decode()
    today = ada.get(reverse("today")).content.decode()

    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    assert "Debug mode shows code and settings" in rows[1]
    assert "Unset ARMSTRACE_DEBUG." in rows[1]
    assert "No backup is on record." in page
    assert "This is not a demo." in page.partition("In order")[2]
    assert reverse("system-health") in today
    french = ada.get(reverse("system-health"), headers={"accept-language": "fr"})
    assert "Supprimer ARMSTRACE_DEBUG." in french.content.decode()


def test_an_auditor_sees_people_and_changes_nobody(at_desk, people):
    audrey = at_desk("audrey")
    page = audrey.get(reverse("person", args=[people["otto"].pk])).content.decode()

    assert "Close account" not in page
    assert do(audrey, "otto", "close", reason="wrong").status_code == 403
    assert audrey.get(reverse("person-invite")).status_code == 403


def test_signing_out_tells_the_browser_to_forget(at_desk, people):
    answer = at_desk("otto").post(reverse("sign-out"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_one_s_own_passphrase_needs_the_one_now(at_desk, people):
    otto = at_desk("otto")
    new = {"new": "seven quiet rivers", "again": "seven quiet rivers"}

    wrong = otto.post(reverse("own-passphrase"), {"current": "wrong", **new})
    right = otto.post(reverse("own-passphrase"), {"current": world.PASSWORD, **new})

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert otto.get(reverse("today")).status_code == 200
    assert sign_in("otto", "seven quiet rivers")[1].status_code == 302


def test_an_invitation_has_no_agency_or_role_chosen_beforehand(at_desk, known):
    client, address = at_desk("ada"), reverse("person-invite")
    form = client.get(address).context["form"]

    answer = client.post(address, {"full_name": "Nia", "name": "nia"})

    assert [form.fields[name].choices[0][0] for name in ("agency", "role")] == ["", ""]
    assert {"agency", "role"} <= set(answer.context["form"].errors)
