"""Make the key store anew when its look-alikes or its keys change; searches go on.

New keys are made beside the old ones, arm by arm; searches use the old until every
arm has the new, then the new, and the old are taken away. Each step is a short
transaction that says how far it came: stopped anywhere, it goes on from there. The
keys are derived, so the ledger has no entry of this.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from armstrace.analysis.marks import folding
from armstrace.analysis.matching import keys
from armstrace.registry import keystore
from armstrace.registry.models import ArmRecord, KeyStoreState
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

ROWS = 1000

Step = KeyStoreState.Step


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a change of look-alikes has come."""

    # NONE, MAKING new keys or CLEARING old ones.
    step: str
    version: int
    # The last arm that is done in this step.
    through: int
    # The last arm of the register.
    last: int

    @property
    def share(self) -> float:
        """The part of the work that is done, 0 to 1; making and clearing are half."""
        if self.step == Step.NONE:
            return 1.0
        half = min(1.0, self.through / self.last) / 2 if self.last else 0.5
        return half + (0.5 if self.step == Step.CLEARING else 0.0)


def standing() -> Standing:
    """Say how far a change has come."""
    newest = ArmRecord.objects.current().order_by("-arm_id").values_list("arm_id")
    last = newest.first()
    state = KeyStoreState.objects.filter(pk=1).first()
    if state is None:
        return Standing(Step.NONE, folding.standard().version, 0, 0)
    return Standing(state.step, state.version, state.through, last[0] if last else 0)


def is_needed() -> bool:
    """Tell whether the look-alikes in force or the keys of an arm are others now."""
    state = KeyStoreState.objects.filter(pk=1).first()
    if state is None:
        return False
    return state.step != Step.NONE or not _is_as_made(state, folding.standard())


def begin(*, anew: bool = False) -> bool:
    """Begin to make keys as they are made now; false where nothing changed.

    Args:
        anew: Whether they are made although nothing changed: what lacks comes back.

    Raises:
        InvalidInput: The look-alikes changed and their version did not.
    """
    wanted = folding.standard()
    with transaction.atomic():
        state = _lock(wanted)
        if state.step != Step.NONE:
            return True
        if _is_as_made(state, wanted) and not anew:
            return False
        if state.version == wanted.version and _in_use(state) != wanted:
            msg = message(
                "The classes of look-alikes changed but their version is still "
                "%(version)s; give the file %(name)s another version.",
                version=wanted.version,
                name=folding.NAME,
            )
            raise InvalidInput(msg, field="version")
        state.other_version, state.other_classes = wanted.version, wanted.classes
        state.step, state.through, state.other_recipe = Step.MAKING, 0, keys.RECIPE
        state.save()
    return True


def advance(*, rows: int = ROWS) -> Standing:
    """Do a step for the next arms."""
    with transaction.atomic():
        state = _lock(folding.standard())
        if state.step != Step.NONE:
            _advance(state, rows)
            state.save()
    return standing()


def run(told: Callable[[Standing], None], *, rows: int = ROWS) -> Standing:
    """Go on until all is done.

    Args:
        told: Hears how far it came after each step.
    """
    now = standing()
    while begin():
        now = advance(rows=rows)
        told(now)
    return now


def _advance(state: KeyStoreState, rows: int) -> None:
    records = list(
        ArmRecord.objects.current()
        .filter(arm_id__gt=state.through)
        .order_by("arm_id")
        .values(*keystore.KEYED)[:rows]
    )
    if not records:
        _end_step(state)
        return
    used, other = keystore.foldings(state)
    own = {row for record in records for row in keystore.rows_of(record, [used])}
    others = {row for record in records for row in keystore.rows_of(record, [other])}
    if state.step == Step.MAKING:
        keystore.change(keystore.INSERT, keystore.INSERT_ARRAYS, sorted(others))
    else:
        gone = sorted(others - own)
        keystore.change(keystore.DELETE, keystore.DELETE_ARRAYS, gone)
    state.through = records[-1]["arm_id"]


def _end_step(state: KeyStoreState) -> None:
    state.through = 0
    if state.step == Step.CLEARING:
        state.step, state.other_version, state.other_classes = Step.NONE, 0, []
        return
    used = state.version, state.classes
    state.version, state.classes = state.other_version, state.other_classes
    state.other_version, state.other_classes = used
    state.recipe, state.other_recipe = state.other_recipe, 0
    state.step = Step.CLEARING


def _is_as_made(state: KeyStoreState, wanted: folding.Folding) -> bool:
    return (_in_use(state), state.recipe) == (wanted, keys.RECIPE)


def _in_use(state: KeyStoreState) -> folding.Folding:
    return folding.Folding(state.version, tuple(state.classes))


def _lock(wanted: folding.Folding) -> KeyStoreState:
    """Lock the state; keys of a store that has none were made by those in force."""
    first = {
        "version": wanted.version,
        "classes": wanted.classes,
        "recipe": keys.RECIPE,
    }
    # A row that is not there cannot be locked.
    KeyStoreState.objects.get_or_create(pk=1, defaults=first)
    return KeyStoreState.objects.select_for_update().get(pk=1)
