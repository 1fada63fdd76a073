"""A row may be held because its item is no arm."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0005_count_by_class'),
    ]

    operations = [
        migrations.AlterField(
            model_name='heldrow',
            name='reason',
            field=models.CharField(choices=[('UNCHANGED', 'already on record, unchanged'), ('BLANK_ROW', 'nothing stands in the row'), ('HEADINGS_AGAIN', 'the headings stand there once more'), ('REPEATED_ROW', 'the same row stood earlier in the file'), ('MISSING_FIELD', 'a field that is needed is not stated'), ('NOT_A_DATE', 'a date cannot be read'), ('FUTURE_DATE', 'a date lies in the future'), ('UNKNOWN_CODE', 'a value is not one of the known ones'), ('NOT_AN_ARM', 'it is no arm, no part of one and no ammunition'), ('UNKNOWN_COUNTRY', 'a country is not known'), ('NOT_A_NUMBER', 'a number cannot be read'), ('TOO_LONG', 'a text is longer than its field'), ('CONTROL_CHARACTER', 'a control character stands in a text'), ('DAMAGED_ROW', 'the row could not be read whole'), ('DUPLICATE_IDENTIFIER', 'two different rows have one identifier'), ('UNKNOWN_REFERENCE', 'it names a record that is not there'), ('RULE_BROKEN', 'a rule of the records forbids it'), ('CONFLICT', 'it contradicts a correction that a person made')], max_length=24),
        ),
    ]
