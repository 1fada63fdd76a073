"""Keep why, and what is missing, as templates with their parameters."""

import re

from django.db import migrations, models

from armstrace.analysis.provenance.first_hop import ManufactureBasis
from armstrace.audit.restating import restated
from armstrace.records.prose import Prose, label_of, labels_of
from armstrace.vocabulary.arms import ArmState, HolderKind, LifeEventKind

FORMS = (
    # Whom to ask first.
    "No record, import mark, maker or proof mark names a State to ask.",
    "One record of the own register matches the marks (probability %(chance)s).",
    "The arm was reported lost or stolen here, so its diversion is on record.",
    "The arm bears a mark of the own State's stock, army or police.",
    "The arm bears the own State's import mark.",
    "The most recent import mark of %(year)s names %(country)s.",
    "The most recent import mark names %(country)s.",
    "The arm was made here (%(basis)s).",
    "The arm was made in %(country)s (%(basis)s).",
    "Only proof, acceptance or arsenal marks point abroad: %(countries)s.",
    "At the same time worth asking: %(countries)s.",
    # Gaps in the records.
    "No date stands beside: %(kinds)s.",
    "No record says who made the arm or imported it before it was %(kind)s.",
    "The arm was %(kind)s although it was %(ended)s.",
    "%(giver)s gave the arm, but the register shows %(holder)s as its holder.",
    "Abroad in %(country)s; no record says how it came back.",
    "No record says how the arm came here from %(country)s.",
    "The arm was %(ended)s, yet it was recovered afterwards.",
    "The arm was exported; no record here says how it came back.",
    "No record says how the arm left its holder before it was recovered.",
    "No record says how the arm left %(holder)s before it was recovered.",
    # Points of diversion.
    "Earlier in the chain someone gave the arm who did not hold it on record.",
    "The arm was %(kind)s on %(day)s, yet it was recovered.",
    "The arm was %(kind)s, yet it was recovered.",
    "The arm was exported to %(country)s on %(day)s; ask there what became of it.",
    "The arm was exported to %(country)s; ask there what became of it.",
    "The arm was exported abroad on %(day)s; ask there what became of it.",
    "The arm was exported abroad; ask there what became of it.",
    "The arm was recovered before and never lawfully released.",
    "The arm was recovered %(days)s days after its holder bought it.",
    "The arm was %(kind)s on %(day)s.",
    "The arm was %(kind)s.",
    "The report came only after the recovery.",
    "A report of loss or theft can also cover a sale.",
    "The same holder bought %(number)s more within ninety days.",
    "The holder is still on record and reported neither loss nor theft.",
    "The holder's licence ended on %(day)s and the arm was not handed in.",
    "The holder's licence ended and the arm was not handed in.",
    "The holder died on %(day)s and no heir took the arm over on record.",
    "The holder died and no heir took the arm over on record.",
    "The arm never left the stock of a %(trader)s on record.",
    "The arm is still on record in State stock.",
    "Last lawful holder on record: %(holder)s on %(day)s.",
    "Last lawful holder on record: %(holder)s.",
)
AFTER_ONE = re.compile(r"(?<=\.) (?=[A-Z])")
TRADER = {"template": "trader"}
TRADERS = label_of(HolderKind)
PROSE = Prose(
    FORMS,
    {
        "kind": label_of(LifeEventKind),
        "ended": label_of(ArmState),
        "basis": label_of(ManufactureBasis),
        "trader": lambda words: TRADERS(words) if words != "trader" else TRADER,
        "countries": lambda words: words.split(", "),
        "kinds": labels_of(LifeEventKind),
        "days": int,
        "number": int,
    },
)


def read_findings(apps, _editor):
    """Read the reasons of findings; what was kept as certain was nearly so."""
    findings = apps.get_model("tracing", "TraceFinding").objects
    for row in findings.only("pk", "hop_why", "why").iterator(chunk_size=2000):
        said = row.hop_why.replace("probability 1.00", "probability > 99.9 %")
        row.hop_reasons = [PROSE.read(each) for each in AFTER_ONE.split(said) if each]
        row.why = [PROSE.read(each) for each in row.why]
        row.save(update_fields=["hop_reasons", "why"])


def read_gaps(apps, _editor):
    """Read the sentences of gaps."""
    gaps = apps.get_model("tracing", "ChainGap").objects
    for row in gaps.only("pk", "sentence").iterator(chunk_size=2000):
        row.said = PROSE.read(row.sentence)
        row.save(update_fields=["said"])


class Migration(migrations.Migration):
    dependencies = [
        ("tracing", "0001_begin"),
        ("audit", "0002_guards"),
    ]

    operations = [
        *restated(
            "tracing.tracefinding",
            [
                migrations.AddField(
                    "tracefinding",
                    "hop_reasons",
                    models.JSONField(blank=True, default=list),
                ),
                migrations.RunPython(read_findings, migrations.RunPython.noop),
                migrations.RemoveField("tracefinding", "hop_why"),
            ],
        ),
        *restated(
            "tracing.chaingap",
            [
                migrations.AddField(
                    "chaingap", "said", models.JSONField(default=dict)
                ),
                migrations.RunPython(read_gaps, migrations.RunPython.noop),
                migrations.RemoveField("chaingap", "sentence"),
            ],
        ),
    ]
