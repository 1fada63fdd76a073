"""Signed statements of the ledger's size and root, to be kept elsewhere.

Who holds the server holds the signing key, so only a checkpoint that lies with
somebody else proves that the past was not rewritten.

Source:
    C2SP tlog-checkpoint and signed-note; RFC 6962, 2.1.
"""

import base64
from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import keys, ledger, merkle
from armstrace.audit.models import Checkpoint, LedgerEntry, LedgerHead
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.sources import Source

SAID = Sentences(__package__)
DASH = "\u2014 "
STATED_LINES = 3
KEY_ID_BYTES = 4
SIGNATURES_READ = 16


@dataclass(frozen=True, slots=True)
class Statement:
    """What a checkpoint says."""

    # The log's name.
    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The lines that are signed."""
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n"


def sign_checkpoint(*, signer: keys.Signer, at: datetime) -> str:
    """Sign the ledger as it stands and keep the checkpoint.

    Returns:
        The signed note; that of the last checkpoint where nothing is new.

    Raises:
        RuleBroken: ``LG-01``, the ledger contradicts its head or a checkpoint
            that was signed before.

    Source:
        C2SP tlog-checkpoint: a log never signs what contradicts an earlier
        signature.
    """
    head = LedgerHead.objects.filter(pk=ledger.HEAD).first()
    size = head.size if head else 0
    root = merkle.root_of(ledger.peaks(head.frontier)) if head else merkle.EMPTY_ROOT
    _refuse_contradiction(size, root)
    kept = Checkpoint.objects.filter(pk=size).values_list("note", flat=True).first()
    if kept is not None:
        return kept
    statement = Statement(signer.verifier.name, size, root)
    note = sign(statement, signer)
    Checkpoint.objects.create(size=size, at=at, root=root, note=note)
    return note


def sign(statement: Statement, signer: keys.Signer) -> str:
    """Write a statement as a signed note."""
    signature = signer.private.sign(statement.text.encode())
    line = base64.b64encode(signer.verifier.key_id + signature).decode()
    return f"{statement.text}\n{DASH}{signer.verifier.name} {line}\n"


def read_note(note: str, verifiers: list[keys.Verifier]) -> Statement:
    """Read a checkpoint and check its signature.

    Raises:
        InvalidInput: It is no checkpoint, or no trusted key signed it.
    """
    text, _, signatures = note.replace("\r\n", "\n").partition("\n\n")
    statement = _statement(text.split("\n"))
    lines = signatures.strip("\n").split("\n")[:SIGNATURES_READ]
    verdicts = [v for line in lines if (v := _verdict(line, statement, verifiers))]
    if verdicts and all(verdict == "good" for verdict in verdicts):
        return statement
    msg = SAID.say("SIGNATURE_WRONG") if verdicts else SAID.say("SIGNER_UNKNOWN")
    raise InvalidInput(msg, field="checkpoint")


def _verdict(
    line: str, statement: Statement, verifiers: list[keys.Verifier]
) -> str | None:
    """Judge a signature: good, bad, or None where no known key is named."""
    name, _, packed = line.removeprefix(DASH).partition(" ")
    try:
        raw = base64.b64decode(packed, validate=True)
    except ValueError:
        return "bad"
    for verifier in verifiers:
        if (verifier.name, verifier.key_id) == (name, raw[:KEY_ID_BYTES]):
            content = statement.text.encode()
            is_good = verifier.accepts(raw[KEY_ID_BYTES:], content)
            return "good" if is_good else "bad"
    return None


def _statement(lines: list[str]) -> Statement:
    try:
        origin, size, root = lines[:STATED_LINES]
        statement = Statement(origin, int(size), base64.b64decode(root, validate=True))
        whole = statement.text.rstrip("\n") == "\n".join(lines)
    except ValueError:
        whole, statement = False, Statement("", 0, b"")
    if not whole or len(statement.root) != merkle.HASH_BYTES:
        raise InvalidInput(SAID.say("NO_CHECKPOINT"), field="checkpoint")
    return statement


def _refuse_contradiction(size: int, root: bytes) -> None:
    last = Checkpoint.objects.order_by("-size").first()
    leaves = LedgerEntry.objects.filter(seq__lt=size).order_by("seq")
    frontier: merkle.Frontier = ()
    count = 0
    agrees = last is None or last.size <= size
    for leaf in leaves.values_list("leaf", flat=True).iterator(chunk_size=5000):
        agrees = agrees and _agrees(last, count, frontier)
        frontier = merkle.append(frontier, count, bytes(leaf))
        count += 1
    agrees = agrees and _agrees(last, count, frontier)
    if not agrees or count != size or merkle.root_of(frontier) != root:
        msg = message(
            "The ledger contradicts what it signed before; run “armstrace "
            "ledger verify”."
        )
        raise RuleBroken("LG-01", msg, source=Source("rfc6962", "2.1"))


def _agrees(last: Checkpoint | None, count: int, frontier: merkle.Frontier) -> bool:
    if last is None or last.size != count:
        return True
    return merkle.root_of(frontier) == bytes(last.root)
