"""Whoever declares a field says whether its text may tell of a person."""

from armstrace.recoveries.fields import FIELDS, PERSONAL
from armstrace.retention.erasing import PERSONS

# Texts that stay when the person is erased, since they tell of the arm and the seizure.
OF_THE_ARM = {
    *("arm_type", "make", "model", "calibre", "serial", "country_of_manufacture"),
    *("import_mark", "other_marks", "agency", "place", "region", "country"),
    *("case_number", "seal_number", "custody_number"),
}


def test_each_text_of_a_recovery_is_erased_with_the_person_or_said_to_stay():
    texts = {each.name for each in FIELDS if each.longest is not None}
    emptied = {each.name for each in FIELDS if each.column in PERSONS}

    assert emptied >= PERSONAL
    assert texts - emptied == OF_THE_ARM
