"""Mend what stands in each other's field: a calibre as model, a model as calibre.

Source:
    Mark taxonomy: the model is confused with the calibre, the serial prefix or a
    catalogue number.
"""

from dataclasses import replace

from armstrace.analysis.marks import calibres, models, readings
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
_NOT_STATED = frozenset({"EMPTY", "UNKNOWN_WORD", "WORDS"})
_NAMED = frozenset({"ALIAS", "METRIC", "GAUGE"})


def cross(
    model: readings.Reading, calibre: readings.Reading, make: str, arm_type: ArmType
) -> tuple[readings.Reading, readings.Reading]:
    """Give model and calibre with each in its own field.

    Returns:
        Both readings. A calibre that stands in the model field is taken only
        where the calibre field holds none; a bare calibre is decided by a model,
        or a maker, of one cartridge.
    """
    if model.value and model.rule != "ALIAS":
        model, calibre = _calibre_as_model(model, calibre, arm_type)
    if calibre.rule in {"AS_WRITTEN", "WORDS"}:
        model, calibre = _model_as_calibre(model, calibre, make, arm_type)
    if calibre.rule == "BARE":
        calibre = _decide(model, calibre, make)
    return model, calibre


def _calibre_as_model(
    model: readings.Reading, calibre: readings.Reading, arm_type: ArmType
) -> tuple[readings.Reading, readings.Reading]:
    text = model.as_written.strip()
    if not text[0].isdigit():  # the maker's name may stand before the calibre
        text = model.value
    if text[0] not in ".0123456789" or text.replace(".", "").isdigit():
        return model, calibre
    found = calibres.read_calibre(text, arm_type)
    if found.rule not in _NAMED or found.certainty is Certainty.DOUBTFUL:
        return model, calibre
    note = message("holds a calibre, no model")
    empty = readings.unread(model.field, model.as_written, "CALIBRE", note)
    if calibre.rule not in _NOT_STATED:
        return (empty, calibre) if found.value == calibre.value else (model, calibre)
    note = SAID.say("FROM_MODEL", words=shorten(model.as_written, 40))
    return empty, _take(calibre, found.value, "FROM_MODEL", note)


def _model_as_calibre(
    model: readings.Reading, calibre: readings.Reading, make: str, arm_type: ArmType
) -> tuple[readings.Reading, readings.Reading]:
    found = models.read_model(calibre.as_written, make, arm_type)
    if found.rule != "ALIAS":
        return model, calibre
    note = message("holds a model (%(model)s), no calibre", model=found.value)
    empty = readings.unread(calibre.field, calibre.as_written, "MODEL", note)
    if model.value:
        return model, empty
    note = SAID.say("FROM_CALIBRE", words=shorten(calibre.as_written, 40))
    return _take(model, found.value, "FROM_CALIBRE", note), empty


def _decide(
    model: readings.Reading, calibre: readings.Reading, make: str
) -> readings.Reading:
    """Decide "7.62" by a model that was made for one cartridge of that width."""
    only = models.calibre_of(model.value, make)
    width = calibre.value.removesuffix(" mm")
    if not only.startswith(f"{width}x"):
        return calibre
    note = SAID.say(
        "CALIBRE_OF_MAKE", written=calibre.value, make=model.value or make, calibre=only
    )
    return _take(calibre, only, "MODEL_DECIDES", note)


def _take(
    reading: readings.Reading, value: str, rule: str, note: Message
) -> readings.Reading:
    sure = Certainty.LIKELY
    return replace(reading, value=value, certainty=sure, rule=rule, note=note)
