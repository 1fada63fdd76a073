"""The profiles that are shipped, and which of them a file is of."""

from collections.abc import Collection, Sequence
from functools import cache
from importlib import resources

from armstrace.intake import report_columns
from armstrace.intake.fields import FIELDS, IntakeKind, by_name, identity_field
from armstrace.intake.profiles.schema import OWN, Profile, read_profile
from armstrace.intake.tables.heading_words import name_score
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import Message, message

_FOLDER = "data"


@cache
def built_in_profiles() -> dict[str, Profile]:
    """Give the shipped profiles by name; those with faults are left out."""
    return {profile.name: profile for profile in _read_shipped()[0].values()}


def problems() -> list[Message]:
    """Say in sentences which shipped profiles do not validate."""
    read, said = _read_shipped()
    return said + [
        message(
            "%(file)s holds a profile that is named %(name)s.",
            file=origin,
            name=profile.name,
        )
        for origin, profile in read.items()
        if f"{profile.name}.toml" != origin
    ]


def _read_shipped() -> tuple[dict[str, Profile], list[Message]]:
    read, faults = {}, []
    folder = resources.files(__package__) / _FOLDER
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if not entry.name.endswith(".toml"):
            continue
        text = entry.read_text(encoding="utf-8")
        try:
            read[entry.name] = read_profile(text, origin=entry.name)
        except InvalidInput as fault:
            faults.append(fault.message)
    return read, faults


def profile_named(name: str, others: Sequence[Profile] = ()) -> Profile:
    """Give a profile by its name.

    Args:
        others: Saved profiles; one of them wins over a shipped one.
    """
    for profile in others:
        if profile.name == name:
            return profile
    if name in built_in_profiles():
        return built_in_profiles()[name]
    known = ", ".join(sorted({*built_in_profiles(), *(each.name for each in others)}))
    msg = message(
        "There is no profile named %(name)s; the profiles are %(known)s.",
        name=name,
        known=known,
    )
    raise NotFound(msg)


def fitting(
    headings: Sequence[str],
    *,
    kind: IntakeKind | None,
    others: Sequence[Profile] = (),
) -> list[Profile]:
    """Find the profiles that a file may be of, by its headings.

    Returns:
        Those whose recognising headings all stand in the file, the one that
        understands most columns first. One for the headings of Armstrace knows most of
        the file's headings: "serial" alone stands in lists of all kinds.
    """
    folded = set(map(fold, headings))
    fits = [
        profile
        for profile in (*others, *built_in_profiles().values())
        if kind in (None, profile.kind)
        and profile.recognise
        and (
            folded.issuperset(map(fold, profile.recognise))
            or (kind is not None and _knows_all(profile, folded))
        )
        and not (profile.name.startswith(OWN) and _knows_few(profile, folded))
        and (kind is not None or not _speaks_of_more(profile, headings))
    ]

    def reach(profile: Profile) -> tuple[int, int]:
        return len(folded & profile.known_headings), len(profile.recognise)

    return sorted(fits, key=reach, reverse=True)


def all_headings(others: Sequence[Profile] = ()) -> frozenset[str]:
    """Give the folded headings that any profile knows."""
    known: frozenset[str] = frozenset()
    for profile in (*others, *built_in_profiles().values()):
        known |= profile.known_headings
    return known


def _knows_all(profile: Profile, folded: Collection[str]) -> bool:
    """Tell whether a file of a stated kind has headings of Armstrace alone."""
    own = {*map(fold, by_name(profile.kind)), *report_columns.FOLDED}
    is_named = fold(identity_field(profile.kind)) in folded
    return profile.name.startswith(OWN) and is_named and own.issuperset(folded)


def _knows_few(profile: Profile, folded: Collection[str]) -> bool:
    is_plain = not any("_" in heading for heading in profile.recognise)
    known = len(profile.known_headings.intersection(folded))
    return is_plain and known * 2 < len(folded)


def _speaks_of_more(profile: Profile, headings: Sequence[str]) -> bool:
    """Tell whether a file under the headings of Armstrace is of another kind.

    A register has no day of seizure: a file that has "serial" and such a day is none.
    """
    if not profile.name.startswith(OWN):
        return False
    own = by_name(profile.kind)
    unknown = [each for each in headings if fold(each) not in profile.known_headings]
    return any(
        name_score(heading, each.name, kind) >= _CLEAR
        for heading in unknown
        if not any(name_score(heading, name, profile.kind) >= _MAY_BE for name in own)
        for kind in (IntakeKind.RECOVERIES, IntakeKind.LOSSES)
        for each in FIELDS[kind]
        if each.name not in own
    )


_CLEAR, _MAY_BE = 0.9, 0.5
