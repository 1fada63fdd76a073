"""Candidates as the pages show them: chances, aligned serials, bits."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.matching.explaining import FIELD_WORDS, Evidence
from armstrace.vocabulary.matching import Agreement
from armstrace.web.drawing import waterfall

SIGNS = {
    Agreement.AGREES: "agree",
    Agreement.CLOSE: "agree",
    Agreement.DIFFERS: "differ",
    Agreement.NOT_RECORDED: "unknown",
    Agreement.NOT_READ: "unknown",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A field beside the record: its sign, its name, its words."""

    sign: str
    name: str
    words: str


def compared(evidence: Iterable[Evidence]) -> tuple[Compared, ...]:
    """Say for each described field whether it agrees, differs or is not known."""
    return tuple(
        Compared(
            SIGNS[one.agreement],
            gettext(FIELD_WORDS[one.field]),
            _values(one),
        )
        for one in evidence
        if one.field != "serial"
    )


def bits(evidence: Iterable[Evidence], *, before: float) -> waterfall.Waterfall:
    """Draw the evidence as a waterfall.

    Args:
        evidence: What each field says.
        before: Bits before anything was compared.
    """
    steps = [waterfall.Step(gettext("before comparing"), before)]
    steps += [
        waterfall.Step(gettext(FIELD_WORDS[one.field]), one.bits, one.words)
        for one in evidence
    ]
    return waterfall.draw(steps, total_name=gettext("together"))


def _values(one: Evidence) -> str:
    if one.agreement is Agreement.AGREES:
        return one.registered
    if one.agreement is Agreement.NOT_READ:
        return gettext("not read; registered as %(registered)s") % {
            "registered": one.registered or gettext("not known")
        }
    if one.agreement is Agreement.NOT_RECORDED:
        return gettext("read %(read)s; not in the record") % {"read": one.read}
    return gettext("read %(read)s, registered %(registered)s") % {
        "read": one.read,
        "registered": one.registered,
    }
