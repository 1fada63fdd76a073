"""Keep why recoveries are alike, and what a result says, as messages.

Prose that stands there is read as it is; the reason why two recoveries are alike
is read back as its template.
"""

from django.db import migrations

from armstrace.audit.restating import restated
from armstrace.records.fields import MessageField
from armstrace.records.prose import Prose
from armstrace.vocabulary.messages import Message

PROSE = Prose(["%(make)s %(serial)s: make and whole serial agree"], {})


def read_reasons(apps, _editor):
    """Read why a recovered arm seems to be one that was recovered before."""
    found = apps.get_model("recoveries", "Resighting").objects
    for row in found.only("pk", "why").iterator(chunk_size=2000):
        row.why = Message.read(PROSE.read(str(row.why)))
        row.save(update_fields=["why"])


class Migration(migrations.Migration):
    dependencies = [
        ("recoveries", "0004_match_as_jobs"),
        ("audit", "0002_guards"),
    ]

    operations = [
        migrations.AlterField("matchingresult", "note", MessageField(blank=True)),
        *restated(
            "recoveries.resighting",
            [
                migrations.AlterField("resighting", "why", MessageField()),
                migrations.RunPython(read_reasons, migrations.RunPython.noop),
            ],
        ),
    ]
