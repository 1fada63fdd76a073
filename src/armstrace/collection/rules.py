"""Rules of campaigns and of the desk at which arms are handed in."""

from datetime import date

from armstrace.vocabulary.rules import Rule, plain_rule, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

CAMPAIGNS = Source("paper-2018", "¶46-48")

# The facts are the first day, the last, and today.
HAS_AN_END = Rule[tuple[date, date | None, date]](
    "CL-01",
    "A campaign has an end that is neither past nor before its begin; give its "
    "last day.",
    CAMPAIGNS,
    lambda facts: facts[1] is not None and max(facts[0], facts[2]) <= facts[1],
)
# The facts are the line, and whether it begins before the campaign ends.
RATE_IN_TIME = plain_rule(
    "CL-12",
    "“%(line)s” begins after the campaign has ended; correct the day.",
    CAMPAIGNS,
)
# The facts are the line, and whether no other is for the same type and day.
RATE_ONCE = plain_rule(
    "CL-15",
    "“%(line)s” is a second rate for the same type and day; leave one of them.",
    CAMPAIGNS,
)
# The facts are the campaign, and whether it runs on that day.
RUNS = plain_rule(
    "CL-02",
    "Campaign %(campaign)s does not run today; nothing is taken in for it.",
    CAMPAIGNS,
)
# The facts are the place, and whether it is one of the campaign's.
AT_A_DESK = plain_rule(
    "CL-03",
    "“%(place)s” is not a place of this campaign; choose one from the list.",
    CAMPAIGNS,
)
# The facts are the line, and whether it can be read.
RATE_READ = plain_rule(
    "CL-04",
    "“%(line)s” is not a rate; write a type of arm, an amount and a day, such as "
    "PISTOL, 100, 2026-01-31.",
    CAMPAIGNS,
)
# The facts are the name, the places, and whether no rate needs a unit.
NAMED = Rule[tuple[str, str, bool]](
    "CL-05",
    "A campaign has a name, a place, and the unit of what it gives.",
    CAMPAIGNS,
    lambda facts: is_visible(facts[0]) and is_visible(facts[1]) and facts[2],
)
# The facts are whether the campaign is anonymous, and the name.
NAMELESS = Rule[tuple[bool, str]](
    "CL-07",
    "This campaign is anonymous; leave out who brought the arm, telephone numbers "
    "and e-mail addresses, and write no caption.",
    CAMPAIGNS,
    lambda facts: not (facts[0] and facts[1].strip()),
)
REASONED = rule_of_reason("CL-08", Source("design", "an act has its reason"))
# The facts are the hand-in, and whether it waits to be settled.
HELD = plain_rule(
    "CL-09",
    "%(hand_in)s is neither held nor set aside; look at it again.",
    CAMPAIGNS,
)
# The facts are the recovery, and whether nothing that is missing may be this arm.
NOT_MISSING = plain_rule(
    "CL-16",
    "%(recovery)s may be an arm that is lost or stolen, so no incentive is due; decide "
    "on that recovery first that it is another one.",
    CAMPAIGNS,
)
# The facts are who took it in, and who says that its incentive is due.
ANOTHER_PAYS = Rule[tuple[str, str]](
    "CL-11",
    "The person who took an arm in may not confirm that its incentive is due; ask a "
    "colleague.",
    Source("design", "separation of duties"),
    lambda names: names[0] != names[1],
)
# The facts are the campaign, and whether it has ended and is not published.
MAY_PUBLISH = plain_rule(
    "CL-10",
    "The counts of %(campaign)s are published once, when it has ended: before, two "
    "of them would tell what was handed in between.",
    Source("paper-2018", "¶48"),
)
# The facts are the campaign, and whether its counts are not those published.
MAY_CORRECT = plain_rule(
    "CL-14",
    "The counts of %(campaign)s are not published, or are those that were published; "
    "there is nothing to correct.",
    Source("paper-2018", "¶48"),
)
# An observer signs by a code, such as OBS-7, so that no name is kept.
CODED = Rule[str](
    "CL-06",
    "An observer signs by a code such as OBS-7; no name is written here.",
    CAMPAIGNS,
    lambda code: (
        not code
        or (len(code) <= 12 and " " not in code and any(map(str.isdigit, code)))
    ),
)
# The facts are the rates as typed, and whether the campaign gives anything.
GIVES = Rule[tuple[str, bool]](
    "CL-13",
    "This campaign gives no incentive, so it has no rates; leave them out, or choose "
    "what it gives.",
    CAMPAIGNS,
    lambda facts: facts[1] or not facts[0].strip(),
)
