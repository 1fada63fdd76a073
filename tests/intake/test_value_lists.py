"""Lists of values and held rows offer what loading reads."""

import pytest

from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles import propose
from armstrace.intake.profiles.drafts import Draft, profile_text
from armstrace.intake.profiles.schema import read_profile
from armstrace.web.intake.forms import ProfileForm

pytestmark = pytest.mark.pure


def test_the_list_of_values_reads_a_theft_as_loading_does_and_offers_a_loss():
    said = ["Apreendida", "Furtada", "freiw. Abgabe", "Localizada", "Devolvida"]
    proposal = propose.propose_profile(
        ["Data da Apreensão", "Situação"],
        [[f"{20 + at}/03/2020", each] for at, each in enumerate(said)],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )

    form = ProfileForm(proposal)

    ((_heading, boxes),) = form.coded()
    read = [box.initial for _count, box in boxes]
    assert read == ["SEIZED", "STOLEN", "SURRENDERED", "FOUND", "UNDECIDED"]
    assert "LOST" in dict(boxes[0][1].field.choices)


def test_a_profile_may_say_that_a_value_is_a_loss():
    proposal = propose.propose_profile(
        ["Data da Apreensão", "Situação"],
        [["20/03/2020", "Apreendida"], ["21/03/2020", "Furtada"]],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )
    columns = {each.heading: each.field for each in proposal.columns}
    values = {"recovery_kind": {"weg": "LOST"}}
    draft = Draft("a", "A", columns, {}, values=values)

    profile = read_profile(profile_text(proposal, draft), origin="a")

    assert profile.values["recovery_kind"]["weg"] == "LOST"
