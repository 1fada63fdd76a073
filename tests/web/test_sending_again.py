"""A session or a token that ended while somebody typed loses nothing typed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from armstrace.analysis.synthetic.pictures import plate
from armstrace.recoveries.models import RecoveryPhotograph
from armstrace.registry.models import LifeEvent
from tests.web import world

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
OURS = {"Origin": "http://testserver"}


def token_in(answer):
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)', answer.content.decode())
    return found[1]


def send(client, address, told, headers=OURS):
    return client.post(address, told, headers=headers)


def send_looked_at(client, address, told, token):
    """Send a form, and what it shows before anything is saved."""
    shown = send(client, address, told | {"csrfmiddlewaretoken": token})
    looked = {
        "checked": shown.context["form"]["checked"].value(),
        "csrfmiddlewaretoken": token_in(shown),
    }
    return send(client, address, told | looked)


def test_what_was_typed_outlives_the_session_and_its_token(known):
    client = Client(enforce_csrf_checks=True)
    address = reverse("arm-happening", args=[known.arms[1], "lost"])
    token = client.get(reverse("sign-in")).cookies["csrf"].value
    told = {"happened_on": "2026-01-05", "place": "Brod", "seen": "0"}

    kept = send(client, address, told | {"csrfmiddlewaretoken": token})

    assert kept.status_code == 403
    page = kept.content.decode()
    assert "You are signed out" in page
    assert '<input type="hidden" name="place" value="Brod">' in page
    client.force_login(
        known.people["rita"], "django.contrib.auth.backends.ModelBackend"
    )
    client.cookies.pop("csrf")
    again = send(client, address, told | {"csrfmiddlewaretoken": token})
    assert again.status_code == 403
    done = send_looked_at(client, address, told, token_in(again))
    assert done.status_code == 302
    assert LifeEvent.objects.get(arm_id=known.arms[1]).place == "Brod"


def test_what_was_kept_goes_through_once_signed_in_in_a_new_window(known):
    client = Client(enforce_csrf_checks=True)
    address = reverse("arm-happening", args=[known.arms[1], "lost"])
    token = token_in(client.get(reverse("sign-in")))
    told = {"happened_on": "2026-01-05", "place": "Brod", "seen": "0"}
    kept = token_in(send(client, address, told | {"csrfmiddlewaretoken": token}))

    name = {"username": "rita", "password": world.PASSWORD}
    other_window = token_in(client.get(reverse("sign-in")))
    send(client, reverse("sign-in"), name | {"csrfmiddlewaretoken": other_window})
    done = send_looked_at(client, address, told, kept)

    assert done.status_code == 302
    assert LifeEvent.objects.get(arm_id=known.arms[1]).place == "Brod"


def test_no_passphrase_and_nothing_of_another_site_is_kept(known):
    client = Client(enforce_csrf_checks=True)
    told = {"username": "rita", "password": "secret words", "next": "/today/"}

    own = send(client, reverse("sign-in"), told).content.decode()
    foreign = send(client, reverse("sign-in"), told, {"Origin": "https://evil.test"})

    assert 'value="rita"' in own
    assert "secret words" not in own
    assert "rita" not in foreign.content.decode()


def test_a_photograph_is_chosen_again_and_reaches_its_recovery(
    known, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client, picture = Client(enforce_csrf_checks=True), plate(["AB123"], seed=1)
    address = reverse("recovery-photograph", args=[known.recovered[0]])
    token = client.get(reverse("sign-in")).cookies["csrf"].value

    def add(token):
        file = SimpleUploadedFile("plate.png", picture)
        told = {"file": file, "csrfmiddlewaretoken": token}
        return send(client, address, told)

    page = add(token).content.decode()

    (form,) = re.findall(rf'<form[^>]*action="{address}".*?</form>', page, re.DOTALL)
    assert 'enctype="multipart/form-data"' in form
    assert re.search(r'<input[^>]*name="file" type="file" required', form)
    assert "plate.png" in form
    client.force_login(known.people["otto"], BACKEND)
    fresh = re.search(r'csrfmiddlewaretoken" value="([^"]+)', form)
    chosen = {"purpose": "INVESTIGATION", "csrfmiddlewaretoken": fresh[1]}
    client.post(reverse("purpose"), chosen)
    assert add(fresh[1]).status_code == 302
    assert RecoveryPhotograph.objects.filter(recovery_id=known.recovered[0]).exists()
