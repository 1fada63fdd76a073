"""Templates can be read, and compared line by line."""

import re
from pathlib import Path

from django.template import engines

import armstrace

LONGEST = 160
SENTENCES = re.compile(
    r"{%-?\s*blocktranslate(?P<given>[^%]*)%}(?P<words>.*?){%\s*endblock", re.DOTALL
)
NUMBERS = re.compile(r"(\w+)=[\w.]+\|(?:thin|length)")
# What is never one: arms in a group, linked records of a sample, corners of an outline.
ALWAYS_SEVERAL = {"erased_path.html", "surveyed.html", "ring_words.html"}
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


def test_a_number_before_its_noun_has_words_for_one():
    lacking = {
        f"{file.name}: {told[0]}"
        for file in TEMPLATES
        if file.name not in ALWAYS_SEVERAL
        for said in SENTENCES.finditer(file.read_text("utf-8"))
        if " count " not in said["given"]
        for number in NUMBERS.findall(said["given"])
        if (told := re.search(rf"{{{{ {number} }}}}( \w+){{1,2}}s\b", said["words"]))
    }

    assert lacking == set()


def test_a_cell_bears_the_heading_of_its_column_where_it_asks_for_it():
    template = engines["django"].from_string(
        '{% load formatting %}{% table "Arms" style="rows cards" %}'
        '{% columns "Number" "Sold" "numeric" "Cases, “all”" %}<tr><th>1</th>'
        '<td class="number" data-label>2</td><td data-label>3</td></tr>'
        "<tr><td>4</td><td>5</td><td data-label='own'>6</td></tr>{% endtable %}"
    )

    rows = template.render()

    assert '<td class="number" data-label="Sold">2</td>' in rows
    assert '<td data-label="Cases, “all”">3</td>' in rows
    assert "<td>5</td><td data-label='own'>6</td>" in rows
