"""Evidence for and against an arm, in the reader's language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.analysis.matching.editing import Place
from armstrace.analysis.matching.explaining import Evidence, differences
from armstrace.analysis.matching.rank import Candidate
from armstrace.vocabulary.matching import Agreement, Difference, MatchClass
from armstrace.web.translation import sentences

FIELDS = {
    "make": _("make"),
    "model": _("model"),
    "calibre": _("calibre"),
    "type": _("type"),
    "country": _("country of manufacture"),
    "import_country": _("import country"),
    "serial": _("serial"),
}
DIFFERENCES = {
    Difference.LOOK_ALIKE: _("%(read)s read for %(registered)s, a look-alike"),
    Difference.SUBSTITUTED: _("%(read)s read for %(registered)s"),
    Difference.TRANSPOSED: _("%(read)s read for %(registered)s, exchanged"),
    Difference.MISSED: _("%(registered)s left out"),
    Difference.ADDED: _("%(read)s added"),
    Difference.UNREAD: _("%(registered)s not read"),
    Difference.LOST_START: _("%(registered)s lost at the start"),
    Difference.LOST_END: _("%(registered)s lost at the end"),
    Difference.ADDED_START: _("%(read)s added at the start"),
}
# Sentences that matching gives as they stand; the tests hold them to it.
SENTENCES = (
    _(
        "Too little of a serial was read: read at least two characters, and leave no "
        "more than four as ?."
    ),
    _(
        "No usable serial was read and more than 50 registered arms are alike: the "
        "serial is what is needed."
    ),
    _(
        "More registered arms fit what was read than can be listed: read more of the "
        "marks."
    ),
    _("No serial number was read, so no earlier recovery can be told apart."),
    _("model and serial taken for each other"),
    _("model written before the serial"),
    _("model written for the serial"),
    _("number of the import mark taken for the serial"),
    _("%(make)s %(serial)s: make and whole serial agree"),
)


def field(name: str) -> str:
    """Name a field that is compared."""
    return gettext(FIELDS[name])


def sentence(text: str) -> str:
    """Say a sentence of matching in the reader's language."""
    return sentences.said(text, SENTENCES)


def serial(one: Candidate) -> str:
    """Say how the two serials differ; empty where there are not two."""
    if one.match_class is None:
        return ""
    if one.match_class is MatchClass.EXACT:
        return gettext("serial agrees")
    phrases = [_difference(place) for place in differences(one.places)]
    return ", ".join(phrases) or gettext("agrees in all that was read")


def evidence(one: Candidate, row: Evidence) -> str:
    """Say what one field says, without its bits."""
    if row.field == "serial" and one.match_class is not None:
        return serial(one)
    return f"{field(row.field)} {gettext(row.agreement.label)}{_values(row)}"


def _difference(place: Place) -> str:
    values = {"read": place.read, "registered": place.registered}
    return gettext(DIFFERENCES[place.kind]) % values


def _values(row: Evidence) -> str:
    if row.agreement not in {Agreement.CLOSE, Agreement.DIFFERS}:
        return ""
    return f" ({row.read} ↔ {row.registered})"
