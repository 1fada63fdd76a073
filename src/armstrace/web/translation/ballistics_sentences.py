"""Sentences of the methods and records of ballistics, in the reader's language."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.web.translation import sentences

SENTENCES = (
    # What a score does not say.
    _(
        "Misses are common: in one laboratory's own scores about one breech-face pair "
        "in six of the same arm lies in the range of different arms."
    ),
    _(
        "Other ammunition, wear, and a replaced slide, barrel or firing pin change the "
        "marks of an arm."
    ),
    _(
        "Tools made one after the other can leave alike (subclass) marks on different "
        "arms."
    ),
    _(
        "A mark links a cartridge case to a slide or firing pin, not to a frame or a "
        "serial number."
    ),
    _("A score is not the probability of a common source; an examiner concludes."),
    _("An arm that is no candidate is not excluded."),
    # How a scan was understood.
    _(
        "Steps above 1 mm were declared, so lengths are taken to be in micrometres, "
        "not metres; heights and steps were divided by 1,000,000."
    ),
    _(
        "The description (main.xml) differs from its checksum: it was edited after it "
        "was written."
    ),
    _("The points have no checksum, so a change would not show."),
    _(
        "Heights are floating-point numbers and are taken as they stand; the increment "
        "%(increment)s and offset %(offset)s of the z axis are not applied."
    ),
    _("The file carries a drawn mask, which is not applied."),
    # Why no ratio is given.
    _("No reference set fits, so no likelihood ratio is given."),
    _("Fewer than %(fewest)s cells could be compared."),
    _("%(name)s does not fit (%(misfits)s)."),
    # What speaks against relying on a mark or a comparison.
    _(
        "Both marks have one and the same scan, so their agreement says nothing of "
        "their sources."
    ),
    _("The region of %(mark)s was proposed, and no person has checked it."),
    _("The marks are of two calibres: %(one)s and %(two)s."),
    _(
        "%(mark)s is said to be of calibre %(said)s, and %(owner)s is on record as "
        "%(calibre)s."
    ),
    _(
        "%(owner)s is a revolver, which has no slide; a breech face of it is that of "
        "its frame."
    ),
    _(
        "%(comparison)s found %(congruent)s of %(cells)s cells of the same marks with "
        "another %(settings)s."
    ),
    # Of the list that joins marks and shots.
    _("The marks do not name this arm."),
    _(
        "%(pair)s: %(congruent)s of %(cells)s cells congruent, likelihood ratio "
        "10^%(log10)s."
    ),
    _(
        "%(pair)s: %(congruent)s of %(cells)s cells congruent, no reference set fits, "
        "so it is not weighed."
    ),
    _(
        "Weighed by 10^%(log10)s: the mean of %(count)s, lessened because a part may "
        "have been exchanged."
    ),
    _("Two examiners identified the part."),
    _("Two examiners eliminated the part, not the arm."),
    _(
        "It is none of the registered arms with probability %(absent)s, and a "
        "registered arm that is not listed with %(others)s."
    ),
    _(
        "%(silent)s of %(arms)s arms have no test fire that was compared; shots say "
        "nothing for or against them."
    ),
    _("Comparisons without a reference set are not weighed."),
    _(
        "A part moved from one arm to another is followed only as far as the part: the "
        "frame and its serial number remain unknown."
    ),
)
CRITERIA = (
    _("recovered within 80 kilometres of an international border"),
    _("recovered by customs or border officials"),
    _("recovered from suspected traffickers of any contraband"),
    _("recovered in a group of three or more firearms"),
    _("related to terrorist activities"),
    _("recovered from a person who resides in another country"),
)
PAIR = _("%(kind)s %(mine)s with %(theirs)s")
PAIR_SAID = re.compile(r"(?P<kind>.+) (?P<mine>\S+) with (?P<theirs>\S+)")
MISFIT = _("%(field)s: the set has %(mine)s, the case has %(theirs)s")
FIELDS = (_("mark"), _("maker"), _("calibre"), _("instrument"), _("method"))
SETTINGS = (_("region"), _("orientation"), _("offset"), _("band"), _("tolerance"))


def said(sentence: str) -> str:
    """Give a sentence in the reader's language; as it is where it is not known.

    Args:
        sentence: In English, as a method or a record says it.
    """
    return sentences.said(sentence, SENTENCES, WITHIN)


def all_said(told: Iterable[str]) -> list[str]:
    """Give sentences in the reader's language."""
    return [said(each) for each in told]


def _pair(words: str) -> str:
    found = PAIR_SAID.fullmatch(words)
    if found is None:
        return words
    kind = gettext(found["kind"].lower())
    return gettext(PAIR) % (found.groupdict() | {"kind": kind[:1].upper() + kind[1:]})


def _misfits(words: str) -> str:
    within = dict.fromkeys(("field", "mine", "theirs"), gettext)
    return "; ".join(
        sentences.said(each, (MISFIT,), within) for each in words.split("; ")
    )


def _settings(words: str) -> str:
    return ", ".join(gettext(each) for each in words.split(", "))


WITHIN = {"pair": _pair, "misfits": _misfits, "settings": _settings}
