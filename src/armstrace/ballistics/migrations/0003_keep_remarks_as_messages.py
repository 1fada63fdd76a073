"""Keep remarks of scans and reasons of comparisons as template and parameters.

What an earlier version wrote as prose is read by the sentences that it could say;
what none of them fits stays as it stands and is still shown.
"""

import re

from django.db import migrations

from armstrace.audit.restating import restated

REMARKS = (
    "Steps above 1 mm were declared, so lengths are taken to be in micrometres, not "
    "metres; heights and steps were divided by 1,000,000.",
    "The description (main.xml) differs from its checksum: it was edited after it was "
    "written.",
    "The points have no checksum, so a change would not show.",
    "Heights are floating-point numbers and are taken as they stand; the increment "
    "%(increment)s and offset %(offset)s of the z axis are not applied.",
    "The file carries a drawn mask, which is not applied.",
)
REASONS = (
    "No reference set fits, so no likelihood ratio is given.",
    "Fewer than %(fewest)s cells could be compared.",
    "%(name)s does not fit (%(misfits)s).",
    "Both marks have one and the same scan, so their agreement says nothing of their "
    "sources.",
)
MISFIT = "%(field)s: the set has %(mine)s, the case has %(theirs)s"
WORDS = frozenset({"mark", "maker", "calibre", "instrument", "method", "not known"})
HOLE = re.compile(r"%\((\w+)\)s")
BATCH = 500


def keep_as_messages(apps, _editor):
    tables = (("Scan", "remarks", REMARKS), ("Comparison", "no_ratio_because", REASONS))
    for model, name, forms in tables:
        every = apps.get_model("ballistics", model).objects
        rows = every.exclude(**{name: []})
        changed = []
        for row in rows.only(name).order_by("pk").iterator(chunk_size=BATCH):
            prose = getattr(row, name)
            kept = [read(each, forms) for each in prose]
            if kept != prose:
                setattr(row, name, kept)
                changed.append(row)
            if len(changed) == BATCH:
                every.bulk_update(changed, [name])
                changed.clear()
        every.bulk_update(changed, [name])


def read(prose, forms):
    """Give a sentence as template and parameters; as it is where no form fits."""
    if not isinstance(prose, str):
        return prose
    for form in forms:
        found = _pattern(form).fullmatch(prose)
        if found is not None:
            told = found.groupdict()
            params = {name: _param(name, text) for name, text in told.items()}
            return {"template": form} | ({"params": params} if params else {})
    return prose


def _param(name, text):
    if name != "misfits":
        return {"template": text} if text in WORDS else text
    parts = [read(each, (MISFIT,)) for each in text.split("; ")]
    if len(parts) == 1:
        return parts[0]
    names = [f"part_{number}" for number in range(len(parts))]
    template = "; ".join(f"%({each})s" for each in names)
    return {"template": template, "params": dict(zip(names, parts, strict=True))}


def _pattern(form):
    parts = HOLE.split(form)
    return re.compile(
        "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part)
            for place, part in enumerate(parts)
        ),
        re.DOTALL,
    )


REWRITE = migrations.RunPython(keep_as_messages, migrations.RunPython.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("ballistics", "0002_state_cases_and_rest_sets"),
        ("audit", "0002_guards"),
    ]

    # Each table is proved before and stated again after: the ledger vouches for both.
    operations = restated(
        "ballistics.scan", restated("ballistics.comparison", [REWRITE])
    )
