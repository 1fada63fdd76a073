"""One entry with the proof that it stands in the ledger, for whoever checks it."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import bodies, checkpoints, keys, ledger, merkle, moments
from armstrace.audit.models import Checkpoint, Justification, LedgerEntry, LedgerHead
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class EntryProved:
    """An entry and its proof."""

    seq: int
    at: datetime
    act: str
    operation: str
    actor: str
    body: str
    # The same, name by name.
    told: tuple[tuple[str, object], ...]
    leaf: str
    size: int
    root: str
    # The hashes from the leaf to the root, in hexadecimal.
    path: tuple[str, ...]
    is_included: bool
    # Size of the smallest signed checkpoint over it; None where none is.
    signed: int | None
    # Why, in the person's words; "" where none is kept.
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the ledger stands to a checkpoint that was kept."""

    size: int
    is_kept: bool


def entry(seq: int, *, viewer: Actor, at: datetime) -> EntryProved:
    """Give one entry with its inclusion proof; the reading is an entry itself.

    Source:
        RFC 9162, 2.1.3: whoever has the root needs no trust in the server.
    """
    viewer.require("ledger.view")
    found = LedgerEntry.objects.filter(pk=seq).first()
    if found is None:
        msg = message("The ledger has no entry %(seq)s; look at the list.", seq=seq)
        raise NotFound(msg)
    leaves = _leaves()
    path = merkle.inclusion_proof(leaves, seq)
    root = merkle.root(leaves)
    leaf = merkle.leaf_hash(found.body.encode("utf-8", "surrogatepass"))
    with ledger.entry("ledger.read", by=viewer, at=at, op=Operation.CONSULT) as note:
        note.note(entry=seq)
    over = Checkpoint.objects.filter(size__gt=seq).order_by("size").first()
    said = Justification.objects.filter(pk=seq).first()
    return fill(
        EntryProved,
        found,
        told=tuple(sorted(bodies.members(found.body).items())),
        leaf=leaf.hex(),
        size=len(leaves),
        root=root.hex(),
        path=tuple(step.hex() for step in path),
        is_included=merkle.includes((len(leaves), root), seq, leaf, proof=path),
        signed=over.size if over else None,
        reason=said.text if said else "",
    )


def compare(note: str, *, viewer: Actor) -> Comparison:
    """Tell whether the ledger grew out of a checkpoint that was kept.

    Raises:
        InvalidInput: It is no checkpoint, or no known key signed it.

    Source:
        RFC 6962, 2.1.2.
    """
    viewer.require("ledger.verify")
    kept = checkpoints.read_note(note, keys.verifiers(keys.folder()))
    with moments.one_moment():  # writers go on, between the leaves and the head too
        leaves = _leaves()
        head = LedgerHead.objects.filter(pk=ledger.HEAD).first()
    if kept.size > len(leaves):
        return Comparison(kept.size, is_kept=False)
    now = len(leaves), merkle.root(leaves)
    proof = merkle.consistency_proof(leaves, kept.size)
    agrees = head is None or merkle.root_of(ledger.peaks(head.frontier)) == now[1]
    is_kept = merkle.grew((kept.size, kept.root), now, proof)
    return Comparison(kept.size, is_kept=is_kept and agrees)


def _leaves() -> list[bytes]:
    found = LedgerEntry.objects.order_by("seq").values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in found.iterator(chunk_size=5000)]
