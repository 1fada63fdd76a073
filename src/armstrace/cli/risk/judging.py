"""``armstrace risk backtest``: what the scores were worth, from what was examined."""

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from armstrace.analysis.risk.backtest import Backtest, Share
from armstrace.cli import main


def backtest(
    year: Annotated[
        int | None, typer.Option(help="Only examinations of this year.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Judge the scores by what examinations found: precision, lift, area."""
    main.set_up()
    # The application is loaded here: “risk score” needs none of it.
    from armstrace.accounts.actors import system_actor  # noqa: PLC0415
    from armstrace.risk import queries  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415

    found = queries.back_test(viewer=system_actor(Purpose.OVERSIGHT), year=year)
    if as_json:
        told = _document(found.whole) | {
            "by_year": {str(each): _document(test) for each, test in found.by_year},
            "not_examined_in_time": found.late,
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    _say(found.whole)


def _document(test: Backtest) -> dict[str, Any]:
    told = asdict(test)
    told["base_rate"], told["base"] = test.base_rate.share, told["base_rate"]
    told["precision_at"] = {str(k): share.share for k, share in test.precision_at}
    told["at"] = {str(k): asdict(share) for k, share in test.precision_at}
    told["indicators"] = [
        {
            "code": each.code,
            "precision": each.precision.share,
            "recall": each.recall.share,
            "lift": each.lift,
            "interval": None if each.low is None else [each.low, each.high],
            "hits": each.precision.trials,
            "found": each.precision.hits,
        }
        for each in test.indicators
    ]
    return told


def _say(test: Backtest) -> None:
    lane = "of what was drawn by lot" if test.is_by_lot else "of all examined"
    lines = [
        f"{test.examined} examined, {test.found} with arms, parts or ammunition; "
        f"{test.unlisted} of them outside a list, which no lane counts.",
        f"Base rate {lane}: {_share(test.base_rate)}",
        f"Chosen by score: {_share(test.by_score)}",
        f"Area under the curve: {'—' if test.auc is None else f'{test.auc:.3f}'}",
        *(
            f"In the first {number}: {_share(share)}"
            for number, share in test.precision_at
        ),
    ]
    lines += [
        f"  {each.code}: {_share(each.precision)}, lift "
        f"{each.lift:.1f} ({each.low:.1f} to {each.high:.1f})"
        for each in test.indicators
        if each.lift is not None
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _share(share: Share) -> str:
    if share.share is None or share.low is None or share.high is None:
        return "nothing examined"
    return (
        f"{share.hits} of {share.trials} ({share.share:.1%}, "
        f"{share.low:.1%} to {share.high:.1%})"
    )
