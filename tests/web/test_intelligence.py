"""The pages of the linked picture."""

from datetime import date

from armstrace.accounts import actors
from armstrace.intelligence.actions import links, subjects
from armstrace.intelligence.models import Link, SamenessJudgement, Subject
from armstrace.vocabulary.networks import HandlingCode, LinkKind
from tests.intelligence import desk
from tests.web import world

GRADED = {
    "source": "statement 7",
    "source_grade": "B",
    "information_grade": "2",
    "handling": "H0",
    "review_on": "2099-01-01",
}
PERSON = GRADED | {
    "kind": "PERSON",
    "name": "Ama Sample",
    "other_names": "Амa Сэмпл\nأما سامبل",
    "category": "SUSPECT",
    "basis": "FACT",
}


def text_of(answer):
    return answer.content.decode()


def subject_of(people, name="ines", **changes):
    by = actors.actor_for(people[name])
    return subjects.record_subject(
        stated=desk.a_subject(**changes), by=by, at=world.NOON
    )


def link_of(people, start, end, name="ines", **changes):
    by = actors.actor_for(people[name])
    stated = desk.a_link(start, end, **changes)
    return links.assert_link(stated=stated, by=by, at=world.NOON)


def test_an_investigator_records_a_subject_and_finds_it(at_desk):
    at = at_desk("ines")

    sent = at.post("/intelligence/subjects/record/", PERSON, follow=True)

    assert "Ama Sample" in text_of(sent)
    assert "أما سامبل" in text_of(sent)
    assert "Ama Sample" in text_of(at.get("/intelligence/", {"q": "sample"}))


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_why(at_desk):
    sent = at_desk("ines").post(
        "/intelligence/subjects/record/",
        PERSON | {"handling": "H3", "restriction": ""},
    )

    assert sent.status_code == 409
    assert "The handling code H3 stands for restrictions in words" in text_of(sent)
    assert "Ama Sample" in text_of(sent)


def test_only_handling_codes_that_one_could_read_oneself_are_offered(at_desk, people):
    pages = ("/intelligence/subjects/record/", "/intelligence/links/record/")

    def offered(name, page):
        field = at_desk(name).get(page).context["form"].fields["handling"]
        return [code for code, _ in field.choices]

    assert {tuple(offered("ana", page)) for page in pages} == {("H0", "H1", "H2")}
    assert offered("ines", pages[0]) == ["H0", "H1", "H2", "H3"]
    secret = PERSON | {"handling": "H3", "restriction": "own unit"}
    sent = at_desk("ana").post(pages[0], secret)
    assert (sent.status_code, [*sent.context["form"].errors]) == (422, ["handling"])
    assert "Ama Sample" in text_of(sent)


def test_a_correction_keeps_the_history_and_an_overtaken_one_says_so(at_desk, people):
    made = subject_of(people)
    at = at_desk("ines")
    page = f"/intelligence/subjects/{made.pk}/"
    form = at.get(f"{page}correct/").context["form"]
    given = PERSON | {"name": "Ama Q. Sample", "reason": "read again"}
    given |= {"version": form.initial["version"]}

    at.post(f"{page}correct/", given)
    late = at.post(f"{page}correct/", given | {"name": "Other"})

    assert "Ama Q. Sample" in text_of(at.get(page))
    assert "read again" in text_of(at.get(page))
    assert late.status_code == 409


def test_a_link_is_recorded_from_the_page_of_a_recovery(at_desk, known):
    made = subject_of(known.people)
    recovery = f"R{known.recovered[0]}"
    at = at_desk("ines")
    assert f"/intelligence/of/{recovery}/" in text_of(
        at.get(f"/recoveries/{known.recovered[0]}/")
    )
    form = at.get("/intelligence/links/record/", {"start": recovery}).context["form"]
    assert form.initial["start"] == recovery

    given = GRADED | {"start": made.reference, "kind": "HAD", "end": recovery}
    sent = at.post("/intelligence/links/record/", given, follow=True)

    assert "Asserted by people" in text_of(sent)
    assert "statement 7" in text_of(sent)


def test_LP_14_a_link_is_never_turned_round(at_desk, known):
    made = subject_of(known.people)
    recovery = f"R{known.recovered[0]}"
    given = GRADED | {"start": recovery, "kind": "HAD", "end": made.reference}

    told = at_desk("ines").post("/intelligence/links/record/", given)

    assert "“had” leads from one of these (person, " in text_of(told)
    assert not Link.objects.exists()


def test_a_link_to_an_unknown_record_is_refused_beside_its_field(at_desk, people):
    made = subject_of(people)
    given = GRADED | {"start": made.reference, "kind": "HAD", "end": "R404"}

    sent = at_desk("ines").post("/intelligence/links/record/", given)

    assert sent.status_code == 422
    assert sent.context["form"].errors["end"] == [
        "There is no record R404 here that can be linked; check the number."
    ]
    assert not Link.objects.exists()


def test_a_removed_link_stays_on_the_page_with_who_and_why(at_desk, people):
    one, other = subject_of(people), subject_of(people)
    made = link_of(people, one, other)
    at = at_desk("ines")

    at.post(f"/intelligence/links/{made.pk}/", {"reason": "witness took it back"})

    page = text_of(at.get(f"/intelligence/of/{one}/"))
    assert "witness took it back" in page
    assert "1 removed link" in page


def test_an_officer_of_another_agency_removes_nothing(at_desk, people):
    one, other = subject_of(people, "otto"), subject_of(people, "otto")
    made = link_of(people, one, other, "otto")

    sent = at_desk("sara").post(f"/intelligence/links/{made.pk}/", {"reason": "wrong"})

    assert sent.status_code == 404
    assert Link.objects.get().removed_at is None


def test_two_subjects_are_judged_the_same_and_the_page_says_by_whom(at_desk, people):
    one, other = subject_of(people), subject_of(people)
    given = {"first": str(one), "second": str(other), "judgement": "SAME"}
    given |= {"reason": "one passport", "handling": "H0"}

    sent = at_desk("ines").post("/intelligence/same/", given, follow=True)

    assert "one passport" in text_of(sent)
    assert SamenessJudgement.objects.get().judgement == "SAME"


def test_a_judgement_that_contradicts_others_is_said_to_who_judges(at_desk, people):
    one, other, third = (subject_of(people) for _ in range(3))
    at, more = at_desk("ines"), {"reason": "seen", "handling": "H0"}
    for first, second, judgement in (
        (one, other, "SAME"),
        (other, third, "SAME"),
        (one, third, "DIFFERENT"),
    ):
        given = {"first": str(first), "second": str(second), "judgement": judgement}
        sent = at.post("/intelligence/same/", given | more, follow=True)

    pair = " and ".join(sorted(map(str, (one, third))))
    assert f"{pair} are judged different" in text_of(sent)


def test_what_is_due_stands_on_today(at_desk, people):
    made = subject_of(people, review_on=date(2026, 3, 2))
    at = at_desk("ines")

    assert "subjects and links due for review" in text_of(at.get("/today/"))
    assert str(made) in text_of(at.get("/intelligence/reviews/"))


def test_no_page_names_what_the_handling_code_keeps(at_desk, known):
    secret = {"handling": HandlingCode.H3, "restriction": "own unit"}
    recovery = f"R{known.recovered[0]}"
    by = actors.actor_for(known.people["ines"])
    made = subjects.record_subject(
        stated=desk.a_subject("Secret Person", **secret), by=by, at=world.NOON
    )
    link = link_of(known.people, made, recovery, kind=LinkKind.HAD, **secret)

    for name in ("ana", "otto", "sara", "carl", "paul"):
        at = at_desk(name)
        for page in (
            "/intelligence/",
            f"/intelligence/of/{recovery}/",
            f"/intelligence/of/{made}/",
            f"/intelligence/subjects/{made.pk}/",
            f"/intelligence/links/{link.pk}/",
        ):
            assert "Secret Person" not in text_of(at.get(page))
        assert f">{made}<" not in text_of(at.get(f"/intelligence/of/{recovery}/"))
    assert "Secret Person" in text_of(at_desk("sam").get("/intelligence/"))
    assert Subject.objects.count() == 1
