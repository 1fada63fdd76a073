"""What was found of stories with a known end is set beside the truth."""

from datetime import date

from benchmarks import ends

TRUTH = [
    {"what": "STORED", "number": "A1", "lost_on": "2026-03-01", "how": ""},
    {"what": "STORED", "number": "A2", "lost_on": "2026-04-01", "how": "COVERED"},
    {"what": "STORED", "number": "A3", "lost_on": "", "how": ""},
    {"what": "ONCE", "number": "O1", "on": "2026-03-01", "how": ""},
    {"what": "DIVERTED", "number": "J1", "on": "2026-03-01", "how": "SHORT"},
    {"what": "ARRIVED", "number": "J2", "on": "2026-03-01", "how": ""},
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
        "missed": {"COVERED": 1},
        "mistaken": {"?": 1},
    }


def test_what_found_a_diversion_is_counted_apart_from_what_was_mistaken():
    said = {"J1": date(2026, 3, 4), "J2": date(2026, 3, 4)}

    found = ends.scored(TRUTH, "DIVERTED", said, {"J1": "UNDER_DELIVERY", "J2": "LATE"})

    assert (found["by"], found["mistaken"]) == ({"UNDER_DELIVERY": 1}, {"LATE": 1})
    assert found["days"] == 3
