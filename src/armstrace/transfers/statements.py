"""What is wrong with the end-user statement on which a transfer rests."""

from collections.abc import Iterator

from armstrace.transfers.facts import Asking, Document, Facts
from armstrace.transfers.foreign_licences import plain
from armstrace.vocabulary.messages import Country, Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.transfers import Moment, PaperKind

SAID = Sentences(__package__)


def missing(facts: Facts, asking: Asking) -> Iterator[Message]:
    """Say what is wrong with every statement on file; nothing where one is sound."""
    found = list(facts.of_kind(PaperKind.END_USER))
    if not found:
        if asking.moment is Moment.ISSUE:
            yield message("The end-user statement is not on file; attach it.")
        return
    faults = [list(_faults(each, facts, asking)) for each in found]
    if all(faults):
        yield from dict.fromkeys(said for lacks in faults for said in lacks)


def _faults(paper: Document, facts: Facts, asking: Asking) -> Iterator[Message]:
    if paper.valid_until and paper.valid_until < asking.on:
        yield SAID.say("STATEMENT_EXPIRED", day=paper.valid_until)
    if asking.moment is Moment.DEPARTURE:
        return  # what else it lacks was weighed when it was issued
    if paper.used_for:
        yield SAID.say("STATEMENT_USED", number=paper.number, other=paper.used_for)
    yield from _of_others(paper, facts)
    if not (paper.signatory.strip() and paper.signatory_title.strip()):
        yield SAID.say("STATEMENT_UNSIGNED")
    if paper.quantity is not None and paper.quantity < facts.quantity:
        yield SAID.say(
            "STATEMENT_TOO_SMALL", allowed=paper.quantity, quantity=facts.quantity
        )
    if asking.rule.is_civilian and paper.is_civilian is not True:
        yield message("The end-user statement does not promise civilian use only.")


def _of_others(paper: Document, facts: Facts) -> Iterator[Message]:
    """Say that it was given for another State or to another end user."""
    if paper.country and facts.import_country and paper.country != facts.import_country:
        yield SAID.say(
            "STATEMENT_OF_OTHER_STATE",
            country=Country(paper.country),
            to=Country(facts.import_country),
        )
    parties = {plain(each) for each in (facts.end_user, facts.recipient)} - {""}
    if paper.recipient and parties and plain(paper.recipient) not in parties:
        yield SAID.say("STATEMENT_OF_OTHER_RECIPIENT", recipient=paper.recipient)
