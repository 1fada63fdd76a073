"""What a ballistic score does not say; printed wherever a score shows."""

LIMITS = (
    "Misses are common: in one laboratory's own scores about one breech-face pair "
    "in six of the same arm lies in the range of different arms.",
    "Other ammunition, wear, and a replaced slide, barrel or firing pin change the "
    "marks of an arm.",
    "Tools made one after the other can leave alike (subclass) marks on different "
    "arms.",
    "A mark links a cartridge case to a slide or firing pin, not to a frame or a "
    "serial number.",
    "A score is not the probability of a common source; an examiner concludes.",
    "An arm that is no candidate is not excluded.",
)
