"""What is wrong with the licence of another State on which a transfer rests."""

from collections.abc import Iterator, Mapping

from armstrace.transfers.facts import Asking, Document, Facts
from armstrace.vocabulary.messages import Country, Message, Parameter
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.transfers import PaperKind

SAID = Sentences(__package__)


def missing(kind: PaperKind, facts: Facts, asking: Asking) -> Iterator[Message]:
    """Say what is wrong with the licence of another State on which a transfer rests.

    Of import licences that is the last on file, which alone is drawn; of export
    licences the best.
    """
    is_import = kind is PaperKind.IMPORT_LICENCE
    country = facts.import_country if is_import else facts.export_country
    named = {"paper": kind, "country": Country(country or "—")}
    told = list(facts.of_kind(kind, country))
    found = [each for each in told if each.is_kept]
    if told and not found:
        yield SAID.say("FOREIGN_WITHOUT_FILE", **named)
        return
    if not found:
        yield SAID.say("FOREIGN_MISSING", **named)
        return
    found = found[-1:] if is_import else found
    faults = [list(_faults_of_licence(each, facts, asking)) for each in found]
    yield from min(faults, key=len)


def _faults_of_licence(
    paper: Document, facts: Facts, asking: Asking
) -> Iterator[Message]:
    named = {"paper": paper.kind, "number": paper.number or "—"}
    issued = facts.issued_on or asking.on
    if paper.issued_on is None:
        yield SAID.say("FOREIGN_WITHOUT_DAY", **named)
    elif paper.kind is PaperKind.IMPORT_LICENCE and paper.issued_on > issued:
        yield SAID.say("FOREIGN_LATE", **named, day=paper.issued_on, issued=issued)
    if paper.valid_until and paper.valid_until < asking.on:
        yield SAID.say("FOREIGN_EXPIRED", **named, day=paper.valid_until)
    yield from _overdrawn(paper, facts, named)
    if paper.quantity is not None and paper.quantity < facts.quantity:
        yield SAID.say(
            "FOREIGN_TOO_SMALL",
            **named,
            allowed=paper.quantity,
            quantity=facts.quantity,
        )
    if paper.recipient and facts.recipient and not _are_same(paper, facts):
        yield SAID.say("FOREIGN_OTHER_RECIPIENT", **named, recipient=paper.recipient)


def _are_same(paper: Document, facts: Facts) -> bool:
    return plain(paper.recipient) == plain(facts.recipient)


def plain(text: str) -> str:
    """Give a name without case and with single spaces."""
    return " ".join(text.casefold().split())


def _overdrawn(
    paper: Document, facts: Facts, named: Mapping[str, Parameter]
) -> Iterator[Message]:
    """Say that too little is left of a licence on which other authorisations rest."""
    if not paper.drawn_by:
        return
    if paper.quantity is None:
        yield SAID.say("FOREIGN_WITHOUT_QUANTITY", **named, others=paper.drawn_by)
    elif paper.quantity >= facts.quantity > paper.quantity - paper.drawn:
        yield SAID.say(
            "FOREIGN_DRAWN",
            **named,
            allowed=paper.quantity,
            drawn=paper.drawn,
            others=paper.drawn_by,
            quantity=facts.quantity,
        )
