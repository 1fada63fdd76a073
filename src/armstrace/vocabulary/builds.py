"""How an arm is built, as far as the category of an arm in law depends on it.

Source:
    Directive (EU) 2021/555, Annex I, Parts II and IV.
"""

from armstrace.vocabulary.codes import Code


class Action(Code):
    AUTOMATIC = "AUTOMATIC", "automatic"
    SEMI_AUTOMATIC = "SEMI_AUTOMATIC", "semi-automatic"
    REPEATING = "REPEATING", "repeating"
    SINGLE_SHOT = "SINGLE_SHOT", "single-shot"


class Ignition(Code):
    CENTRE_FIRE = "CENTRE_FIRE", "centre-fire"
    RIMFIRE = "RIMFIRE", "rimfire"


class Bore(Code):
    RIFLED = "RIFLED", "rifled"
    SMOOTH = "SMOOTH", "smooth"


class Trait(Code):
    """What sets an arm apart from others of its action."""

    NONE = "NONE", "none of these"
    DISGUISED = "DISGUISED", "disguised as another object"
    WAS_AUTOMATIC = "WAS_AUTOMATIC", "automatic arm made semi-automatic"
    FOLDS = "FOLDS", "fires from the shoulder, folds to less than 60 cm"
    LOOKS_AUTOMATIC = "LOOKS_AUTOMATIC", "looks like an automatic arm"
    DETACHABLE = "DETACHABLE", "loading device that can be replaced by a larger one"


class Length(Code):
    SHORT = "SHORT", "short"
    LONG = "LONG", "long"


class BuildFact(Code):
    """What has to be known of an arm to tell its category."""

    ACTION = "ACTION", "action"
    IGNITION = "IGNITION", "ignition"
    BORE = "BORE", "bore"
    TRAIT = "TRAIT", "trait"
    ROUNDS = "ROUNDS", "rounds without reloading"
    BARREL = "BARREL", "length of the barrel"
    OVERALL = "OVERALL", "overall length"
