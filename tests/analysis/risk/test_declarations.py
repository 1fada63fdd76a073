"""What a declaration may say, and what it may never say."""

from dataclasses import fields

from armstrace.analysis.risk.declarations import Declaration

PROTECTED = {
    *("nation", "nationality", "citizenship", "citizen", "race", "ethnicity"),
    *("religion", "belief", "faith", "sex", "gender", "born", "birth", "age"),
    *("birthplace", "language", "politics", "health", "disability", "union"),
}


def test_no_protected_attribute_of_a_person_is_an_input() -> None:
    words = {word for field in fields(Declaration) for word in field.name.split("_")}

    assert not words & PROTECTED
