"""What was kept as prose is read into messages that say the same."""

import importlib

import pytest
from django.apps import apps

from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.questionnaire import keeping
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.indicators.models import Return
from armstrace.vocabulary.messages import Message
from tests.indicators import records

migration = importlib.import_module(
    "armstrace.indicators.migrations.0006_keep_messages"
)

# Sentences that were never kept as prose: they came after messages were values.
LATER = {"Left out, and standing in table X: %(cells)s."}


@pytest.mark.parametrize(
    ("prose", "template"),
    [
        (
            "The figure rests on one year alone; 2020 is lacking. Nothing is filed or "
            "recorded for 2020.",
            "The figure rests on one year alone; %(year)s is lacking. %(sentence)s",
        ),
        (
            "Counting the 3 arms still with the lawful owner as traced would give 6 of "
            "43, 13.95 %.",
            "Counting the %(arms)s arms still with the lawful owner as traced would "
            "give %(above)s of %(below)s, %(value)s %%.",
        ),
        (
            "E3:TOTAL:TOTAL is blank; E3:MALE:TOTAL, E3:FEMALE:TOTAL is blank.",
            "%(cell)s is %(value)s; %(cells)s is blank.",
        ),
        (
            "“12x” is not a count; it is left blank, and no check with it is made.",
            "%(why)s; it is left blank, and no check with it is made.",
        ),
        ("The year has ended.", "The year has ended."),
        ("a sentence that nobody wrote down", "a sentence that nobody wrote down"),
        ("", ""),
    ],
)
def test_prose_becomes_a_message_that_says_the_same(prose, template):
    read = Message.read(migration.stored(prose))

    assert read.template == template
    assert str(read) == prose


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, 4, 80])
def test_every_sentence_that_a_year_brings_is_read_from_its_prose(size):
    records.a_random_country(size, size)
    by, year = records.statistician(), 2021
    if size == 4:
        actions.keep_return(year=year, by=by, at=records.NOW)
        records.a_random_country(size + 1, size)

    filled = queries.return_of(year=year, viewer=by)
    figures = queries.side_by_side(viewer=by, year=year, methods=tuple(Method))

    told = [check.sentence for check in filled.checks]
    for one in figures:
        told += [one.reason, one.warning, *one.notes]
    read = [(each, Message.read(migration.stored(str(each)))) for each in told if each]
    assert [(one, two) for one, two in read if str(one) != str(two)] == []
    assert {one.template for one, two in read if _is_new(one, two)} <= LATER


@pytest.mark.django_db
@pytest.mark.unledgered
def test_a_return_kept_with_prose_is_the_same_return_with_messages():
    records.a_random_country(4, 4)
    kept = actions.keep_return(year=2021, by=records.statistician(), at=records.NOW)
    filled = keeping.read_return(kept.content, kept.as_of)
    _write_as_prose(kept.content)
    kept.save()

    migration.rewrite_returns(apps, None)

    read = keeping.read_return(Return.objects.get(pk=kept.pk).content, kept.as_of)
    assert read.content_hash == kept.content_hash
    assert [str(c.sentence) for c in read.checks] == [
        str(c.sentence) for c in filled.checks
    ]
    both = zip(read.checks, filled.checks, strict=True)
    new = {now.sentence for then, now in both if _is_new(now.sentence, then.sentence)}
    assert {sentence.template for sentence in new} <= LATER


def _is_new(said, read):
    """Tell whether a sentence of one form is otherwise than it was kept as prose."""
    return said.template != read.template and not said.one


def _write_as_prose(content):
    for table in content["tables"]:
        for row in table["rows"]:
            for cell in row["cells"]:
                cell[-1] = str(Message.read(cell[-1]))
    for check in content["checks"]:
        check["sentence"] = str(Message.read(check["sentence"]))
        check["outdated"] = ""
