"""Nothing that a person typed stands in the log."""

import json
import logging

import pytest
from django.http import HttpRequest

from armstrace.project import logs

pytestmark = pytest.mark.pure

CANARY = "Ana Canary"


def record(text, *args, error=None, **extra):
    raised = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("x", logging.ERROR, "f.py", 3, text, args, raised)
    made.__dict__.update(extra)
    return made


def failed():
    try:
        int(CANARY)
    except ValueError as error:
        return error


@pytest.mark.parametrize("form", [logs.Plain(), logs.Json()])
def test_parameters_and_texts_of_errors_are_left_out(form):
    request = HttpRequest()
    request.path = f"/holders/{CANARY}"
    said = record(
        "Internal Server Error: %s (%d rows, %s)",
        request.path,
        7,
        CANARY,
        error=failed(),
        request=request,
        status_code=500,
    )

    line = form.format(said)

    assert "Canary" not in line
    assert "Internal Server Error: … (7 rows, …)" in line
    assert "test_logs.py" in line


def test_a_line_of_json_is_one_object_that_machines_read():
    line = logs.Json().format(record("forged\nline %s", CANARY, error=failed()))

    told = json.loads(line)
    assert "\n" not in line
    assert told["event"] == "forged line …"
    assert told["error"] == "ValueError"
    assert told["level"] == "ERROR"


def test_what_is_no_text_is_named_by_its_kind():
    assert "Canary" not in logs.Plain().format(record(ValueError(CANARY)))
