"""What main.xml says: axes, provenance, and where the points are."""

import math
from dataclasses import dataclass, field
from xml.parsers import expat

from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
DEEPEST = 24
LONGEST_TEXT = 20_000
LONGEST_TAG = 64
MOST_PATHS = 2_000
LONGEST_WHOLE = 9


@dataclass(slots=True)
class Description:
    """The texts of main.xml by path, such as ``Record1/FeatureType``."""

    name: str
    # First text at each path, stripped.
    texts: dict[str, str] = field(default_factory=dict)
    # The texts of DataList/Datum, in order; "" for a missing point.
    inline: list[str] = field(default_factory=list)

    def text(self, path: str) -> str:
        """Give the text at a path, "" where there is none."""
        return self.texts.get(path, "")

    def whole(self, path: str) -> int:
        """Give a positive whole number.

        Raises:
            InvalidInput: There is none.
        """
        text = self.text(path)
        if not text:
            raise SAID.refuse("NO_FIELD", name=self.name, field=_last(path))
        if not (text.isascii() and text.isdigit() and text.strip("0")):
            raise SAID.refuse(
                "NOT_WHOLE",
                name=self.name,
                value=repr(shorten(text, 40)),
                field=_last(path),
            )
        if len(text) > LONGEST_WHOLE:
            raise SAID.refuse(
                "TOO_MANY_STATED",
                name=self.name,
                value=shorten(text, 20),
                field=_last(path),
            )
        return int(text)

    def number(self, path: str, *, otherwise: float) -> float:
        """Give a finite number, or ``otherwise`` where nothing is written.

        Raises:
            InvalidInput: What is written is no finite number.
        """
        text = self.text(path)
        if not text:
            return otherwise
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise SAID.refuse(
                "NOT_A_NUMBER",
                name=self.name,
                value=repr(shorten(text, 40)),
                field=_last(path),
            )
        return value


def parse(name: str, content: bytes | bytearray) -> Description:
    """Read main.xml without following anything that it points to.

    Raises:
        InvalidInput: It is no well-formed XML, nests too deeply, or declares a
            document type.
    """
    reading = _Reading(Description(name))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = reading.refuse
    try:
        parser.Parse(bytes(content), True)  # noqa: FBT003  (expat takes no name)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SAID.refuse("NOT_XML", name=name) from error
    return reading.description


class _Reading:
    """Collects texts by path as the parser walks."""

    def __init__(self, description: Description) -> None:
        self.description = description
        self.path: list[str] = []
        self.pieces: list[str] = []

    def start(self, tag: str, _: dict[str, str]) -> None:
        found = self.description
        is_strange = len(tag) > LONGEST_TAG or len(found.texts) > MOST_PATHS
        if is_strange or len(self.path) > DEEPEST:
            raise SAID.refuse("TOO_DEEP", name=found.name)
        self.path.append(tag.rsplit(":", 1)[-1])
        self.pieces = []

    def text(self, piece: str) -> None:
        self.pieces.append(piece)

    def end(self, _: str) -> None:
        # The root's name differs between writers and is left out of paths.
        path = "/".join(self.path[1:])
        text = "".join(self.pieces).strip()
        if len(text) > LONGEST_TEXT:
            raise SAID.refuse(
                "TEXT_TOO_LONG", name=self.description.name, most=LONGEST_TEXT
            )
        if path == "Record3/DataList/Datum":
            self.description.inline.append(text)
        else:
            self.description.texts.setdefault(path, text)
        self.path.pop()
        self.pieces = []

    def refuse(self, *_: object) -> None:
        raise SAID.refuse("DOCUMENT_TYPE", name=self.description.name)


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]
