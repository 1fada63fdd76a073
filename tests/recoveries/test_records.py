"""A record gives back the statement that it keeps."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from armstrace.analysis.marks.description import Description
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.models import Recovery
from armstrace.recoveries.records import TABLES, input_of, make_record
from armstrace.vocabulary.arms import (
    AmmunitionKind,
    ItemKind,
    Modification,
    PartType,
    ProductionClass,
)
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)

pytestmark = pytest.mark.pure

WORDS = some.text("ABCd 0129?-é\n", max_size=20)
DEGREES = some.none() | some.floats(-90, 90, allow_nan=False)
PLACES = some.builds(
    PlaceInput,
    *(WORDS, WORDS, some.sampled_from(["", "BR", "XV"]), some.sampled_from(PlaceKind)),
    *(DEGREES, DEGREES),
)
CIRCUMSTANCES = {
    "number": some.just("S-1"),
    "recovery_kind": some.sampled_from(RecoveryKind),
    "recovered_on": some.dates(date(1990, 1, 1), date(2026, 1, 1)),
    "agency": some.just("VNP"),
    "where": PLACES,
    "case_number": WORDS,
    "legal_justification": some.sampled_from(LegalJustification),
    "criminal_contexts": some.lists(some.sampled_from(CriminalContext), max_size=2).map(
        tuple
    ),
    "offences": WORDS,
    "seal_number": WORDS,
    "custody_number": WORDS,
    "notes": WORDS,
    "source_row": some.none() | some.integers(1, 99),
}
ARMS = some.builds(
    RecoveryInput,
    item_kind=some.just(ItemKind.ARM),
    description=some.builds(
        Description,
        *(some.sampled_from(["", "pistol", "homemade"]), WORDS, WORDS, WORDS),
        *(WORDS, WORDS, WORDS, WORDS),
    ),
    year_of_manufacture=some.none() | some.integers(1900, 2020),
    production_class=some.none() | some.sampled_from(ProductionClass),
    modification=some.sampled_from(Modification),
    taken_from=WORDS,
    taken_from_is_holder=some.sampled_from(Known),
    **CIRCUMSTANCES,
)
AMMUNITION = some.builds(
    RecoveryInput,
    item_kind=some.just(ItemKind.AMMUNITION),
    description=some.builds(Description, *[WORDS] * 5),
    ammunition_kind=some.sampled_from(AmmunitionKind),
    quantity=some.none() | some.integers(1, 99),
    **CIRCUMSTANCES,
)
PARTS = some.builds(
    RecoveryInput,
    item_kind=some.just(ItemKind.PART),
    description=some.builds(Description, type=WORDS, make=WORDS, serial=WORDS),
    part_type=some.sampled_from(PartType),
    quantity=some.none() | some.integers(1, 99),
    **CIRCUMSTANCES,
)


@given(ARMS | AMMUNITION | PARTS)
@settings(max_examples=80, deadline=None)
def test_what_a_record_keeps_stated_again_is_unchanged(stated: RecoveryInput) -> None:
    columns = make_record(stated)
    kind = stated.item_kind
    recovery = Recovery(pk=7, source_number=stated.number, item_kind=kind.value)
    record = TABLES[kind](**columns, content_key=stated.content_key)
    record.recovery = recovery

    again = input_of(record)

    assert again.content_key == stated.content_key
    assert again.source_row == stated.source_row
