"""Keep sentences as templates with parameters.

What was kept as English prose is read by the forms that sentences had then. What
none of them fits stays as it was written.
"""

import json
import re
from decimal import Decimal

from django.db import migrations, models

from armstrace.audit.restating import restated

FORMS = (
    # Figures: few arms, a year that is lacking, another reading, no figure.
    (
        "The figure rests on 1 arm, fewer than %(few)s: read it with its interval, and "
        "do not rank by it."
    ),
    (
        "The figure rests on %(arms)s arms, fewer than %(few)s: read it with its "
        "interval, and do not rank by it."
    ),
    "The figure rests on one year alone; %(year)s is lacking. %(sentence)s",
    (
        "Counting the 1 arm still with the lawful owner as traced would give "
        "%(above)s of %(below)s, %(value)s %%."
    ),
    (
        "Counting the %(arms)s arms still with the lawful owner as traced would give "
        "%(above)s of %(below)s, %(value)s %%."
    ),
    (
        "Of arms %(kind)s only rows that are not uniquely identifiable are filed; that "
        "none of them was traced may rest on rows that are missing."
    ),
    (
        "For %(year)s, %(filed)s arms %(kind)s are filed; table %(table)s tells of "
        "%(told)s."
    ),
    "Nothing is filed or recorded for %(year)s.",
    "No row of a tracing table is filled.",
    "Rows of %(cells)s give different counts. The table is left out.",
    "In %(year)s no arm is counted below the line.",
    "In %(year)s the filed counts contradict each other: %(above)s of %(below)s.",
    "%(year)s already stands in the window %(window)s, and %(next)s has no figure.",
    # What a method leaves out.
    "%(kind)s, not seized",
    "%(kind)s: a total without any row on tracing",
    # Counts of the return.
    "Of %(silent)s of %(arms)s arms nothing is known here.",
    "%(silent)s records state no quantity and count as one piece each.",
    "%(silent)s records state no quantity and add nothing.",
    "%(silent)s records have no case number and count as a case each.",
    "%(silent)s records state no quantity.",
    # Why a figure is not published.
    "Fewer than %(few)s arms stand above its line.",
    "Fewer than %(few)s arms stand below its line.",
    "The count above its line would give away %(value)s.",
    "The count below its line would give away %(value)s.",
    "a count that is withheld",
    "The count above its line was withheld in an earlier edition.",
    "The count below its line was withheld in an earlier edition.",
    # Checks of the return.
    "%(counted)s cells hold a count and %(blank)s are blank.",
    "Below zero: %(cells)s.",
    "%(cell)s is %(value)s; its parts add up to %(sum)s.",
    "%(cell)s is %(value)s; %(cells)s is blank.",
    "Cases: %(cases)s; arms: %(arms)s, parts: %(parts)s, rounds: %(rounds)s.",
    "%(cell)s was %(value)s the year before and is %(now)s.",
    "%(cell)s was %(value)s and is %(now)s.",
    "%(cell)s is %(value)s, of %(most)s in %(limit)s.",
    "%(cell)s is %(value)s and %(other)s is %(now)s.",
    "Records found: %(number)s.",
    "None was found.",
    "Left out, and standing in table X: %(number)s.",
    "No return of this year was kept before.",
    "Nothing is on record of the year before.",
    "No tracing figure changed since the last return.",
    "It was not looked for.",
    "The year has ended.",
    "The year has not ended; what is recovered in the rest of it is missing.",
    # What was not plain in a release.
    "“%(text)s” is read as blank.",
    "“%(given)s” is read as “%(read)s”.",
    "“%(text)s” is read as %(value)s.",
    "“%(indicator)s, %(dimension)s” is no table that is known; left out.",
    "“%(label)s” is no row of %(table)s; counted as written.",
    "“%(word)s” is no sex of the table; left out.",
    "“%(code)s” is no country code of ISO 3166; it is kept as is.",
    "No country is named; row left out.",
    "Rows %(rows)s repeat “%(label)s”; it is taken once.",
    "Rows %(rows)s give different counts of “%(label)s”; none is used.",
    "%(why)s; the row is left out.",
    "%(why)s; it is left blank, and no check with it is made.",
    "“%(text)s” is not a count",
    "“%(text)s” is not one year",
    "“%(text)s” is a window of years, and a count belongs to one year",
)
HOLE = re.compile(r"%\((\w+)\)s")
LISTED = ("cells",)
KEYS = ("cell", "other", "limit")
NUMBERS = {
    *("few", "year", "next", "arms", "above", "below", "filed", "told", "silent"),
    *("counted", "blank", "sum", "cases", "parts", "rounds", "value", "now", "most"),
    *("number",),
}
WITHIN = {"sentence", "kind", "value", "now", "cases", "arms", "parts", "rounds", "why"}


def pattern(form):
    parts = (
        f"(?P<{each}>{r'\S+' if each in KEYS else '.+?'})"
        if place % 2 else re.escape(each.replace("%%", "%"))
        for place, each in enumerate(HOLE.split(form))
    )
    return re.compile("".join(parts), re.DOTALL)


PATTERNS = [(form, pattern(form)) for form in FORMS]


def stored(prose):
    """Give a sentence as template and parameters; as it is where none fits."""
    for form, wanted in PATTERNS:
        found = wanted.fullmatch(prose)
        if found and not found.groupdict():
            return {"template": form}
        if found:
            params = {
                name: parameter(form, name, words)
                for name, words in found.groupdict().items()
            }
            return {"template": form, "params": params}
    return prose


def parameter(form, name, words):
    if name in NUMBERS and words.isdecimal():
        return int(words)
    if name == "value" and "%(value)s %%" in form:
        return {"decimal": str(Decimal(words))}
    if name in LISTED:
        return words.split(", ")
    if name in WITHIN and ":" not in words:
        said = stored(words)
        return {"template": said} if isinstance(said, str) else said
    return words


def rewrite_returns(apps, _editor):
    returns = apps.get_model("indicators", "Return").objects
    for key in returns.order_by("pk").values_list("pk", flat=True):
        row = returns.get(pk=key)
        for table in row.content["tables"]:
            for each in table["rows"]:
                for cell in each["cells"]:
                    cell[-1] = stored(cell[-1]) if cell[-1] else ""
        for check in row.content["checks"]:
            for name in ("sentence", "outdated"):
                check[name] = stored(check.get(name, ""))
        row.save(update_fields=["content"])


def rewrite_remarks(apps, _editor):
    releases = apps.get_model("indicators", "PublishedRelease").objects
    for row in releases.order_by("pk"):
        row.remarks = [[at, name, stored(said)] for at, name, said in row.remarks]
        row.save(update_fields=["remarks"])


def rewrite_text(model, name):
    """Write a column of text as the JSON that it becomes."""

    def rewrite(apps, _editor):
        rows = apps.get_model("indicators", model).objects
        for key, prose in rows.order_by("pk").values_list("pk", name):
            rows.filter(pk=key).update(**{name: json.dumps(stored(prose))})

    return rewrite


def to_json(model, name):
    message = models.JSONField(default="", blank=True)
    return restated(
        f"indicators.{model}",
        [
            migrations.AlterField(model, name, models.TextField(blank=True)),
            migrations.RunPython(rewrite_text(model, name)),
            migrations.AlterField(model, name, message),
        ],
    )


class Migration(migrations.Migration):
    # Messages are not written back as prose: a template says more than its sentence.
    dependencies = [
        ("audit", "0002_guards"),
        ("indicators", "0005_keep_what_was_explained"),
    ]

    operations = [
        *restated("indicators.return", [migrations.RunPython(rewrite_returns)]),
        *restated("indicators.publishedrelease", [migrations.RunPython(rewrite_remarks)]),
        *to_json("explaineddifference", "sentence"),
        *to_json("figure", "reason"),
    ]
