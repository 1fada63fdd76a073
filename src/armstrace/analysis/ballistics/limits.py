"""What a ballistic score does not say; printed wherever a score shows."""

from armstrace.vocabulary.messages import message

LIMITS = (
    message(
        "Misses are common: in one laboratory's own scores about one breech-face pair "
        "in six of the same arm lies in the range of different arms."
    ),
    message(
        "Other ammunition, wear, and a replaced slide, barrel or firing pin change the "
        "marks of an arm."
    ),
    message(
        "Tools made one after the other can leave alike (subclass) marks on different "
        "arms."
    ),
    message(
        "A mark links a cartridge case to a slide or firing pin, not to a frame or a "
        "serial number."
    ),
    message(
        "A score is not the probability of a common source; an examiner concludes."
    ),
    message("An arm that is not a candidate cannot be excluded."),
)
