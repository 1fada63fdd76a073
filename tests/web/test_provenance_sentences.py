"""What traces and chains say has its form, and is said in the language."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.utils import translation

from armstrace.analysis.provenance import first_hop
from armstrace.analysis.provenance.chain import chain_of
from armstrace.analysis.provenance.events import DEATH, Event
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.web.translation import provenance_sentences as provenance
from armstrace.web.translation import sentences
from tests.analysis.provenance.lives import HOME, kind_of

RECOVERED = date(2024, 3, 1)
HOLDERS = ("", "P1", "P2", "D1", "I1", "M1", "S1", "F1", "C1")


def life(chance):
    for key in range(chance.randint(1, 6)):
        on = date(2010, 1, 1) + timedelta(days=chance.randint(0, 5160))
        is_dated = chance.random() < 0.8
        giver, taker = chance.choice(HOLDERS), chance.choice(HOLDERS)
        told = on + timedelta(days=chance.randint(0, 400))
        yield Event(
            key=key,
            kind=chance.choice(list(LifeEventKind)),
            happened_on=on if is_dated else None,
            known_at=datetime(told.year, told.month, told.day, tzinfo=UTC),
            holder_from=giver,
            holder_to=taker,
            holder_kind_from=kind_of(giver),
            holder_kind_to=kind_of(taker),
            country=chance.choice(["", HOME, "DE"]),
            document=chance.choice(["", DEATH]),
        )


def told_of_lives(number):
    chance = random.Random(4)
    for _turn in range(number):
        found = chain_of(
            life(chance),
            recovered_on=RECOVERED,
            home_country=HOME,
            taken_from_is_holder=chance.choice(list(Known)),
            companions=chance.randint(0, 2),
        )
        yield from (gap.sentence for gap in found.gaps)
        yield from (why for one in found.proposals for why in one.why)


def told_of_marks():
    marks = ((), (first_hop.ImportMark("DE"),), (first_hop.ImportMark("DE", 2019),))
    marks += ((first_hop.ImportMark(HOME),),)
    for chance, hit, mark, own, made, basis, others in product(
        (0.0, 0.95, 1.0),
        (False, True),
        marks,
        (False, True),
        ("", HOME, "AT"),
        first_hop.ManufactureBasis,
        ((), ("BE", "IT")),
    ):
        facts = first_hop.Facts(
            HOME,
            registry_probability=chance,
            registry_unique=Known.YES,
            loss_hit=hit,
            import_marks=mark,
            own_state_mark=own,
            country_of_manufacture=made,
            manufacture_known_by=basis,
            mark_countries=others,
        )
        yield from first_hop.decide(facts).why


def test_every_sentence_of_a_trace_has_its_form_and_no_form_is_idle():
    told = {*told_of_lives(6000), *told_of_marks()}

    idle = [
        form
        for form in provenance.FORMS
        if not any(sentences.is_known(each, (form,)) for each in told)
    ]
    unknown = [each for each in told if not sentences.is_known(each, provenance.FORMS)]
    assert unknown == []
    assert idle == []


def test_in_english_only_the_day_is_written_another_way():
    with translation.override("en"):
        said = {each: provenance.said(each) for each in told_of_lives(300)}
        stolen = provenance.said("The arm was reported stolen on 2021-03-04.")

    other = {k: v for k, v in said.items() if k != v}
    assert all(" on 20" in each for each in other)
    assert stolen == "The arm was reported stolen on 4 Mar 2021."


def test_reasons_that_stand_one_after_the_other_are_said_one_by_one(monkeypatch):
    words = {
        "The arm was made in %(country)s (%(basis)s).": "%(country)s : %(basis)s.",
        "At the same time worth asking: %(countries)s.": "Aussi : %(countries)s.",
        "marked on the arm": "marqué",
    }
    monkeypatch.setattr(sentences, "gettext", lambda form: words.get(form, form))
    monkeypatch.setitem(provenance.WITHIN, "basis", lambda form: words.get(form, form))

    said = provenance.all_said(
        "The arm was made in AT (marked on the arm). "
        "At the same time worth asking: BE, IT."
    )

    assert said == "AT : marqué. Aussi : BE, IT."


def test_events_that_are_listed_are_said_each(monkeypatch):
    labels = {"seized, found or surrendered": "saisie, trouvée ou remise"}
    monkeypatch.setattr(sentences, "gettext", lambda form: labels.get(form, form))

    said = provenance.said("No date stands beside: made, seized, found or surrendered.")

    assert said == "No date stands beside: made, saisie, trouvée ou remise."


@pytest.mark.parametrize("sentence", ["", "A sentence that no method says."])
def test_what_is_not_known_stays(sentence):
    assert provenance.said(sentence) == sentence
