import numpy as np
import pytest

from armstrace.analysis.ballistics import comparison, references
from armstrace.analysis.ballistics.references import Pair, Population
from armstrace.analysis.ballistics.regions import Ring
from armstrace.ballistics import likelihood_ratio, queries
from armstrace.ballistics.actions import enrolling
from armstrace.ballistics.actions import references as sets
from armstrace.ballistics.actions.references import StatedSet
from armstrace.ballistics.inputs import ClassInput
from armstrace.ballistics.models import Comparison, ReferenceSet
from armstrace.evidence import queries as evidence
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleBroken,
    SourceUnavailable,
)
from tests.ballistics.marks import compared, enrolled
from tests.builders import a_recovery, recovered
from tests.cast import ANALYST, EXAMINER, NOW, OFFICER, STRANGER

pytestmark = pytest.mark.django_db
GLOCK = ClassInput("9x19mm", "Glock")


@pytest.fixture
def pair(tmp_path):
    ids = recovered(a_recovery("S-1"), a_recovery("S-2"))
    return [
        enrolled(tmp_path, 1, number, recovery_id=key, described=GLOCK)
        for number, key in enumerate(ids, start=1)
    ]


def a_set(name="Pistols", *, method=comparison.METHOD, maker="GLOCK"):
    rng = np.random.default_rng(5)
    pairs = []
    for one in range(10):
        pairs += [Pair(f"s{one}", f"s{one}", int(rng.integers(9, 20)), 40)] * 2
        pairs += [
            Pair(f"s{one}", f"s{two}", int(rng.integers(0, 3)), 40)
            for two in range(one + 1, 10)
        ]
    told = Population("breech face", maker, "9x19mm", "Synthetic Microscope", method)
    return references.build(name, told, pairs)


def loaded(reference, reason="", by=EXAMINER):
    return sets.load_reference_set(stated=StatedSet(reference, reason), by=by, at=NOW)


def test_two_marks_of_a_slide_agree_in_many_cells(tmp_path, pair):
    kept = compared(tmp_path, *pair)

    page = queries.comparison_page(kept.pk, viewer=EXAMINER)
    assert page.row.congruent_cells >= 6
    assert page.kept.result["congruent_cells"] == page.row.congruent_cells
    assert len(page.kept.result["first_in_second"]["each_cell"]) >= page.row.cells
    assert str(page.kept.reasons[0]).startswith("No reference set fits")
    assert page.kept.reference_set is None


def test_a_kept_comparison_computes_again_to_the_same_numbers(tmp_path, pair):
    kept = compared(tmp_path, *pair)

    again = queries.recompute(kept.pk, folder=tmp_path, viewer=ANALYST)

    assert again.is_same
    assert again.numbers == kept.result


def test_the_same_comparison_is_not_kept_twice(tmp_path, pair):
    kept = compared(tmp_path, *pair)

    assert compared(tmp_path, *pair).pk == kept.pk
    loaded(a_set())
    weighed = compared(tmp_path, *pair)
    assert weighed.pk != kept.pk
    assert weighed.result_digest == kept.result_digest
    assert compared(tmp_path, *pair).pk == weighed.pk


def test_marks_keep_the_order_in_which_they_were_first_compared(tmp_path, pair):
    kept = compared(tmp_path, *pair)

    assert compared(tmp_path, *reversed(pair)).pk == kept.pk
    loaded(a_set())
    weighed = compared(tmp_path, *reversed(pair))
    assert (weighed.first_id, weighed.second_id) == (kept.first_id, kept.second_id)
    assert Comparison.objects.count() == 2


def test_a_later_region_changes_no_kept_comparison(tmp_path, pair):
    kept = compared(tmp_path, *pair)
    enrolling.set_region(
        mark_id=pair[0].pk,
        ring=Ring(1.8e-3, 1.8e-3, 1.1e-3, 0.85e-3),
        reason="",
        folder=tmp_path,
        by=EXAMINER,
        at=NOW,
    )

    again = queries.recompute(kept.pk, folder=tmp_path, viewer=EXAMINER)

    assert again.is_same
    assert compared(tmp_path, *pair).result_digest != kept.result_digest


@pytest.mark.unledgered
def test_a_number_that_was_changed_shows(tmp_path, pair):
    kept = compared(tmp_path, *pair)
    Comparison.objects.filter(pk=kept.pk).update(result_digest="0" * 64)

    again = queries.recompute(kept.pk, folder=tmp_path, viewer=EXAMINER)

    assert not again.is_same


def test_a_scan_that_is_gone_is_named(tmp_path, pair):
    kept = compared(tmp_path, *pair)
    page = queries.comparison_page(kept.pk, viewer=EXAMINER)
    evidence.path_of(page.regions[0].scan.file.sha256, tmp_path).unlink()

    with pytest.raises(SourceUnavailable, match="backup"):
        queries.recompute(kept.pk, folder=tmp_path, viewer=EXAMINER)


def test_BL_04_marks_of_two_types_are_not_compared(tmp_path, pair):
    other = enrolled(
        tmp_path, 2, 1, recovery_id=pair[0].recovery_id, mark_type=MarkType.BULLET_LAND
    )

    for second in (other, pair[0]):
        with pytest.raises(RuleBroken) as refused:
            compared(tmp_path, pair[0], second)
        assert refused.value.rule == "BL-04"


def test_striated_marks_are_kept_and_not_compared_by_cells(tmp_path, pair):
    lands = [
        enrolled(
            tmp_path,
            2,
            n,
            recovery_id=pair[0].recovery_id,
            mark_type=MarkType.BULLET_LAND,
        )
        for n in (1, 2)
    ]

    with pytest.raises(InvalidInput, match="striae"):
        compared(tmp_path, *lands)


def test_only_those_who_may_compare_do(tmp_path, pair):
    with pytest.raises(NotPermitted):
        compared(tmp_path, *pair, by=OFFICER)
    kept = compared(tmp_path, *pair)
    with pytest.raises(NotFound):
        queries.comparison_page(kept.pk, viewer=STRANGER)


def test_a_set_that_fits_gives_a_ratio_within_its_bounds(tmp_path, pair):
    reference = loaded(a_set())

    kept = compared(tmp_path, *pair)

    page = queries.comparison_page(kept.pk, viewer=EXAMINER)
    assert page.kept.reference_set_id == reference.pk
    assert reference.lowest_log10 <= page.row.log10_ratio <= reference.highest_log10
    assert page.kept.interval_low <= page.row.log10_ratio <= page.kept.interval_high
    assert page.kept.case["maker"] == "GLOCK"


def test_one_scan_enrolled_twice_gets_no_ratio(tmp_path, pair):
    loaded(a_set())
    told = {"recovery_id": pair[0].recovery_id, "described": GLOCK}
    again = enrolled(tmp_path, 1, 1, **told)

    page = queries.comparison_page(
        compared(tmp_path, pair[0], again).pk, viewer=EXAMINER
    )

    assert page.row.log10_ratio is None
    assert page.kept.reasons == (likelihood_ratio.ONE_SCAN,)


def test_a_set_of_another_maker_gives_no_ratio_and_the_reason(tmp_path, pair):
    loaded(a_set(maker="RUGER"))

    page = queries.comparison_page(compared(tmp_path, *pair).pk, viewer=EXAMINER)

    assert page.row.log10_ratio is None
    assert any("maker" in str(reason) for reason in page.kept.reasons)


def test_a_set_is_tested_on_sources_left_out():
    kept = loaded(a_set())

    found = queries.reference_page(kept.pk, viewer=ANALYST)

    assert (found.row.sources, found.row.same_pairs) == (10, 20)
    assert (len(found.same), len(found.different)) == (20, 45)
    assert 0 <= found.row.cllr < 0.5
    assert found.row.bounds[0] <= 0 <= found.row.bounds[1]


def test_BL_10_a_set_of_another_method_is_refused():
    with pytest.raises(RuleBroken) as refused:
        loaded(a_set(method="CMC of another laboratory"))

    assert refused.value.rule == "BL-10"


def test_a_set_is_replaced_and_withdrawn_with_a_reason_only():
    loaded(a_set())
    with pytest.raises(InvalidInput, match="reason"):
        loaded(a_set())
    loaded(a_set(), "More test fires.")

    with pytest.raises(InvalidInput, match="reason"):
        sets.withdraw_reference_set(name="Pistols", reason="", by=EXAMINER, at=NOW)
    sets.withdraw_reference_set(
        name="Pistols", reason="Its sources were mixed up.", by=EXAMINER, at=NOW
    )

    assert queries.reference_rows(viewer=EXAMINER) == ()
    assert ReferenceSet.objects.filter(name="Pistols").count() == 3
    with pytest.raises(NotFound):
        sets.withdraw_reference_set(name="Pistols", reason="Gone.", by=EXAMINER, at=NOW)


def test_only_examiners_load_sets():
    with pytest.raises(NotPermitted):
        loaded(a_set(), by=ANALYST)
