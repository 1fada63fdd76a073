"""What a person chose for a file's columns is what its profile says."""

from armstrace.intake import preview
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles.propose import profile_text, propose_profile
from armstrace.intake.profiles.schema import read_profile
from armstrace.web.intake import (
    forms,
    presenters,
)

HEADINGS = ["Number", "Seized on", "Agency", "How", "Colour"]
ROWS = [["1", "03/04/2019", "PC-NORTE", "SEIZED", "black"]]


def test_a_column_left_out_stays_out_and_the_order_of_dates_is_kept():
    kind = IntakeKind("recoveries")
    proposal = propose_profile(HEADINGS, ROWS, kind=kind, name="seized.csv")
    fields = ["source_number", "recovered_on", "agency", "recovery_kind", ""]
    given = {f"column-{at}": name for at, name in enumerate(fields)}
    given |= {"name": "seized", "source": "POLICE", "date_order": "dmy"}
    form = forms.ProfileForm(proposal, given)

    assert form.is_valid(), form.errors
    profile = read_profile(profile_text(proposal, form.draft()), origin="seized")

    assert list(profile.ignored) == ["Colour"]
    assert profile.date_order is DateOrder.DAY_FIRST


def test_the_preview_names_the_row_of_a_held_sentence_once():
    sentence = "seized.csv, row 2, make: this cannot be read"
    seen = preview.HeldSeen(2, "1", "UNREADABLE", "make", (sentence,), ())

    assert presenters._brief(seen, "seized.csv").sentences == (
        "make: this cannot be read",
    )
