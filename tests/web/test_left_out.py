"""What a person chose for a file's columns is what its profile says."""

from django.template.loader import render_to_string

from armstrace.intake import preview
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.profiles.drafts import profile_text
from armstrace.intake.profiles.propose import propose_profile
from armstrace.intake.profiles.schema import read_profile
from armstrace.vocabulary.messages import message
from armstrace.web.intake import forms

HEADINGS = ["Number", "Seized on", "Agency", "How", "Colour"]
ROWS = [["1", "03/04/2019", "PC-NORTE", "SEIZED", "black"]]


def test_a_column_left_out_stays_out_and_the_order_of_dates_is_kept():
    kind = IntakeKind("recoveries")
    proposal = propose_profile(HEADINGS, ROWS, kind=kind, name="seized.csv")
    fields = ["source_number", "recovered_on", "agency", "recovery_kind", "-"]
    given = {f"column-{at}": name for at, name in enumerate(fields)}
    given |= {"name": "seized", "source": "POLICE", "date_order": "dmy"}
    form = forms.ProfileForm(proposal, given)

    assert form.is_valid(), form.errors
    profile = read_profile(profile_text(proposal, form.draft()), origin="seized")

    assert list(profile.ignored) == ["Colour"]
    assert profile.date_order is DateOrder.DAY_FIRST


def test_the_preview_names_the_row_of_a_held_sentence_once():
    trouble = Trouble(Reason.NOT_A_DATE, "make", message("this cannot be read"))
    seen = preview.HeldSeen(2, "1", "NOT_A_DATE", "make", (trouble,), ())

    words = render_to_string("intake/troubles.html", {"troubles": seen.troubles})

    assert words.strip() == "make: this cannot be read"
