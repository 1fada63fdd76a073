"""What rests on each article, as the build collected it from the code."""

import csv
import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from django.utils.translation import gettext

from armstrace.vocabulary.profiles.provisions import Duty
from armstrace.vocabulary.sources import INSTRUMENTS

NAMED = re.compile(r"%\((\w+)\)s")
PLACE = re.compile(r"(?:art|para)s?\. (\d+)(?:(?:, para\. | ?\()(\d+))?")
# The article whose words are defined by the one that is cited before it.
DEFINED = re.compile(r"^arts\. .*?(?:,| and) (\d+)(?:(?:, paras?\. | ?\()(\d+))?")


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
        """What it does, or the rule with names of what the record holds in braces."""
        told = " / ".join(map(gettext, self.words.split(" / ")))
        return NAMED.sub(r"{\1}", told)

    @property
    def source(self) -> str:
        """The instrument and the place in it."""
        name = INSTRUMENTS.get(self.instrument, "")
        return f"{name}, {self.place}".strip(", ") if name else self.place

    @property
    def duty(self) -> Duty | None:
        """How strongly it binds; None where that was not read in the text."""
        if self.instrument == "design":
            return Duty.SETTING
        duty = self._duty(PLACE)
        is_of_another = duty is Duty.DEFINITION and DEFINED.search(self.place)
        return self._duty(DEFINED) if is_of_another else duty

    def _duty(self, place: re.Pattern[str]) -> Duty | None:
        found = place.search(self.place)
        known = duties().get(self.instrument, {})
        if found is None:
            return None
        whole = f"{found[1]} {found[2]}" if found[2] else found[1]
        code = known.get(whole) or known.get(found[1])
        return Duty(code) if code else None


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
