"""Score how well a column fits a field, by its heading and by its values."""

from dataclasses import dataclass

from armstrace.intake.fields import Field, IntakeKind, Shape
from armstrace.intake.profiles.column_values import Column, has_figure, likeness
from armstrace.intake.tables.heading_words import meanings, name_score
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.packaged import read_table

# A heading that scores less may mean another field as well.
VAGUE = 0.7
# The share of values that tells a field where the heading says nothing.
LEAST_LIKE = 0.6
_MOSTLY = 0.8
_UNSAID = 0.85
_MAY_BE = 0.35
_LEAST_VALUES = 2
_STRICT = frozenset({Shape.DATE, Shape.YEAR, Shape.WHOLE, Shape.DEGREES, Shape.CODE})
# How surely values alone tell a field, where a heading says nothing.
_ALONE = read_table(__package__, "alone.toml")
_BESIDE_KNOWN_WORDS = 0.6
# What says of itself why a thing is on file does so under any heading.
_SELF_EVIDENT = frozenset({"recovery_kind", "loss_kind"})
_NEARLY_ALL, _UNDER_ANY_HEADING = 0.9, 0.8
_EMPTY = 0.8
# Whom no number names: a column of "suspects" that holds 2 and 0 counts them.
_OF_PEOPLE = frozenset({"taken_from", "name"})
# What a column scores that says of some rows one class and of others another.
_PARTS_CLASSES = 0.52


@dataclass(frozen=True, slots=True)
class Score:
    """How well a column fits a field."""

    # From 0 to 1.
    total: float
    # What its heading alone gives.
    by_name: float
    # The share of values that look like the field's; None where any do.
    likeness: float | None


def score(column: Column, wanted: Field, kind: IntakeKind) -> Score:
    """Score a column for a field."""
    if wanted.name in _OF_PEOPLE and column.share(str.isdecimal) >= _MOSTLY:
        return Score(0.0, 0.0, None)
    named = _score_heading(column, wanted, kind)
    if not named and wanted.name not in _ALONE:
        return Score(0.0, 0.0, None)
    like = likeness(column, wanted)
    if like is None:
        return Score(named * (1.0 if column.full_cells else _EMPTY), named, None)
    if not named:
        is_said = like >= LEAST_LIKE and len(column.counts) >= _LEAST_VALUES
        alone: float = _ALONE[wanted.name] * like if is_said else 0.0
        total = alone * _under_heading(column, wanted, like)
        if is_said and wanted.name == "recovery_kind" and len(column.classes) > 1:
            total = max(total, _PARTS_CLASSES)
        return Score(total, 0.0, like)
    total = named * (0.6 + 0.4 * like)
    if named >= _MAY_BE:
        total += (1 - named) * 0.5 * like
    if like < 0.1 and (wanted.shape in _STRICT or _is_no_serial(column, wanted, named)):
        total *= 0.5
    return Score(total, named, like)


def _is_no_serial(column: Column, wanted: Field, named: float) -> bool:
    """Tell a column of other numbers; "S/N" heads running numbers as well."""
    is_numbered = column.share(has_figure) >= _MOSTLY and not column.counts_rows
    return wanted.name == "serial" and (named < VAGUE or not is_numbered)


def _under_heading(column: Column, wanted: Field, like: float) -> float:
    """Weigh what values say alone, under a heading that does not name the field."""
    if not meanings(column.heading).found:
        return 1.0
    is_plain = wanted.name in _SELF_EVIDENT and like >= _NEARLY_ALL
    return _UNDER_ANY_HEADING if is_plain else _BESIDE_KNOWN_WORDS


def _score_heading(column: Column, wanted: Field, kind: IntakeKind) -> float:
    """Score a heading; one such as "recorded" is a day where days stand below it."""
    named = name_score(column.heading, wanted.name, kind)
    if wanted.shape is not Shape.DATE or column.days < _MOSTLY:
        return named
    also = _UNSAID * name_score(column.heading, wanted.name, kind, "DATE")
    return max(named, also) if meanings(column.heading).found else named


def why(score: Score) -> Message:
    """Say what speaks for a field, in words."""
    share = NOTHING if score.likeness is None else round(score.likeness * 100)
    if not score.by_name:
        return message("%(share)s %% of its values look like it", share=share)
    if score.likeness is None:
        return message("the heading names it")
    if score.by_name >= VAGUE:
        return message(
            "the heading names it, and %(share)s %% of its values look like it",
            share=share,
        )
    return message(
        "the heading may mean it, and %(share)s %% of its values look like it",
        share=share,
    )
