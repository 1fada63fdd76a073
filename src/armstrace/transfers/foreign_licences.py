"""What is wrong with the licence of another State on which a transfer rests."""

from collections.abc import Iterator, Mapping

from armstrace.transfers.facts import Asking, Document, Facts
from armstrace.vocabulary.messages import Country, Message, Parameter, message
from armstrace.vocabulary.transfers import PaperKind


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
        yield message(
            "The %(paper)s of %(country)s is on file without the document itself; put "
            "it on file again with its file.",
            **named,
        )
        return
    if not found:
        yield message(
            "The %(paper)s of %(country)s is not on file; attach it.", **named
        )
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
        yield message(
            "The day of issue of the %(paper)s %(number)s is missing; write it down.",
            **named,
        )
    elif paper.kind is PaperKind.IMPORT_LICENCE and paper.issued_on > issued:
        yield message(
            "The %(paper)s %(number)s is dated %(day)s, after the licence of "
            "%(issued)s that it has to precede; issue the licence on that day or "
            "later.",
            **named,
            day=paper.issued_on,
            issued=issued,
        )
    if paper.valid_until and paper.valid_until < asking.on:
        yield message(
            "The %(paper)s %(number)s expired on %(day)s; ask for a valid one.",
            **named,
            day=paper.valid_until,
        )
    yield from _overdrawn(paper, facts, named)
    if paper.quantity is not None and paper.quantity < facts.quantity:
        yield message(
            "The %(paper)s %(number)s is for %(allowed)s, and the goods are "
            "%(quantity)s; correct the quantity.",
            **named,
            allowed=paper.quantity,
            quantity=facts.quantity,
        )
    if paper.recipient and facts.recipient and not _are_same(paper, facts):
        yield message(
            "The %(paper)s %(number)s names another final recipient: %(recipient)s; "
            "correct it.",
            **named,
            recipient=paper.recipient,
        )


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
        yield message(
            "The %(paper)s %(number)s is on file of %(others)s too, and does not say "
            "how many it is for; write its quantity down.",
            **named,
            others=paper.drawn_by,
        )
    elif paper.quantity >= facts.quantity > paper.quantity - paper.drawn:
        yield message(
            "The %(paper)s %(number)s is for %(allowed)s, of which %(drawn)s are drawn "
            "by %(others)s, and the goods are %(quantity)s; correct the quantity, or "
            "attach another licence.",
            **named,
            allowed=paper.quantity,
            drawn=paper.drawn,
            others=paper.drawn_by,
            quantity=facts.quantity,
        )
