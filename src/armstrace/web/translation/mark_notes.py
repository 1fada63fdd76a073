"""Notes of the readers of marks, in the reader's language.

Notes that stand in the tables of marks are collected for the catalogues with the
words of data files.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.analysis.marks.serial_words import PLACES
from armstrace.web.translation import sentences

NOTES = (
    # Of every mark.
    _("said to be not known, none or another"),
    _("said to be not known or another"),
    _("said to be not known"),
    _("said to have none"),
    # Of makers.
    _("said to be one that is not on the writer's list"),
    _("said to be home made"),
    _("not in the table of makers; kept as written"),
    _("says how the mark stands, no name"),
    _("the field holds no name"),
    _("names a country, no maker"),
    _("holds no name of a maker"),
    _("holds a calibre (%(calibre)s), no maker"),
    _("holds a kind of arm, no maker"),
    _("code %(code)s of the list in use"),
    _("“%(words)s” stands beside the name"),
    _("other words stand beside the name"),
    _("names a model of %(make)s, not the maker"),
    _("the mark also names %(makes)s"),
    _("the words tell that it is doubtful: %(doubt)s"),
    _("read as %(make)s: signs that look like letters"),
    _("read as %(make)s: 1 letter differ"),
    _("read as %(make)s: %(letters)s letters differ"),
    _("read as %(make)s: the name is cut short"),
    # Of models and calibres.
    _("repeats the maker; no model is given"),
    _("names a place of makers; no model is given"),
    _("holds a calibre, no model"),
    _("holds a model (%(model)s), no calibre"),
    _("taken from the model field, which holds “%(words)s”"),
    _("taken from the calibre field, which holds “%(words)s”"),
    _("“%(written)s” on %(make)s is %(calibre)s"),
    _("a code of the list in use"),
    _("the text names %(calibre)s too"),
    _("“%(words)s” stands beside the calibre"),
    _("a load is named beside"),
    _("read from the dimensions"),
    _("not in the table of cartridges"),
    _("not in the table of cartridges; kept as written"),
    _("read as %(calibre)s: the spelling differs"),
    _("a shotgun bore on a short arm; look whether it was miswritten"),
    _("the field holds words, no calibre"),
    _("millimetres are written, which cannot be meant"),
    # Of serial numbers.
    _("the field holds control characters"),
    _("only the first %(number)s characters were read"),
    _("the field is longer than %(number)s characters"),
    _("a spreadsheet read it as a number: leading zeros may be lost"),
    _("no letter or digit is in it"),
    _("a sign that is no letter or digit was left out"),
    _("zeros only: taken as a filler, not as a number"),
    _("very short: perhaps an assembly number"),
    _("the field holds words, no number"),
    _("not found or not stated; this is not the same as none"),
    _("the characters read are not given"),
    _("gone through wear or rust; not said to be deliberate"),
    _("cannot be read; not said to be deliberate"),
    _("said to have none; whether it ever had one is not said"),
    _("the characters restored are not given"),
    _("also reads %(others)s"),
    _("read %(places)s, not on the frame"),
    _("carries a holder's property mark"),
    _("repeats the make, the model or the calibre; not a serial number"),
    _("%(what)s, not a serial number"),
    _("a measure"),
    _("a procedure number"),
    _("an approval number"),
    _("an inventory number"),
    _("a patent number"),
    # Of kinds, countries and other marks.
    _("no known word for an arm, a part or ammunition"),
    _("no country of this name is known"),
    _("a mark of the country of origin, not of import"),
    _("no importing State can be read"),
    _("the serial number %(serial)s was given at import"),
    _("proof does not tell where the arm was made"),
    _(
        "a manufacturer's mark: country %(country)s, maker %(maker)s, year %(year)s, "
        "model %(model)s, serial %(serial)s, calibre %(calibre)s"
    ),
)
APART = "; "


def said(note: str) -> str:
    """Give a note in the reader's language, part by part where it has several."""
    parts = note.split(APART)
    told = []
    while parts:
        size = next(n for n in range(len(parts), 0, -1) if n == 1 or _is_one(parts[:n]))
        one = APART.join(parts[:size])
        told.append(sentences.said(one, NOTES, WITHIN))
        parts = parts[size:]
    return APART.join(told)


def _is_one(parts: list[str]) -> bool:
    note = APART.join(parts)
    return note in NOTES or gettext(note) != note


def _places(words: str) -> str:
    return sentences.labels_said(words, [place.label for place in PLACES])


WITHIN = {"what": gettext, "doubt": gettext, "places": _places}
