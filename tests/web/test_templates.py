"""Templates can be read, and compared line by line."""

from pathlib import Path

import armstrace

LONGEST = 160
TEMPLATES = sorted(Path(armstrace.__file__).parent.glob("*/templates/**/*.html"))


def test_no_line_of_a_template_is_too_long_to_read():
    too_long = [
        f"{file.name}:{number}"
        for file in TEMPLATES
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]

    assert TEMPLATES
    assert too_long == []
