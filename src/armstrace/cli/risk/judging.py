"""``armstrace risk backtest``: what the scores were worth, from what was examined."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from armstrace.analysis.risk.backtest import Backtest, Share
from armstrace.cli import main, options, telling
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


def backtest(
    year: Annotated[
        int | None, typer.Option(help="Only examinations of this year.")
    ] = None,
    *,
    as_json: options.AsJson = False,
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
        telling.show_json(told)
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
    base = _share(test.base_rate)
    lines = [
        SAID.say(
            "EXAMINED", examined=test.examined, found=test.found, unlisted=test.unlisted
        ),
        message("Base rate of what was selected at random: %(share)s", share=base)
        if test.is_by_lot
        else message("Base rate of all examined: %(share)s", share=base),
        message("Chosen by score: %(share)s", share=_share(test.by_score)),
        SAID.say(
            "AREA_UNDER_CURVE", area="—" if test.auc is None else f"{test.auc:.3f}"
        ),
        *(
            message("In the first %(number)s: %(share)s", number=n, share=_share(share))
            for n, share in test.precision_at
        ),
        *(
            SAID.say(
                "LIFT",
                code=each.code,
                share=_share(each.precision),
                lift=f"{each.lift:.1f} ({each.low:.1f} – {each.high:.1f})",
            )
            for each in test.indicators
            if each.lift is not None
        ),
    ]
    for each in lines:
        telling.tell(each)


def _share(share: Share) -> Message:
    if share.share is None or share.low is None or share.high is None:
        return message("nothing examined")
    return SAID.say(
        "HITS",
        hits=share.hits,
        trials=share.trials,
        share=f"{share.share:.1%}, {share.low:.1%} – {share.high:.1%}",
    )
