"""Open campaigns, and take in what people hand in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import chain
from pathlib import Path

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.accounts.models import User
from armstrace.analysis.marks.description import Description
from armstrace.audit import ledger
from armstrace.collection import doubles, published, queries, rules
from armstrace.collection.inputs import CampaignInput, HandInInput, Rate
from armstrace.collection.models import Campaign, CampaignRate, CountsCorrection, HandIn
from armstrace.custody.actions import handing
from armstrace.custody.models import CustodyEvent, Exhibit
from armstrace.custody.standing import Told
from armstrace.disposal.conditions import Item, states_of
from armstrace.evidence import actions as evidence
from armstrace.evidence import pictures
from armstrace.evidence import rules as files
from armstrace.records import closing, lengths
from armstrace.recoveries import nameless
from armstrace.recoveries.actions import observing, recording
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.stockpiles.standing import STATE_HOLDS
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import IN_CUSTODY, MISSING, ArmType
from armstrace.vocabulary.collection import HELD, Amnesty, HandInState, Incentive
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.look_alikes import skeleton
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.texts import shorten

TEXTS = lengths.limits(Campaign, ("name", "currency"), of=CampaignInput)
DESK = lengths.Limit("places", str, 120)
OBSERVER = lengths.limits(HandIn, ["observer"])


def open_campaign(*, given: CampaignInput, by: Actor, at: datetime) -> Campaign:
    """Open a campaign of the actor's agency with its incentives.

    Raises:
        RuleBroken: ``CL-01``, it has no end, or one that is past; ``CL-04``, a rate
            cannot be read; ``CL-05``, name, place or unit is missing; ``CL-12``, a
            rate begins after the end; ``CL-13``, it gives nothing and has rates;
            ``CL-15``, two rates are for one type and day.
        InvalidInput: A text is too long.

    Source:
        Background paper (2018), paras 46-48.
    """
    by.require("collection.open", agency=by.agency)
    lengths.require_fits(given, *TEXTS)
    ends_on = given.ends_on
    days = given.begins_on, ends_on, timezone.localdate(at)
    if ends_on is None or not rules.HAS_AN_END.holds(days):
        raise rules.HAS_AN_END.broken(days)
    rules.GIVES.require((given.rates, given.incentive is not Incentive.NONE))
    rates = list(_rates(given.rates))
    _require_fit(rates, ends_on)
    rules.NAMED.require(
        (given.name, given.places, not rates or bool(given.currency.strip()))
    )
    places = [" ".join(line.split()) for line in given.places.splitlines()]
    for place in places:
        lengths.require_fits(place, DESK)
    with ledger.entry("campaign.opened", by=by, at=at) as entry:
        campaign = closing.keep(
            Campaign,
            entry,
            agency=by.agency,
            name=given.name.strip(),
            begins_on=given.begins_on,
            ends_on=ends_on,
            places="\n".join(dict.fromkeys(filter(None, places))),
            amnesty=given.amnesty,
            identification=given.identification,
            incentive=given.incentive,
            currency=given.currency.strip(),
            opened_by=by.name,
        )
        for rate in rates:
            closing.keep(CampaignRate, entry, campaign=campaign, **asdict(rate))
    return campaign


def _rates(text: str) -> Iterator[Rate]:
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [part.strip() for part in line.split(",")]
        try:
            code, amount, day = parts
            rate = Rate(ArmType(code.upper()), Decimal(amount), date.fromisoformat(day))
        except (ValueError, InvalidOperation) as error:
            raise rules.RATE_READ.broken((shorten(line, 60), False)) from error
        is_amount = rate.amount.is_finite() and 0 <= rate.amount < 10**9
        is_exact = is_amount and rate.amount == round(rate.amount, 2)
        rules.RATE_READ.require((shorten(line, 60), is_exact))
        yield rate


def _require_fit(rates: Sequence[Rate], ends_on: date) -> None:
    """Refuse a rate that begins too late, or is for what another one is for."""
    known = set()
    for rate in rates:
        line, when = f"{rate.arm_type}, {rate.amount}, {rate.from_on}", rate.from_on
        rules.RATE_IN_TIME.require((line, when <= ends_on))
        rules.RATE_ONCE.require((line, (rate.arm_type, when) not in known))
        known.add((rate.arm_type, when))


def take_in(
    *,
    campaign_id: int,
    given: HandInInput,
    picture: bytes,
    folder: Path,
    by: Actor,
    at: datetime,
) -> HandIn:
    """Take in an arm: a surrendered recovery, an exhibit and a receipt number.

    In an anonymous campaign nothing of who brought it is kept: no name, and no note
    of a picture. One that the register has as lost or stolen, or in the hands of the
    State, is set aside, which says nothing of the bringer. One that bears the make and
    whole number of another one handed in, or comes with the very photograph of one,
    is held as a possible double.

    Args:
        picture: As the camera gave it; only its pixels are kept.

    Raises:
        RuleBroken: ``CL-02``, the campaign does not run; ``CL-03``, the place is not
            one of its desks; ``CL-06``, the observer is named; ``CL-07``, a name or a
            telephone number comes with an anonymous hand-in.
        InvalidInput: The picture is none, or a text is too long.

    Source:
        Background paper (2018), paras 47 and 58 (anonymity).
    """
    by.require("collection.take", agency=by.agency)
    lengths.require_fits(given, *OBSERVER)
    observer = given.observer.strip()
    rules.CODED.require((observer, _names(given.bringer) if observer else ()))
    shown = pictures.without_notes(picture, files.image_type(picture))
    with ledger.entry("hand_in.taken", by=by, at=at) as entry:
        # Two desks that take in the same arm at once see each other by this lock.
        rows = Campaign.objects.get_queryset().select_for_update()
        campaign = rows.get_visible(campaign_id, by)
        day = timezone.localdate(at)
        is_on = campaign.begins_on <= day <= campaign.ends_on
        rules.RUNS.require((campaign.reference, is_on))
        told = nameless.contact_in(given.make, given.calibre, mark=given.serial)
        rules.NAMELESS.require((campaign.is_anonymous, given.bringer or told))
        rules.AT_A_DESK.require((given.place, given.place in campaign.place_list))
        recovery_id = _record(campaign, given, day, (by, at))
        exhibit = _receive(campaign, recovery_id, (by, at))
        file = evidence.store_image(content=shown, name="", folder=folder, by=by, at=at)
        photograph = observing.StatedPhotograph(file)
        observing.add_photograph(
            recovery_id=recovery_id, stated=photograph, by=by, at=at
        )
        state = _state(exhibit, by)
        kept = HandIn.objects.create(
            campaign=campaign,
            recovery_id=recovery_id,
            place=given.place,
            day=day,
            state=state,
            amount=_amount(campaign, given.arm_type, day, state),
            observer=observer,
            known_at=at,
        )
        entry.about(kept, state=state)
    return kept


def _names(bringer: str) -> set[str]:
    """Give names of accounts and of who brings an arm, whole and in parts."""
    accounts = User.objects.values_list("name", "full_name")
    texts = [bringer, *chain.from_iterable(accounts)]
    parts = chain(texts, *(re.split(r"[\W_]+", text) for text in texts))
    return set(map(skeleton, parts)) - {""}


def _record(
    campaign: Campaign, given: HandInInput, day: date, act: tuple[Actor, datetime]
) -> int:
    by, at = act
    is_amnesty = campaign.amnesty != Amnesty.NONE
    kind = RecoveryKind.SURRENDERED_AMNESTY if is_amnesty else RecoveryKind.SURRENDERED
    number = f"{campaign.reference}-{campaign.hand_ins.count() + 1}"
    stated = RecoveryInput(
        number=number,
        recovery_kind=kind,
        recovered_on=day,
        agency=by.agency,
        description=Description(
            type=given.arm_type.label,
            make=given.make.strip(),
            calibre=given.calibre.strip(),
            serial=given.serial.strip(),
        ),
        where=PlaceInput(place=given.place),
        taken_from=given.bringer.strip(),
    )
    (made,) = recording.record_recoveries(
        source=by.agency, stated=[stated], by=by, at=at
    )
    made.require_done()
    return made.record_id


def _receive(
    campaign: Campaign, recovery_id: int, act: tuple[Actor, datetime]
) -> Exhibit:
    by, at = act
    keeps = by.may_for("exhibit.keep", by.agency)
    return handing.receive_exhibit(
        recovery_id=recovery_id,
        told=Told(received_from=campaign.reference),
        act=CustodyAct.RECEIVED if keeps else CustodyAct.BROUGHT,
        by=by,
        at=at,
    )


def _state(exhibit: Exhibit, by: Actor) -> HandInState:
    """Tell whether an arm is missing, in other hands, or perhaps taken in before."""
    states = states_of(Item(exhibit_id=exhibit.pk), viewer=by)
    if not states.isdisjoint(MISSING):
        return HandInState.SET_ASIDE
    if doubles.others_like(exhibit.recovery_id).exists():
        return HandInState.DOUBLE
    is_kept = not states.isdisjoint({*STATE_HOLDS, *IN_CUSTODY})
    return HandInState.SET_ASIDE if is_kept else HandInState.TAKEN


def publish_counts(*, campaign_id: int, by: Actor, at: datetime) -> Campaign:
    """Publish the counts of a campaign that has ended, small ones withheld.

    Raises:
        RuleBroken: ``CL-10``, it has not ended, or its counts are published.

    Source:
        Background paper (2018), para. 48 (communities and oversight).
    """
    by.require("collection.open")
    with ledger.entry("campaign.published", by=by, at=at) as entry:
        campaign = _lock(campaign_id, by)
        is_over = campaign.ends_on < timezone.localdate(at)
        may_be = is_over and campaign.published_at is None
        rules.MAY_PUBLISH.require((campaign.reference, may_be))
        counts = queries.public_counts(campaign_id, viewer=by)
        campaign.counts = _plain(counts)
        campaign.published_at, campaign.published_by = at, by.name
        campaign.save()
        entry.about(campaign)
    return campaign


def correct_counts(
    *, campaign_id: int, reason: str, by: Actor, at: datetime
) -> CountsCorrection:
    """Publish the counts of a campaign anew; the earlier ones stay to be read.

    What was withheld stays withheld, so that the two together tell no more.

    Raises:
        RuleBroken: ``CL-08``, there is no reason; ``CL-14``, they are not published,
            or nothing would change.

    Source:
        Background paper (2018), para. 48 (communities and oversight).
    """
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("campaign.corrected", by=by, at=at) as entry:
        campaign = _lock(campaign_id, by)
        told = [each.cells for each in published.editions_of(campaign)[:1]]
        counts = queries.public_counts(campaign_id, viewer=by)
        is_new = bool(told) and told != [counts]
        rules.MAY_CORRECT.require((campaign.reference, is_new))
        return closing.keep(
            CountsCorrection,
            entry,
            campaign=campaign,
            counts=_plain(counts),
            reason=reason.strip(),
            published_by=by.name,
        )


def _lock(campaign_id: int, by: Actor) -> Campaign:
    rows = Campaign.objects.get_queryset().select_for_update()
    campaign = rows.get_visible(campaign_id, by)
    by.require("collection.open", agency=campaign.agency)
    return campaign


def _plain(counts: list[published.Cell]) -> list[list[object]]:
    return [[cell.place, cell.arm_type or "", cell.count] for cell in counts]


def settle_held(
    *, hand_in_id: int, outcome: HandInState, reason: str, by: Actor, at: datetime
) -> HandIn:
    """Say what an arm is that is held or set aside.

    Another one gets the incentive of its day; one that was taken in twice is not
    counted; one that was lost, stolen or held by the State is kept.

    Args:
        outcome: Taken in, the same as another, or kept.

    Raises:
        RuleBroken: ``CL-07``, a telephone number comes with an anonymous hand-in;
            ``CL-08``, there is no reason; ``CL-09``, it is not held; ``CL-11`` or
            ``AC-09``, who took it in says that it is another one or a double, or one
            of whom one set up the other's account; ``CL-16``, it may still be one
            that is missing.

    Source:
        Background paper (2018), paras 46-48.
    """
    by.require("collection.open")
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("hand_in.settled", by=by, at=at) as entry:
        rows = HandIn.objects.get_queryset().select_for_update(of=("self",))
        kept = rows.get_visible(hand_in_id, by)
        by.require("collection.open", agency=kept.campaign.agency)
        nameless.refuse_contact(kept.recovery_id, reason)
        rules.HELD.require((kept.reference, kept.state in HELD))
        if outcome in {HandInState.TAKEN, HandInState.SAME}:
            _require_another(kept, by, at)
        if outcome == HandInState.TAKEN:
            record = RecoveryRecord.objects.current().get(recovery=kept.recovery_id)
            arm_type = ArmType(record.arm_type)
            kept.amount = _amount(kept.campaign, arm_type, kept.day, outcome)
        kept.state = outcome
        kept.settled_by, kept.settled_reason = by.name, reason.strip()
        kept.save()
        entry.about(kept, state=kept.state)
    return kept


def _require_another(kept: HandIn, by: Actor, at: datetime) -> None:
    """Refuse to call an arm another one or a double by who took it in."""
    events = CustodyEvent.objects.filter(exhibit__recovery=kept.recovery_id)
    taker = events.earliest("pk").told_by
    rules.ANOTHER_PAYS.require((taker, by.name))
    independence.require(taker, by.name, at)
    recovery = kept.recovery.reference
    rules.NOT_MISSING.require((recovery, not doubles.may_be_missing(kept, viewer=by)))


def _amount(
    campaign: Campaign, arm_type: ArmType, day: date, state: HandInState
) -> Decimal | None:
    """Give the incentive of the day; what is held or set aside waits for it."""
    if state in HELD:
        return None
    rates = campaign.rates.filter(arm_type=arm_type, from_on__lte=day)
    return rates.order_by("-from_on").values_list("amount", flat=True).first()
