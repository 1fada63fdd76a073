"""What rests on each article, as the build collected it from the code."""

import csv
import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from django.utils.translation import gettext

from armstrace.vocabulary.field_words import NAMED
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles.provisions import Duty
from armstrace.vocabulary.sources import INSTRUMENTS

OPEN = re.compile(r"%\(\w+\)s|\{\w+\}")
PLACE = re.compile(
    r"(?:(?:art|para)s?\.|Annex(?:es)?) (\w+)(?:(?:, para\. | ?\()(\d+))?"
)
# The article whose words are defined by the one that is cited before it.
DEFINED = re.compile(r"^arts\. .*?(?:,| and) (\d+)(?:(?:, paras?\. | ?\()(\d+))?")
TESTED = re.compile(r"^test_|[A-Z]{2}_\d{2}(?:_\d{2})*_")
ALL = "*"
"""Stands for every place of an instrument."""

NOT_READ = message("not read in the text itself")
CONDITIONS = {
    ("protocol", "9"): message("where a deactivated arm is no firearm at home"),
    ("protocol", "12 5"): message(
        "where the State that gave it asks for that, and its law allows it"
    ),
    ("untoc", "20"): message("where the basic principles of its law permit"),
    ("att", "8 2"): message("where necessary"),
    ("att", "9"): message("where necessary and feasible"),
    ("att", "11 3"): message("where appropriate and feasible"),
}
"""Under which condition an article binds, where it names one."""


@dataclass(frozen=True, slots=True)
class Resting:
    """One act, question, rule or reading, and the place in an instrument it cites."""

    # A key of ``INSTRUMENTS``; empty for other methods and papers.
    instrument: str
    # Article and paragraph, as the code cites them.
    place: str
    # Of the rule, or the dotted name of the function.
    code: str
    # What it does, in the words of the code; or the sentences of the rule.
    words: str
    # What an act records, in the words of its input.
    fields: str
    # Codes that it refuses by.
    rules: str
    # Tests that carry one of the codes.
    tests: str

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule, which is said in the reader's language."""
        return "." not in self.code

    @property
    def said(self) -> str:
        """What it does, or the rule; a gap stands for what the record holds."""
        told = " / ".join(map(gettext, self.words.split(" / ")))
        return OPEN.sub("…", told)

    @property
    def told_fields(self) -> tuple[Message, ...]:
        """What the fields are called that people fill in."""
        names = self.fields.split(", ")
        return tuple(dict.fromkeys(NAMED[name] for name in names if name in NAMED))

    @property
    def claims(self) -> tuple[str, ...]:
        """What the tests hold, as their names say it."""
        names = (test.rpartition("::")[2] for test in self.tests.split())
        return tuple(TESTED.sub("", name).replace("_", " ") for name in names)

    @property
    def source(self) -> str:
        """The instrument and the place in it."""
        name = INSTRUMENTS.get(self.instrument, "")
        return f"{name}, {self.place}".strip(", ") if name else self.place

    @property
    def duty(self) -> Duty | None:
        """How strongly it binds; None where that was not read in the text."""
        return self._bound[0]

    @property
    def binding(self) -> Message:
        """Say how strongly it binds, and under which condition."""
        duty, where = self._bound
        if duty is None:
            return NOT_READ
        said = Message(duty.label)
        condition = CONDITIONS.get((self.instrument, where))
        if condition is None:
            return said
        return message("%(duty)s, %(where)s", duty=said, where=condition)

    @property
    def _bound(self) -> tuple[Duty | None, str]:
        """Give how strongly it binds, and the article and paragraph that say so."""
        duty, where = self._duty(PLACE)
        is_of_another = duty is Duty.DEFINITION and DEFINED.search(self.place)
        return self._duty(DEFINED) if is_of_another else (duty, where)

    def _duty(self, place: re.Pattern[str]) -> tuple[Duty | None, str]:
        known = duties().get(self.instrument, {})
        found = place.search(self.place)
        cited = [" ".join(filter(None, found.groups())), found[1]] if found else []
        where = next((each for each in (*cited, ALL) if each in known), "")
        return (Duty(known[where]) if where else None), where


@cache
def duties() -> dict[str, dict[str, str]]:
    """Give how strongly articles bind, by instrument and article."""
    return tomllib.loads(_file("duties.toml"))


@cache
def resting() -> tuple[Resting, ...]:
    """Give all that rests on an article, in the order of the instruments."""
    rows = csv.reader(_file("articles.tsv").splitlines(), delimiter="\t")
    return tuple(Resting(*row) for row in rows if len(row) == len(fields(Resting)))


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
