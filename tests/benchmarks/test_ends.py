"""What was found of stories with a known end is set beside the truth."""

from datetime import date

from benchmarks import ends

TRUTH = [
    {"what": "STORED", "number": "A1", "lost_on": "2026-03-01"},
    {"what": "STORED", "number": "A2", "lost_on": "2026-04-01"},
    {"what": "STORED", "number": "A3", "lost_on": ""},
    {"what": "ONCE", "number": "O1", "on": "2026-03-01"},
]


def test_a_loss_that_was_none_is_a_false_alarm_and_one_not_told_is_not_found():
    said = {"A1": date(2026, 3, 11), "A3": date(2026, 3, 11), "A99": date(2026, 1, 1)}

    found = ends.scored(TRUTH, "STORED", said, "count")

    assert found == {
        "planted": 2,
        "found": 1,
        "days": 10,
        "by": "count",
        "false alarms": 1,
        "others": 1,
    }
