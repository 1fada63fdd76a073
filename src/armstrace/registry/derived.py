"""Compare what is derived from the register with a sample of its records.

The ledger vouches for records, not for what is made of them. ``key_check`` compares
every key; this is quick enough to be asked each time.
"""

from dataclasses import dataclass

from django.db.models import Max, Q

from armstrace.analysis.matching.population import Counts
from armstrace.registry import keystore
from armstrace.registry.models import (
    ArmRecord,
    KeyStoreState,
    PopulationSnapshot,
    SerialKey,
)
from armstrace.registry.population import CARD_COLUMNS, REGISTER, card_of

SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Derived:
    """How derived rows stand to a sample of the register."""

    arms: int
    without_keys: tuple[int, ...]
    # Those that the frequencies of matching do not count.
    uncounted: tuple[int, ...]
    # Whether these frequencies count as many arms as they say.
    is_sum_right: bool


def sample(size: int = SAMPLE) -> Derived:
    """Look at the latest arms, and at as many spread evenly over the register."""
    last = ArmRecord.objects.aggregate(last=Max("pk"))["last"] or 0
    step = max(1, last // size)
    chosen = Q(pk__gt=last - size) | Q(pk__in=range(last, 0, -step))
    rows = ArmRecord.objects.current().filter(chosen)
    records = list(rows.values("pk", *{*keystore.KEYED, *CARD_COLUMNS}))
    uncounted, is_sum_right = _find_uncounted(records)
    return Derived(len(records), _without_keys(records), uncounted, is_sum_right)


def _without_keys(records: list[dict[str, object]]) -> tuple[int, ...]:
    used = keystore.foldings(KeyStoreState.objects.filter(pk=1).first())[:1]
    made = {row for record in records for row in keystore.rows_of(record, used)}
    kept: set[keystore.Row] = set()
    wanted = sorted({key for key, _, _ in made})
    for at in range(0, len(wanted), SAMPLE):
        rows = SerialKey.objects.filter(key__in=wanted[at : at + SAMPLE])
        kept |= made.intersection(rows.values_list("key", "make_code", "arm_id"))
    return tuple(sorted({arm for _, _, arm in made - kept}))


def _find_uncounted(records: list[dict[str, object]]) -> tuple[tuple[int, ...], bool]:
    kept = PopulationSnapshot.objects.filter(pk=REGISTER.snapshot).first()
    if kept is None:
        return (), True
    counts = Counts.from_json(kept.counts)
    lacks = []
    for record in records:
        own = Counts()
        own.add(card_of([record[name] for name in CARD_COLUMNS]))
        is_known = record["pk"] <= kept.last_record  # type: ignore[operator]
        if is_known and not own.profiles.keys() <= counts.profiles.keys():
            lacks.append(record["arm_id"])
    arms = tuple(sorted(lacks))  # type: ignore[type-var]
    return arms, counts.profiles.total() == kept.arms  # type: ignore[return-value]
