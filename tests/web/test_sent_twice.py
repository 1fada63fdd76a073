"""A form that is sent twice is done once; what was refused may be sent again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from armstrace.accounts import kept_answers
from armstrace.accounts.models import KeptAnswer
from armstrace.vetting.models import VettingRequest
from armstrace.web import once
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ASKED = {"name": "Ilse Vornhagen", "capacity": "STAFF"}
FIRST, SECOND = ({once.TOKEN: each * 64} for each in "ab")


def ask(client, **told):
    return client.post(reverse("vetting-ask"), ASKED | told)


def test_a_form_that_is_sent_twice_is_done_once_and_leads_to_the_same(at_desk, known):
    rita = at_desk("rita")

    done = ask(rita, **FIRST)
    again = rita.post(reverse("vetting-ask"), ASKED | FIRST, follow=True)

    assert again.redirect_chain[0][0] == done.headers["Location"]
    assert "sent twice; it was done once" in again.content.decode()
    assert VettingRequest.objects.count() == 1


def test_a_form_of_another_page_or_with_other_words_is_another(at_desk, known):
    rita = at_desk("rita")

    ask(rita, **FIRST)
    ask(rita, **SECOND)
    ask(rita, **FIRST, name="Kora Brandt")

    assert VettingRequest.objects.count() == 3


def test_what_was_refused_is_not_kept_and_may_be_sent_again(at_desk, known):
    rita = at_desk("rita")

    refused = [ask(rita, **FIRST, name="") for _ in range(2)]

    assert [each.status_code for each in refused] == [422, 422]
    assert not KeptAnswer.objects.exists()


def test_another_person_is_not_led_where_the_first_was(at_desk, known):
    ask(at_desk("rita"), **FIRST)

    assert ask(at_desk("sam"), **FIRST).status_code == 403


def test_a_form_that_nobody_ended_may_be_sent_again_after_a_while(db):
    call, now = kept_answers.Repeatable("c", "k", "a"), NOW

    first, second, late = (
        kept_answers.claim(call, at=now + timedelta(minutes=after))
        for after in (0, 1, 3)
    )

    assert (first, second, late) == (None, "", None)


@pytest.mark.django_db(transaction=True)
def test_of_some_at_once_one_is_done_and_all_lead_to_it(at_desk, known):
    if connection.vendor != "postgresql":
        pytest.skip("threads share one connection to a database in memory")
    clients = [at_desk("rita") for _ in range(3)]

    def send(client):
        try:
            return ask(client, **FIRST).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        led_to = set(pool.map(send, clients))

    assert len(led_to) == 1
    assert VettingRequest.objects.count() == 1
