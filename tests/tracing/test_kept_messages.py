"""What traces and chains said as prose is read back as the message that it was."""

import importlib
import random
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.utils import translation

from armstrace.analysis.provenance import first_hop
from armstrace.analysis.provenance.chain import chain_of
from armstrace.analysis.provenance.events import DEATH, Event
from armstrace.translation import translate
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.messages import Message
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


@pytest.fixture(scope="module")
def migration():
    return importlib.import_module("armstrace.tracing.migrations.0002_keep_messages")


def test_every_sentence_of_a_trace_reads_back_as_it_was_said(migration):
    told = [*told_of_lives(20000), *told_of_marks()]

    read = {str(one): migration.PROSE.read(str(one)) for one in told}

    # A number that chooses the words was called by what it counts.
    assert {one.template.replace("%(n)s", "%(days)s") for one in told} == {
        *migration.FORMS
    }
    again = {said: str(Message.read(kept)) for said, kept in read.items()}
    assert [said for said in read if again[said] != said] == []
    plain = [one for one in told if not one.one]
    assert [one for one in plain if read[str(one)] != one.to_json()] == []


@pytest.mark.parametrize("sentence", ["", "A sentence that no method says."])
def test_what_is_not_known_stays_and_stays_readable(migration, sentence):
    kept = migration.PROSE.read(sentence)

    assert kept == sentence
    assert str(Message.read(kept)) == sentence


def test_a_reason_is_said_in_the_language_of_the_reader(migration):
    kept = migration.PROSE.read("The arm was reported stolen on 2021-03-04.")

    with translation.override("en"):
        assert translate(Message.read(kept)) == (
            "The arm was reported stolen on 4 Mar 2021."
        )
    with translation.override("fr"):
        assert "4 mars 2021" in translate(Message.read(kept))


def test_events_that_are_listed_are_said_each(migration):
    kept = migration.PROSE.read(
        "No date stands beside: made, seized, found or surrendered."
    )

    with translation.override("fr"):
        assert "made" not in translate(Message.read(kept))
