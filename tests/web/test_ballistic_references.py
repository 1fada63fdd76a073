"""Reference sets at the bench: loaded, shown with their test, withdrawn."""

import json

import pytest
from django.urls import reverse

from armstrace.analysis.ballistics import comparison, reference_files, reports
from armstrace.analysis.ballistics.references import Pair, Population, build
from armstrace.ballistics.inputs import ClassInput
from armstrace.ballistics.models import Comparison, ReferenceSet
from tests.ballistics import marks as bench
from tests.web.at_bench import folder, read, send, uploaded

__all__ = ["folder"]

pytestmark = pytest.mark.django_db


def a_table(name="nine slides"):
    population = Population(
        "breech face", "Ruger", "9x19", "Synthetic Microscope", comparison.METHOD
    )
    names = [f"slide {number}" for number in range(9)]
    pairs = [Pair(n, n, 12 + i, 30) for n in names for i in (0, 3)]
    pairs += [
        Pair(one, two, (i + j) % 3, 30)
        for i, one in enumerate(names)
        for j, two in enumerate(names[:i])
    ]
    return json.dumps(reference_files.written(build(name, population, pairs)))


def test_a_reference_set_is_loaded_shown_with_its_test_and_withdrawn(at_desk, known):
    client = at_desk("elena")
    answer = send(
        client, "reference-sets", file=uploaded(a_table().encode(), "set.json")
    )
    kept = ReferenceSet.objects.get()

    page = answer.content.decode()
    for words in ("Tippett", "Reliability", "Cllr", "nine slides"):
        assert words in page
    send(client, "reference-withdraw", kept.pk, reason="the instrument was changed")
    assert (
        "nine slides"
        not in read(client, "reference-sets").split("Reference set withdrawn")[-1]
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 10_000])
def test_a_file_that_is_no_set_is_explained(at_desk, known, text):
    answer = send(
        at_desk("elena"),
        "reference-sets",
        file=uploaded(text.encode() or b" ", "s.json"),
    )

    assert "not a reference set" in answer.content.decode()
    assert not ReferenceSet.objects.exists()


def test_a_set_that_fits_marks_this_count_among_its_pairs(at_desk, known, folder):
    client = at_desk("elena")
    send(client, "reference-sets", file=uploaded(a_table().encode(), "set.json"))
    told = ClassInput(calibre="9x19", maker="Ruger")
    one, two, *_ = known.recovered
    marks = [
        bench.enrolled(folder, 1, f, recovery_id=r, described=told)
        for f, r in ((1, one), (2, two))
    ]

    page = send(client, "mark-compare", marks[0].pk, other=str(marks[1].pk))

    text = page.content.decode()
    assert "this comparison:" in text
    assert "support" in text
    report = client.get(
        reverse("comparison-report", args=[Comparison.objects.get().pk, "json"])
    )
    scans = [path for path in folder.rglob("*") if path.is_file()]
    assert reports.recompute(json.loads(report.content), scans) == []
