"""What earlier versions wrote as prose is kept as messages, and reads the same."""

import importlib

import pytest
from django.apps import apps

from armstrace.analysis.ballistics import likelihood, references
from armstrace.analysis.ballistics.references import Population
from armstrace.ballistics.models import Comparison, Scan
from armstrace.vocabulary.messages import Message
from tests.ballistics.marks import compared, enrolled
from tests.builders import recovered

keeping = importlib.import_module(
    "armstrace.ballistics.migrations.0003_keep_remarks_as_messages"
)


@pytest.mark.pure
@pytest.mark.parametrize(
    "prose",
    [
        "No reference set fits, so no likelihood ratio is given.",
        "Fewer than 8 cells could be compared.",
        "Set (A) does not fit (maker: the set has Ruger; Co, the case has not known).",
        "A does not fit (mark: the set has a, the case has b; method: the set has "
        "c, the case has not known).",
    ],
)
def test_a_reason_reads_as_it_did_and_can_be_translated(prose):
    kept = keeping.read(prose, keeping.REASONS)

    assert str(Message.read(kept)) == prose
    assert kept["template"] in keeping.REASONS


@pytest.mark.pure
def test_a_remark_of_the_reader_reads_as_it_did():
    prose = (
        "Heights are floating-point numbers and are taken as they stand; the "
        "increment 2 and offset 0.5 of the z axis are not applied."
    )

    kept = keeping.read(prose, keeping.REMARKS)

    assert kept["params"] == {"increment": "2", "offset": "0.5"}
    assert str(Message.read(kept)) == prose


@pytest.mark.pure
def test_what_no_sentence_fits_stays_as_it_stands():
    assert keeping.read("Seen by hand.", keeping.REASONS) == "Seen by hand."
    assert str(Message.read("Seen by hand.")) == "Seen by hand."


@pytest.mark.pure
def test_a_reason_of_now_has_the_templates_of_the_migration():
    of_set = Population("breech face", "Ruger", "9 mm", "", "1")
    set_of = references.ReferenceSet("A", of_set, (), None)
    said = likelihood.report((9, 20), Population(), [set_of], rng=None)

    for reason in said.reasons:
        assert keeping.read(str(reason), keeping.REASONS) == reason.to_json()


@pytest.mark.django_db
@pytest.mark.unledgered
def test_kept_rows_are_rewritten_and_a_second_run_changes_nothing(tmp_path):
    (recovery,) = recovered()
    pair = [enrolled(tmp_path, 1, n, recovery_id=recovery) for n in (1, 2)]
    kept = compared(tmp_path, *pair)
    said = [str(reason) for reason in kept.reasons]
    Comparison.objects.filter(pk=kept.pk).update(no_ratio_because=[*said, "Odd."])
    Scan.objects.update(
        remarks=["The file carries a drawn mask, which is not applied."]
    )

    for _ in range(2):
        keeping.keep_as_messages(apps, None)

    kept.refresh_from_db()
    assert kept.no_ratio_because[0] == {"template": said[0]}
    assert [str(reason) for reason in kept.reasons] == [*said, "Odd."]
    assert all("template" in scan.remarks[0] for scan in Scan.objects.all())
