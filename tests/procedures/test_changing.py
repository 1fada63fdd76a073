"""A version is kept whole; a change is previewed, one act, and taken back as one."""

from datetime import timedelta
from importlib import resources

import pytest

from armstrace.analysis.procedures import reading
from armstrace.procedures import queries
from armstrace.procedures.actions import changing
from armstrace.procedures.models import ProcedureUse, ProcedureVersion, Step
from armstrace.vocabulary import profiles
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotPermitted, RuleBroken
from armstrace.vocabulary.procedures import StepStanding
from tests.investigations import desk as cases
from tests.procedures import desk

pytestmark = pytest.mark.django_db


def use(version, gaining=None, by=desk.SUPERVISOR, at=desk.NOW):
    return changing.use_version(version_id=version.pk, gaining=gaining, by=by, at=at)


def revert(change, reason="too early"):
    return changing.revert_change(
        change_id=change.pk, reason=reason, by=desk.SUPERVISOR, at=desk.NOW
    )


def test_a_change_is_previewed_and_gives_open_recoveries_its_steps_as_one_act():
    one, other, closed = (desk.recovered(f"S-{n}") for n in range(3))
    desk.waive_all(closed)
    desk.close(closed)
    version = desk.kept(desk.with_step())

    preview = queries.preview_change(version.procedure, viewer=desk.SUPERVISOR)
    change = use(version, preview.gained)

    assert (preview.gained, preview.kept) == (2, 0)
    assert preview.by_step == (queries.StepChange("Ask the neighbours", gained=2),)
    assert (change.gained, change.kept) == (2, 0)
    for pk in (one, other):
        assert desk.step(pk, "extra").version == version
        assert desk.step(pk, "identify").version.number == "1"
    assert desk.step(closed, "extra") is None


def test_PR_28_who_saved_a_version_does_not_put_it_into_use(settings, tmp_path):
    version = desk.kept(desk.with_step(), by=desk.SUPERVISOR)
    with pytest.raises(RuleBroken) as refused:
        use(version)
    assert refused.value.rule == "PR-28"
    assert not version.uses.exists()

    folder = tmp_path / "profiles"
    folder.mkdir()
    shipped = resources.files(profiles).joinpath("protocol.toml").read_text("utf-8")
    text = shipped.replace("procedures = true", "procedures = false")
    (folder / "alone.toml").write_text(text, encoding="utf-8")
    settings.HOME, settings.PROFILE = tmp_path, "alone"
    assert use(version).version == version


def test_a_preview_counts_the_open_steps_that_are_asked_otherwise_or_no_more():
    one, other = desk.recovered("S-1"), desk.recovered("S-2")
    values = reading.load_shipped() | {"version": "2"}
    by_code = {each["code"]: each for each in values["step"]}
    by_code["identify"] |= {"days": 9, "role": "OFFICER", "evidence": "a picture"}
    values["step"] = [each for each in values["step"] if each["code"] != "trace"]
    for each in values["step"]:
        each["after"] = [code for code in each.get("after", ()) if code != "trace"]
    version = desk.kept(values)
    desk.do(other, "identify")

    preview = queries.preview_change(version.procedure, viewer=desk.SUPERVISOR)
    use(version, preview.gained)

    assert (preview.gained, preview.kept) == (0, 2)
    identify, trace = preview.by_step
    assert (identify.days, identify.role, identify.evidence) == (1, 1, 1)
    assert (trace.dropped, trace.gained) == (2, 0)
    assert desk.step(one, "identify").role == "ANALYST"
    assert desk.step(one, "trace").is_undone


def test_a_preview_says_which_decisions_are_not_asked_of_each_arm():
    shipped = reading.read(reading.load_shipped())
    lacks = desk.without("ORIGIN").procedure

    assert queries.preview_change(shipped, viewer=desk.SUPERVISOR).remarks == ()
    (said,) = queries.preview_change(lacks, viewer=desk.SUPERVISOR).remarks
    assert "Not every arm is asked for: origin decided" in str(said)


def test_a_preview_and_a_simulation_name_the_steps_that_nobody_can_open():
    cases.people()
    version = desk.kept(desk.with_step())

    preview = queries.preview_change(version.procedure, viewer=desk.SUPERVISOR)

    roles = {each.params["role"] for each in preview.unmanned}
    assert Role.EXAMINER in roles
    assert not roles & {Role.ANALYST, Role.INVESTIGATOR}


def test_a_change_is_taken_back_as_one_act_and_what_was_done_stays():
    one, other = desk.recovered("S-1"), desk.recovered("S-2")
    change = use(desk.kept(desk.with_step()))
    desk.do(other, "extra")

    revert(change)

    assert desk.states(one)["extra"] == StepStanding.WITHDRAWN
    assert desk.states(other)["extra"] == StepStanding.DONE
    assert ProcedureUse.objects.current().get().version.number == "1"
    desk.waive_all(one)
    desk.close(one)
    assert "extra" not in desk.states(desk.recovered("S-3"))


def test_what_was_recorded_under_a_change_is_asked_all_once_it_is_taken_back():
    desk.recovered("S-1")
    change = use(desk.without("BALLISTICS", "ORIGIN"))
    pk = desk.recovered("S-2")
    assert list(desk.states(pk)) == ["identify", "trace"]

    revert(change)

    assert {each.code for each in desk.undone(pk)} == {
        *("identify", "trace", "ballistics", "origin")
    }
    desk.waive_all(pk)
    desk.close(pk)


def test_a_change_that_was_taken_back_can_be_made_again():
    pk = desk.recovered()
    version = desk.kept(desk.with_step())
    revert(use(version))

    use(version)

    assert desk.step(pk, "extra").state == StepStanding.OPEN
    assert desk.follow(pk) == 0


def test_PR_18_only_the_last_change_is_taken_back_and_once():
    desk.recovered()
    first = use(desk.kept(desk.with_step()))
    second = use(desk.kept(desk.with_step("other") | {"version": "3"}))

    with pytest.raises(RuleBroken, match="Only the last change") as broken:
        revert(first)
    assert broken.value.rule == "PR-18"
    revert(second)
    with pytest.raises(RuleBroken, match="Only the last change"):
        revert(second)
    with pytest.raises(RuleBroken) as unreasoned:
        revert(first, " ")
    assert unreasoned.value.rule == "PR-07"
    revert(first)
    changes = queries.procedure_changes(viewer=desk.SUPERVISOR)
    assert [each.reverted_because for each in changes] == ["too early"] * 2


def test_PR_16_a_number_is_given_once():
    desk.kept()
    assert desk.kept() == desk.kept()

    with pytest.raises(RuleBroken) as broken:
        desk.kept(desk.with_step() | {"version": "1"})

    assert broken.value.rule == "PR-16"
    assert ProcedureVersion.objects.count() == 1


def test_PR_17_a_version_is_not_used_before_its_day():
    version = desk.kept(desk.with_step() | {"valid_from": "2030-01-01"})

    with pytest.raises(RuleBroken) as broken:
        use(version)

    assert broken.value.rule == "PR-17"


def test_PR_19_what_changed_since_the_preview_is_previewed_again():
    desk.recovered("S-1")
    version = desk.kept(desk.with_step())
    preview = queries.preview_change(version.procedure, viewer=desk.SUPERVISOR)
    desk.recovered("S-2")

    with pytest.raises(RuleBroken) as broken:
        use(version, preview.gained)

    assert broken.value.rule == "PR-19"
    assert not Step.objects.filter(code="extra").exists()


def test_a_version_with_a_fault_is_not_kept():
    with pytest.raises(InvalidInput, match="does no steps"):
        desk.kept(desk.with_step(role="WIZARD"))

    assert not ProcedureVersion.objects.exists()


def test_only_a_supervisor_keeps_and_uses_procedures():
    version = desk.kept()

    with pytest.raises(NotPermitted):
        changing.keep_version(values={}, by=desk.ANALYST, at=desk.NOW)
    with pytest.raises(NotPermitted):
        use(version, by=desk.ANALYST)
    with pytest.raises(NotPermitted):
        queries.preview_change(version.procedure, viewer=desk.OFFICER)


def test_two_versions_whose_steps_wait_for_each_other_lock_nobody_out():
    first = desk.with_step("a", after=["b"])
    second = desk.with_step("b", after=["a"])
    grave = {"code": "b", "triggers": ["grave-context"], "days": 1}
    first["step"].append(first["step"][-1] | grave | {"after": []})
    second["step"].append(second["step"][-1] | {"code": "a", "after": []})
    second["version"] = "3"
    use(desk.kept(first))
    pk = desk.recovered()

    use(desk.kept(second))

    assert StepStanding.OPEN in {desk.states(pk)["a"], desk.states(pk)["b"]}


def test_a_simulation_goes_over_the_recoveries_of_a_year():
    desk.recovered("S-1", criminal_contexts=desk.DRUGS)
    later = desk.NOW + timedelta(days=4)
    desk.do(desk.recovered("S-2"), "identify", at=later)

    found = queries.simulate(
        reading.read(reading.load_shipped()),
        year=2025,
        viewer=desk.SUPERVISOR,
        at=later,
    )
    none = queries.simulate(
        reading.read(reading.load_shipped()),
        year=2020,
        viewer=desk.SUPERVISOR,
        at=later,
    )

    assert (found.recoveries, found.eligible, found.cases) == (2, 1, 1)
    assert found.overdue == 1.0  # of two, one was open for as long as it may
    assert found.waivers is None  # too few steps have ended to say
    assert (none.recoveries, none.overdue) == (0, None)
