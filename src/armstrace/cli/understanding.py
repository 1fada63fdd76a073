"""How ``armstrace intake`` understands a file: by a profile, or as is proposed."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from armstrace.cli import writing
from armstrace.intake import queries
from armstrace.intake.actions import profiles as profile_actions
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IN_NO_TWO_ROWS, IntakeKind, by_name
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.profiles import drafts, propose
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.intake.profiles.scored_table import Stated
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.files import text_of
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


@dataclass(slots=True)
class Outcome:
    """What became of one file, as the contract writes it."""

    file: str
    rows_read: int = 0
    rows_loaded: int = 0
    rows_corrected: int = 0
    rows_held: int = 0
    rows_skipped: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)
    arms_by_class: dict[str, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    profile: str = ""
    kind: str = ""
    batch: int | None = None
    remarks: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    proposal: list[dict[str, object]] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Wish:
    kind: IntakeKind | None
    profile: str
    dry_run: bool
    report: Path | None
    propose_to: Path | None
    agency: str
    stated: dict[str, str]
    source: str = ""
    register: str = ""

    @property
    def constants(self) -> dict[str, str]:
        """Give what is stated for every row; the order of dates is no field."""
        return {name: text for name, text in self.stated.items() if name != DATE_ORDER}


def profile_of(
    file: IncomingFile, wish: Wish, by: Actor, at: datetime, outcome: Outcome
) -> Profile:
    """Give the profile by which a file is read: stated, fitting, or proposed.

    Raises:
        InvalidInput: Nothing gives what every row needs; the sentence says what.
    """
    if wish.profile.endswith(".toml"):
        text = text_of(Path(wish.profile))
        profile = _with_stated(read_profile(text, origin=Path(wish.profile).name), wish)
        if not wish.dry_run:
            profile_actions.save_profile(
                text=text, reason=f"for {file.name}", by=by, at=at
            )
        return profile
    found = queries.understanding(file, viewer=by, kind=wish.kind, name=wish.profile)
    outcome.remarks += map(translate, found.remarks)
    if found.profile is not None:
        return _with_stated(found.profile, wish)
    return _propose(file, found.proposal, wish, by, at, outcome)


def _with_stated(profile: Profile, wish: Wish) -> Profile:
    """Add what the command line states to a profile."""
    for option, told, said in (
        ("--source", wish.source, profile.source),
        ("--register", wish.register, profile.register),
    ):
        if told not in {"", said}:
            words = {"profile": profile.name, "option": option, "value": said}
            raise InvalidInput(SAID.say("SOURCE_BY_PROFILE", **words), field=option[2:])
    text = _in_order(profile.text, wish)
    for name, value in wish.constants.items():
        if name in profile.constants:
            raise InvalidInput(
                SAID.say(
                    "STATED_BY_PROFILE", profile=profile.name, field=words_of(name)
                ),
                field=name,
            )
        text += drafts.constant_text(name, value, AT_START)
    return read_profile(text, origin=profile.name) if wish.stated else profile


def _order_of(wish: Wish) -> DateOrder | None:
    text = wish.stated.get(DATE_ORDER)
    if text is None:
        return None
    if text.lower() not in ORDERS:
        raise InvalidInput(SAID.say("NO_ORDER_OF_DATES", text=text), field=DATE_ORDER)
    return DateOrder(text.lower())


def _in_order(text: str, wish: Wish) -> str:
    """Set the order of dates in the text of a profile."""
    order = _order_of(wish)
    if order is None:
        return text
    rest = re.sub(r"(?m)^date_order\s*=.*\n", "", text)
    return f'{DATE_ORDER} = "{order.value}"\n{rest}'


def _propose(
    file: IncomingFile,
    proposed: propose.Proposal | None,
    wish: Wish,
    by: Actor,
    at: datetime,
    outcome: Outcome,
) -> Profile:
    """Understand a file as is proposed, as far as what every row needs is there."""
    if proposed is None:
        msg = message("%(file)s fits no profile.", file=file.name)
        raise InvalidInput(msg)
    _show_proposal(proposed, wish, outcome)
    draft = _draft(file, proposed, wish, by, at, outcome)
    lacking = [name for name in proposed.missing if name not in draft.constants]
    if lacking:
        differs = IN_NO_TWO_ROWS.intersection(lacking)
        raise InvalidInput(
            SAID.say(
                "NEEDED_NUMBER" if differs else "NEEDED_NOT_GIVEN",
                file=file.name,
                fields=[words_of(name) for name in lacking],
                options=" ".join(f"--state {name}=…" for name in lacking),
            ),
            field=lacking[0],
        )
    text = drafts.profile_text(proposed, draft)
    return read_profile(text, origin=proposed.name)


def _draft(
    file: IncomingFile,
    proposed: propose.Proposal,
    wish: Wish,
    by: Actor,
    at: datetime,
    outcome: Outcome,
) -> drafts.Draft:
    said = {"source": wish.source, "register": wish.register}
    found = queries.whose(file, proposed, viewer=by, at=at, **said)
    outcome.remarks += map(translate, found.remarks)
    draft = drafts.accept(proposed, source=found.source, register=found.register)
    draft = replace(draft, date_order=_order_of(wish))
    known = by_name(proposed.kind)
    for name, value in wish.constants.items():
        if name not in known:
            raise InvalidInput(
                SAID.say(
                    "NO_FIELD_OF_KIND",
                    name=name,
                    kind=proposed.kind,
                    names=list(known),
                ),
                field=name,
            )
        draft.constants[name] = (value, AT_START)
    return draft


AT_START = str(message("stated on the command line for every row"))
DATE_ORDER, ORDERS = "date_order", ("dmy", "mdy")


def write_proposal(
    file: IncomingFile, wish: Wish, by: Actor, at: datetime, outcome: Outcome
) -> None:
    """Write the proposed profile of a file, for a person to complete."""
    if wish.propose_to is None:
        return
    proposed = queries.proposal(file, viewer=by, kind=wish.kind)
    _show_proposal(proposed, wish, outcome)
    draft = _draft(file, proposed, wish, by, at, outcome)
    text = drafts.profile_text(proposed, draft)
    for name in proposed.missing:
        if name not in draft.constants:
            is_own = name in IN_NO_TWO_ROWS
            said = SAID.say("COLUMN_OPEN" if is_own else "VALUE_OPEN", field=name)
            text += f"\n# {translate(said)}\n"
            if not is_own:
                text += f'# [constants.{name}]\n# value = ""\n# reason = ""\n'
    writing.keep(wish.propose_to, text.encode())


def _show_proposal(proposed: propose.Proposal, wish: Wish, outcome: Outcome) -> None:
    outcome.kind = proposed.kind.value
    outcome.columns = {each.heading: each.field for each in proposed.columns}
    outcome.proposal = [
        {
            "column": each.heading,
            "field": each.field,
            "confidence": each.confidence,
            "why": translate(each.why),
            "perhaps": each.perhaps,
            "examples": list(each.examples),
        }
        for each in proposed.columns
    ]
    outcome.remarks.append(translate(_on_the_proposal(proposed)))
    outcome.remarks += map(translate, proposed.questions)
    outcome.remarks += [
        translate(_on_what_is_stated(proposed.kind, name, each))
        for name, each in proposed.stated.items()
        if name not in wish.stated
    ]


def _on_what_is_stated(kind: IntakeKind, name: str, each: Stated) -> Message:
    if each.value != RecoveryKind.UNDECIDED:
        return SAID.say(
            "TAKEN_IN_EVERY_ROW",
            field=words_of(name),
            value=each.value,
            reason=each.reason,
        )
    codes = by_name(kind)[name].codes or ()
    return SAID.say(
        "TAKEN_WHERE_UNSAID",
        field=words_of(name),
        value=each.value,
        name=name,
        codes=[code.value for code in codes if code.value != each.value],
    )


def _on_the_proposal(proposed: propose.Proposal) -> Message:
    understood = [each.heading for each in proposed.columns if each.field]
    return SAID.say(
        "HEADINGS_UNKNOWN",
        kind=proposed.kind,
        count=len(understood),
        total=len(proposed.columns),
    )
