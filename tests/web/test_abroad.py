"""The page of a trace takes what other States were asked, and shows it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_request_and_its_answer_stand_on_the_page_of_the_trace(at_desk, known):
    first = known.recovered[0]
    client, page = at_desk("ana"), reverse("trace", args=[first])
    asked = {
        "country": "AT",
        "asked_on": "2026-03-02",
        "channel": "INTERPOL",
        "reference": "IA-7/26",
    }
    assert "No other State has been asked." in client.get(page).content.decode()

    client.post(reverse("trace-ask", args=[first]), asked)
    assert "no answer yet" in client.get(page).content.decode()
    answer = {"country": "AT", "answered_on": "2026-03-02", "answer": "REFUSED"}
    client.post(reverse("trace-answer", args=[first]), answer | {"told": "its law"})

    shown = client.get(page).content.decode()
    assert "refuses to answer" in shown
    assert "its law" in shown
    again = client.post(reverse("trace-answer", args=[first]), answer)
    assert again.status_code == 409


def test_a_request_to_the_wrong_state_is_recalled_with_a_reason(at_desk, known):
    first = known.recovered[0]
    client, recall = at_desk("ana"), reverse("trace-recall", args=[first])
    asked = {
        "country": "AT",
        "asked_on": "2026-03-02",
        "channel": "INTERPOL",
        "reference": "IA-7/26",
    }
    client.post(reverse("trace-ask", args=[first]), asked)

    sent = {"country": "AT", "reason": "the importer is in Australia"}
    assert client.post(recall, sent | {"reason": "-"}).status_code == 409
    client.post(recall, sent)

    shown = client.get(reverse("trace", args=[first])).content.decode()
    assert "recalled" in shown
    assert "the importer is in Australia" in shown
