"""Which facts of recovered arms tell that a border was crossed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.messages import Country, Message
from armstrace.vocabulary.recoveries import PlaceKind
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
AT_BORDERS = (
    PlaceKind.LAND_BORDER,
    PlaceKind.SEAPORT,
    PlaceKind.AIRPORT,
    PlaceKind.POST_COURIER_HUB,
)
MOVES = (LifeEventKind.EXPORTED, LifeEventKind.IMPORTED)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something in the life of the registered arm that an item was judged to be."""

    kind: LifeEventKind
    # The day; None where it is not known.
    on: date | None
    # Where, ISO 3166-1 alpha-2; empty where not known.
    country: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A recovered item as far as borders go."""

    # As people write it, such as R12.
    number: str
    place_kind: PlaceKind
    # Country of manufacture; empty where not known.
    made_in: str = ""
    # Country of the import mark; empty for none.
    import_mark: str = ""
    # Of its registered arm, in the order of time.
    life: tuple[Happening, ...] = ()


def crossings(items: Iterable[Item], home: str) -> tuple[Message, ...]:
    """Say what in the facts of items tells of a border.

    It gives reasons to consider an offence and never finds one.

    Source:
        Firearms Protocol, art. 3 (e): from or across the territory of one State.
    """
    return tuple(said for item in items for said in _of_item(item, home))


def _of_item(item: Item, home: str) -> Iterator[Message]:
    if item.place_kind in AT_BORDERS:
        yield SAID.say("AT_A_BORDER", item=item.number, place=item.place_kind)
    # An arm that is on record here, or marked for here, came in openly.
    is_known = bool(item.life) or item.import_mark == home
    if item.made_in not in {"", home} and not is_known:
        yield SAID.say("NO_IMPORT", item=item.number, country=Country(item.made_in))
    if item.import_mark not in {"", home}:
        yield SAID.say(
            "IMPORT_MARK", item=item.number, country=Country(item.import_mark)
        )
    for one in item.life:
        if one.kind in MOVES:
            yield SAID.say(
                "REGISTERED", item=item.number, what=one.kind, day=one.on or "—"
            )
    last = next((one.country for one in reversed(item.life) if one.country), "")
    if last not in {"", home}:
        yield SAID.say("LAST_ABROAD", item=item.number, country=Country(last))
