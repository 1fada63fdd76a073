"""Lists as versions: what is new, gone and changed, and who is near it."""

import pytest

from armstrace.audit import verify
from armstrace.jobs import running
from armstrace.jobs.running import JobContext
from armstrace.vetting import standing
from armstrace.vetting.actions import hits as judging
from armstrace.vetting.actions import lists
from armstrace.vetting.models import Hit, ListEntry
from armstrace.vetting.queries import hits as queries
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.vetting import Capacity, Examined
from tests import cast
from tests.analysis.names import published
from tests.vetting import desk

pytestmark = pytest.mark.django_db
ILSE = "1,Person,Ilse Vornhagen,1971-02-03\n"
TOMAS = "2,Person,Tomas Brendal,\n"
FIRM = "3,Company,Vornhagen Shipping,\n"


def counts(version):
    return version.job.result


def test_a_subject_near_an_entry_becomes_a_hit_that_says_why(tmp_path):
    one = desk.holder("1", "Ilse Vornhagn")
    desk.holder("2", "Quentin Ashby")

    version = desk.load(tmp_path, ILSE + TOMAS)

    (hit,) = desk.hits().values()
    assert (hit.subject, hit.entry.number) == (one, "1")
    assert (hit.version, hit.cut, hit.examined) == (version, 0.7, Examined.WAITING)
    assert "Vornhagen is near Vornhagn" in str(hit.why)
    assert counts(version) == {
        "entries": 2, "left_out": 0, "new": 2, "changed": 0, "gone": 0,
        "hits_new": 1, "hits_gone": 0,
    }  # fmt: skip
    assert version.job.state == JobState.DONE


def test_who_is_vetted_after_a_list_was_loaded_is_looked_for_at_once(tmp_path):
    desk.load(tmp_path, ILSE + TOMAS)
    subject = desk.holder("1", "Ilse Vornhagn")

    asked = desk.ask("Ilse Vornhagn", subject=subject)
    again = desk.ask("Ilse Vornhagn", subject=subject, capacity=Capacity.BROKER)
    staff = desk.ask("Brendal Tomas")
    desk.ask("Quentin Ashby")

    assert set(desk.hits()) == {(subject, "1"), (staff.reference, "2")}
    assert len(standing.open_hits(asked)) == len(standing.open_hits(again)) == 1
    (hit,) = standing.open_hits(staff)
    assert hit.version.list_name == "Test list"
    before = desk.hits()
    desk.check_again(at=desk.NOW + desk.days(1))
    assert desk.hits() == before
    assert verify.verify().findings == ()


def near(name, viewer=desk.OFFICER, **more):
    where = queries.NameFilter(name, **more)
    rows = queries.names_near(where, viewer=viewer, page=PageRequest()).rows
    return [(each.list_name, each.found.entry.number) for each in rows]


def test_one_name_is_looked_for_on_all_lists_and_nothing_is_recorded(tmp_path):
    desk.load(tmp_path, ILSE + FIRM)
    desk.load(tmp_path, TOMAS, name="Other", at=desk.NOW + desk.days(1))

    assert near("Ilse Vornhagn") == [("Test list", "1")]
    assert near("TomasBrendal") == near("T o m a s  B r e n d a l") == [("Other", "2")]
    assert near("Vornhagen Shipping", is_other=True) == [("Test list", "3")]
    assert near("Quentin Ashby") == near("") == []
    desk.load(tmp_path, FIRM, at=desk.NOW + desk.days(2))
    assert near("Ilse Vornhagn") == []
    assert not desk.hits()
    with pytest.raises(NotPermitted):
        near("Ilse Vornhagn", desk.CLERK)


def test_firms_are_looked_for_among_firms_and_people_among_people(tmp_path):
    firm = desk.holder("1", "Vornhagen Shipping Ltd", HolderKind.DEALER)
    desk.holder("2", "Vornhagen Shipping")

    desk.load(tmp_path, FIRM)

    assert list(desk.hits()) == [(firm, "3")]


def test_a_new_version_checks_only_what_changed_and_counts_new_and_gone(tmp_path):
    one, two = desk.holder("1", "Ilse Vornhagen"), desk.holder("2", "Tomas Brendal")
    desk.load(tmp_path, ILSE + FIRM)
    before = desk.hits()

    later = desk.load(tmp_path, TOMAS + FIRM, at=desk.NOW + desk.days(1))

    assert list(before) == [(one, "1")]
    assert list(desk.hits()) == [(two, "2")]
    assert counts(later) == {
        "entries": 2, "left_out": 0, "new": 1, "changed": 0, "gone": 1,
        "hits_new": 1, "hits_gone": 1,
    }  # fmt: skip


def test_a_judgement_outlives_the_next_version_while_the_entry_is_the_same(tmp_path):
    one = desk.holder("1", "Ilse Vornhagen")
    desk.load(tmp_path, ILSE)
    judge(one, Examined.DIFFERENT)

    desk.load(tmp_path, ILSE + TOMAS, at=desk.NOW + desk.days(1))
    same = desk.hits()[one, "1"].examined
    desk.load(
        tmp_path, ILSE.replace("1971", "1972") + TOMAS, at=desk.NOW + desk.days(2)
    )

    assert same == Examined.DIFFERENT
    assert desk.hits()[one, "1"].examined == Examined.WAITING


def test_a_subject_recorded_since_is_looked_for_among_all_entries(tmp_path):
    desk.load(tmp_path, ILSE)
    one = desk.holder("1", "Ilse Vornhagen", at=desk.NOW + desk.days(2))

    desk.check_again(at=desk.NOW + desk.days(3))

    assert list(desk.hits()) == [(one, "1")]


def test_a_check_that_is_cut_off_goes_on_and_finds_each_once(tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "STEP", 2)
    for number in range(5):
        desk.holder(str(number), "Ilse Vornhagen")
    version = desk.load(tmp_path, ILSE, run=False)

    def cut(progress):
        if progress.done == 2:
            running.cancel(version.job_id, at=desk.NOW)

    how = {"job": version.job, "by": desk.OFFICER, "at": desk.NOW}
    with pytest.raises(running.Cancelled):
        lists.run_check(context=JobContext(progress=cut), **how)
    kept = len(desk.hits())
    version.job.__class__.objects.update(state=JobState.STOPPED)
    desk.check(version)

    assert (kept, len(desk.hits())) == (2, 5)
    assert counts(version)["hits_new"] == 5
    assert ListEntry.objects.count() == 1


@pytest.mark.parametrize("text", [published.UN, published.EU, published.FTM])
def test_a_published_list_is_taken_in_with_its_version(tmp_path, text):
    path = tmp_path / "list"
    path.write_text(text, encoding="utf-8")
    file = lists.ListFile(path, "list")
    made = lists.load_list(list_name="L", file=file, by=desk.OFFICER, at=desk.NOW)

    desk.check(made)
    made.refresh_from_db()

    assert counts(made)["entries"] == ListEntry.objects.current().count() > 0
    assert made.format
    assert made.version == ("" if text == published.FTM else made.version) != None  # noqa: E711


def test_people_who_are_vetted_without_a_record_are_screened_too(tmp_path):
    asked = desk.ask("Ilse Vornhagen")

    desk.load(tmp_path, ILSE)

    assert list(desk.hits()) == [(asked.reference, "1")]


def test_the_register_of_refusals_is_a_list_of_its_own():
    refusal = desk.refuse(name="Ilse Vornhagen")
    one = desk.holder("1", "Ilse Vornhagen")

    desk.check_again(lists.REFUSALS)

    assert list(desk.hits()) == [(one, refusal.reference)]


def test_VE_05_a_hit_that_changed_meanwhile_is_not_judged(tmp_path):
    one = desk.holder("1", "Ilse Vornhagen")
    desk.load(tmp_path, ILSE)
    seen = desk.hits()[one, "1"]
    judge(one, Examined.CONFIRMED)

    with pytest.raises(RuleBroken) as refused:
        say(seen, Examined.DIFFERENT)

    assert refused.value.rule == "VE-05"


def test_VE_04_a_judgement_needs_a_reason_and_is_taken_back_with_one(tmp_path):
    one = desk.holder("1", "Ilse Vornhagen")
    desk.load(tmp_path, ILSE)

    with pytest.raises(RuleBroken) as refused:
        say(desk.hits()[one, "1"], Examined.CONFIRMED, reason=" ")
    judge(one, Examined.CONFIRMED)
    judge(one, Examined.WAITING)

    assert refused.value.rule == "VE-04"
    _, states = queries.hit_page(desk.hits()[one, "1"].pk, viewer=desk.OFFICER)
    assert [each.examined for each in states] == [
        Examined.WAITING,
        Examined.CONFIRMED,
        Examined.WAITING,
    ]


def test_VE_10_a_file_that_lacks_most_entries_is_taken_for_another_list(tmp_path):
    many = "".join(f"{n},Person,Person {n} Orlun,\n" for n in range(30))
    desk.load(tmp_path, many)

    with pytest.raises(RuleBroken) as refused:
        desk.load(tmp_path, ILSE, at=desk.NOW + desk.days(1))

    assert refused.value.rule == "VE-10"
    assert "only 1 of the 30 entries of “Test list”" in str(refused.value)
    assert ListEntry.objects.current().count() == 30


def test_a_file_that_is_no_list_is_named_as_people_know_it(tmp_path):
    path = tmp_path / "be5afba4fa9a"
    path.write_text("no list", encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"wanted\.csv cannot be read"):
        lists.load_list(
            list_name="L",
            file=lists.ListFile(path, "wanted.csv"),
            by=desk.OFFICER,
            at=desk.NOW,
        )


@pytest.mark.parametrize("name", ["Refusals", " refusals "])
def test_VE_17_no_file_stands_for_the_register_of_refusals(tmp_path, name):
    with pytest.raises(RuleBroken) as refused:
        desk.load(tmp_path, ILSE, name=name)

    assert refused.value.rule == "VE-17"
    assert "“Refusals” is made of the register" in str(refused.value)


def test_VE_11_a_list_has_a_name(tmp_path):
    with pytest.raises(RuleBroken) as refused:
        desk.load(tmp_path, ILSE, name=" ")

    assert refused.value.rule == "VE-11"


def test_VE_09_a_second_run_of_a_check_stops_the_first(tmp_path):
    desk.holder("1", "Ilse Vornhagen")
    version = desk.load(tmp_path, ILSE, run=False)

    def overtake(progress):
        del progress
        how = {"at": desk.NOW, "overtaken": lists.rules.CHECK_ONCE.broken(facts=False)}
        running.claim(version.job_id, JobContext("another"), **how)

    with pytest.raises(RuleBroken) as refused:
        lists.run_check(
            job=version.job,
            by=desk.OFFICER,
            at=desk.NOW,
            context=JobContext(progress=overtake),
        )

    assert refused.value.rule == "VE-09"


def test_a_file_that_is_no_list_is_refused_before_a_job_is_made(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("nothing", encoding="utf-8")

    with pytest.raises(InvalidInput, match="cannot be read as a list"):
        lists.load_list(
            list_name="L",
            file=lists.ListFile(path, "x.txt"),
            by=desk.OFFICER,
            at=desk.NOW,
        )


def test_a_stranger_neither_sees_hits_nor_judges_nor_loads(tmp_path):
    one = desk.holder("1", "Ilse Vornhagen")
    desk.load(tmp_path, ILSE)
    hit = desk.hits()[one, "1"]
    everything = (queries.HitFilter(), PageRequest())

    for viewer in (cast.STRANGER, cast.REGISTRAR):
        for ask in (
            lambda v: queries.hit_rows(everything[0], viewer=v, page=everything[1]),
            lambda v: queries.hit_page(hit.pk, viewer=v),
            lambda v: queries.list_versions(viewer=v, page=everything[1]),
            lambda v: queries.count_waiting(viewer=v),
            lambda v: lists.load_list(list_name="L", by=v, at=desk.NOW),
            lambda v: say(hit, Examined.CONFIRMED, by=v),
        ):
            with pytest.raises(NotPermitted):
                ask(viewer)
    with pytest.raises(NotFound):
        queries.hit_page(hit.pk + 1, viewer=desk.OFFICER)
    assert Hit.objects.count() == 1


def judge(subject, examined):
    say(desk.hits()[subject, "1"], examined)


def say(hit, examined, reason="other birth and town", by=desk.OFFICER):
    judging.judge_hit(
        hit_id=hit.pk, examined=examined, reason=reason, by=by, at=desk.NOW
    )
