"""Repeats and siblings in two years of a real police's seizures."""

import itertools
from collections import defaultdict

import pytest

from armstrace.analysis.matching.series import split_number
from armstrace.recoveries.comparing import EarlierRecoveries
from armstrace.recoveries.models import RecoveryRecord
from tests.intake.loads import load
from tests.shared_data import shared_path

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

NEAR = 20
SAMPLE = 150


def near_pairs(records):
    """Give pairs of one procedure whose numbers are nearly equal."""
    series = defaultdict(list)
    for record in records:
        place = split_number(record.serial_search) if record.make else None
        if place is not None and place.size >= 4 and "?" not in record.serial_search:
            key = (record.case_number, record.make, place.before, place.size)
            series[key].append((place.number, record))
    for rows in series.values():
        rows.sort(key=lambda row: row[0])
        for (low, one), (high, other) in itertools.pairwise(rows):
            if 0 < high - low <= NEAR:
                yield high - low, one, other


def repeated(records):
    """Give recoveries of a whole serial that another procedure holds too."""
    held = {}
    for record in sorted(records, key=lambda r: (r.recovered_on, r.recovery_id)):
        letters = sum(map(str.isalpha, record.serial_search))
        key = (record.make, record.model, record.calibre, record.serial_search)
        if not all(key) or letters < 2 or len(key[3]) < 7:
            continue
        first = held.setdefault(key, record)
        if first.case_number != record.case_number:
            yield first, record


def test_repeats_are_found_across_procedures_and_siblings_are_kept_apart():
    for name in ("rio/seizures_2018.xlsx", "rio/seizures_2019.xlsx"):
        load(shared_path(name))
    records = list(RecoveryRecord.objects.current())
    last = max(record.recovery_id for record in records)
    earlier = EarlierRecoveries(last, "tried")

    pairs = list(near_pairs(records))
    assert len(pairs) > 100
    for gap, one, other in pairs:
        for record, beside in ((one, other), (other, one)):
            found = earlier.compare(record)
            stated = {each["id"]: each["probability"] for each in found.candidates}
            probability = stated.get(beside.recovery_id, 0.0)
            assert probability <= 0.5, (gap, record.serial_search, beside.serial_search)

    again = list(repeated(records))
    assert any(a.recovered_on.year != b.recovered_on.year for a, b in again)
    sample = again[:: max(1, len(again) // SAMPLE)]
    found = [earlier.compare(record) for _, record in sample]
    assert sum(each.probability > 0.5 for each in found) > 0.9 * len(found)
