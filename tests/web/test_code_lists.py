"""Whoever is asked for a code can look up what each of them means."""

import csv

import pytest
from django.urls import reverse

from armstrace.vocabulary.code_lists import codes_listed
from armstrace.vocabulary.recoveries import RecoveryKind

pytestmark = pytest.mark.django_db


def test_a_code_is_found_by_its_words_in_the_readers_language(at_desk, known):
    page = at_desk("audrey").get(
        f"{reverse('code-lists')}?name=RecoveryKind&q=SEIZED",
        headers={"Accept-Language": "fr"},
    )

    ((_address, said),) = page.context["rows"]
    assert said[0] == "RecoveryKind"
    assert said[2] == RecoveryKind.SEIZED.value
    assert "saisi" in said[3]
    assert "SDG 16.4.2 metadata" in said[4]


def test_the_file_has_every_code_with_its_source(at_desk, known):
    sent = at_desk("audrey").get(f"{reverse('code-lists')}?format=csv")

    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == len(codes_listed()) > 1000
    kinds = [row for row in rows if row["list"] == "RecoveryKind"]
    assert [row["code"] for row in kinds] == [code.value for code in RecoveryKind]
    assert {row["asked_as"] for row in kinds} == {"how it came in"}
