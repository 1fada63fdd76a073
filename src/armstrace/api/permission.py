"""Who may do nothing in an area is told so before what was wrong with the fields."""

from functools import cache

from armstrace.accounts import policy
from armstrace.vocabulary.accounts import TokenScope
from armstrace.vocabulary.actors import Actor

# What the policy calls the things that an area of the API acts on.
THINGS = {
    "ballistics": ("ballistics",),
    "cases": ("case",),
    "certificates": ("certificate",),
    "consignments": ("transfer", "case"),
    "custody": ("exhibit",),
    "deactivations": ("deactivation",),
    "destruction": ("disposal",),
    "holders": ("holder",),
    "indicator": ("indicator",),
    "intake": ("intake",),
    "intelligence": ("intelligence",),
    "judgements": ("recovery",),
    "licences": ("licence",),
    "matching": ("matching",),
    "photographs": ("evidence",),
    "procedures": ("procedure",),
    "recoveries": ("recovery",),
    "registry": ("registry",),
    "returns": ("return",),
    "risk": ("declaration",),
    "steps": ("step", "recovery"),
    "stockpiles": ("stock",),
    "traces": ("trace", "recovery"),
    "trade": ("trade", "holder", "registry", "intake"),
    "transfers": ("transfer",),
    "vetting": ("vetting", "hit"),
    "warnings": ("warning", "case"),
}


def require_some(area: str, *, by: Actor) -> None:
    """Refuse whoever may do nothing in an area but read.

    Raises:
        NotPermitted: As the first act of the area would.
    """
    acts = acts_in(area)
    if acts and not any(map(by.may, acts)):
        by.require(acts[0])


@cache
def acts_in(area: str) -> tuple[str, ...]:
    """Give the lines of the policy that change something in an area."""
    return tuple(
        each.action
        for each in policy.policy()
        if each.action.partition(".")[0] in THINGS.get(area, ())
        and policy.scope_of(each.action) is not TokenScope.READ
    )
