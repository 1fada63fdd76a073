"""Files, batches and held rows as their pages show them."""

import itertools
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.intake.fields import IntakeKind
from armstrace.intake.outcomes import SKIP_REASON, Reason
from armstrace.intake.preview import Preview
from armstrace.intake.queries import BatchCard
from armstrace.intake.tally import Tally
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.web import jobs

SHOWN_HELD = 20


# Name, beginning and length of the parts of a bar, as shares of it (0 to 1).
type Split = list[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class BatchShown:
    card: BatchCard
    job: jobs.JobShown
    split: Split
    reasons: tuple[tuple[str, str, int], ...]


def batch(card: BatchCard) -> BatchShown:
    """Give a loaded file with its state in words."""
    card = as_it_stands(card)
    skips = {reason.value for reason in SKIP_REASON.values()}
    skipped = {code: n for code, n in card.by_reason.items() if code in skips}
    return BatchShown(
        card=card,
        job=jobs.present(
            card.job,
            address=reverse("batch", args=[card.id]),
            go_on=reverse("batch-go-on", args=[card.id]),
        ),
        split=split(card, card.rows_expected),
        reasons=reasons(skipped | dict(card.open_by_reason)),
    )


def as_it_stands(card: BatchCard) -> BatchCard:
    """Count mended rows as loaded and dismissed ones as skipped."""
    settled = card.mended + card.dismissed
    return replace(
        card,
        rows_loaded=card.rows_loaded + card.mended,
        rows_held=max(0, card.rows_held - settled),
        rows_skipped=card.rows_skipped + card.dismissed,
    )


def preview(seen: Preview) -> dict[str, object]:
    """Give what would become of a file."""
    return {
        "seen": seen,
        "classes": dict(sorted(seen.tally.arms_by_class.items())),
        "held": seen.held[:SHOWN_HELD],
        "split": split(seen.tally),
    }


def split(counted: BatchCard | Tally, whole: int = 0) -> Split:
    """Give shares of a bar that stands for all rows, or for those to be read."""
    total = max(1, whole, counted.rows_read)
    parts = ("loaded", "held", "skipped")
    shares = [getattr(counted, f"rows_{name}") / total for name in parts]
    return list(zip(parts, itertools.accumulate([0.0, *shares]), shares, strict=False))


def reasons(counted: dict[str, int]) -> tuple[tuple[str, str, int], ...]:
    """Give (code, words, rows) of each reason, the most frequent first."""
    ordered = sorted(counted.items(), key=lambda pair: -pair[1])
    return tuple((code, gettext(Reason.words(code)), n) for code, n in ordered)


def kind_of(text: str) -> IntakeKind | None:
    """Read what the rows are; None where it was not said."""
    return next((kind for kind in IntakeKind if kind.value == text), None)


def kind_named(text: str) -> IntakeKind:
    """Read what the rows are."""
    kind = kind_of(text)
    if kind is None:
        msg = message(
            "Rows of this kind cannot be loaded; choose a kind from the list."
        )
        raise NotFound(msg)
    return kind


def kinds() -> list[tuple[str, str]]:
    """Give what the rows of a file may be, each with its words."""
    return [(k.value, gettext(k.label)) for k in IntakeKind]


def file_address(token: str, kind: str, profile: str = "") -> str:
    """Give the address of a file on its way in."""
    given = {"kind": kind, "profile": profile}
    query = {name: value for name, value in given.items() if value}
    return reverse("intake-file", args=[token], query=query)
