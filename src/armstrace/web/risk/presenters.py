"""What pages of risk show: what is stated of goods, and bars with intervals."""

from dataclasses import fields
from datetime import date

from armstrace.analysis.risk.backtest import Backtest, Share, Worth
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.scoring import CUSTOMS
from armstrace.translation import translate
from armstrace.vocabulary.messages import Parameter, message
from armstrace.web.fields import called

WIDTH = 160
NOT_SHOWN = frozenset({"number", "kind"})


def facts(goods: Declaration) -> list[tuple[str, str]]:
    """Give what is stated of goods, in words; what nobody stated is left out."""
    told = ((each.name, getattr(goods, each.name)) for each in fields(goods))
    return [
        (str(called(name)), _said(value))
        for name, value in told
        if value is not None and name not in NOT_SHOWN
    ]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return translate(message("yes") if value else message("no"))
    if value in ("", ()):
        return translate(message("none"))
    if isinstance(value, tuple):
        return " → ".join(map(str, value))
    if isinstance(value, date):
        return translate(message("%(day)s", day=value))
    shown: Parameter = value if isinstance(value, str) else str(value)
    return translate(message("%(value)s", value=shown))


def bars(test: Backtest) -> list[tuple[str, Share]]:
    """Give the precision in the first of a list, the lot, and all by score."""
    named = [
        (translate(message("first %(number)s", number=number)), share)
        for number, share in test.precision_at
    ]
    named.append((translate(message("all chosen by points")), test.by_score))
    if test.is_by_lot:
        named.append((translate(message("selected at random")), test.base_rate))
    return [(name, share) for name, share in named if share.share is not None]


def hits(test: Backtest) -> list[tuple[str, Worth]]:
    """Give the indicators that hit on something examined, the best lift first."""
    hit = [each for each in test.indicators if each.precision.trials]
    ordered = sorted(hit, key=lambda each: -(each.lift or 0))
    return [(translate(CUSTOMS[e.code].title), e) for e in ordered]
