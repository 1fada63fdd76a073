"""The `armstrace` command: a table of commands, each loaded when it is used.

Commands that need no database never load Django, so that they start at once and
run on a machine where nothing is configured.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext
from importlib import metadata

import django
from django.db import DatabaseError, ProgrammingError
from typer import Abort, Typer
from typer.main import get_command

from armstrace.cli import helping, usage
from armstrace.records import faults
from armstrace.translation import translate
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command stands, loaded on first use."""

    # Module that defines ``app``, a Typer application.
    module: str
    words: str
    # Whether Django must be set up first.
    needs_records: bool = True
    # Whether demo settings hold from the start.
    is_demo: bool = False


COMMANDS = {
    "demo": Lazy("demo", "Make a synthetic country and serve it.", is_demo=True),
    "init": Lazy("init", "Prepare the configured database."),
    "serve": Lazy("serving", "Serve the pages and the API."),
    "work": Lazy("work", "Run the jobs that wait."),
    "check": Lazy("check", "Say what is unsafe or missing."),
    "backup": Lazy("backup", "Back up, sealed for a key kept elsewhere."),
    "restore": Lazy("restore", "Put a backup into an empty home."),
    "account": Lazy("account", "Open accounts and issue API tokens."),
    "intake": Lazy("intake", "Load spreadsheets into records."),
    "identify": Lazy("identify", "Read marks in a file.", needs_records=False),
    "match": Lazy("match", "Match two files of marks.", needs_records=False),
    "match-records": Lazy("match_records", "Match recoveries on record."),
    "screen": Lazy("screen", "Compare names in files.", needs_records=False),
    "tune": Lazy("tune", "Propose a tuning of matching."),
    "rekey": Lazy("rekey", "Make the keys of matching anew."),
    "ballistics": Lazy("ballistics", "Compare scans of marks.", needs_records=False),
    "warn": Lazy("warn", "Raise early warnings."),
    "trace": Lazy("trace", "Trace recovered arms at home."),
    "network": Lazy("network", "Find ways between records; export them."),
    "procedure": Lazy("procedure", "Check a procedure.", needs_records=False),
    "cases": Lazy("cases", "Count recoveries with a parallel case."),
    "indicator": Lazy("indicator", "Compute indicator 16.4.2."),
    "questionnaire": Lazy("questionnaire", "Write the annual return of arms."),
    "sdmx": Lazy("sdmx", "Write the indicator as an SDMX message."),
    "risk": Lazy("risk", "Score declarations of goods.", needs_records=False),
    "release": Lazy("release", "Check a published release.", needs_records=False),
    "certificate": Lazy(
        "certificate", "Issue and check certificates.", needs_records=False
    ),
    "destruction": Lazy("destruction", "Say what a lot of destruction lacks."),
    "licence": Lazy("licence", "Say what blocks a licence."),
    "transfer": Lazy("transfer", "Say what blocks a transfer."),
    "consignments": Lazy("consignments", "List what is due of consignments."),
    "deactivation": Lazy("deactivation", "Say what blocks a deactivation."),
    "stock": Lazy("stock", "Compare a store of State arms with a list."),
    "retention": Lazy("retention", "List records whose period has ended."),
    "ledger": Lazy("ledger", "Prove that nothing was altered."),
}
UNPREPARED = ("no such table", "does not exist", "unable to open database file")
DEBUG = "--debug"
ABOUT = message("Trace every recovered arm to the point where it left the legal world.")
MORE = message(
    "armstrace COMMAND --help tells what a command takes, and --debug after a "
    "command shows the trace of an error; armstrace --version names the version."
)


def run() -> None:
    """Run the command that is named first; leave with the contract's status."""
    sys.exit(status_of(sys.argv[1:]))


def status_of(words: Sequence[str]) -> int:
    """Run a command and give its exit status.

    Args:
        words: The command's name and what follows it.

    Returns:
        0 done, 1 refused or failed (with one sentence), 2 wrong usage.
    """
    helping.speak(language())
    name = words[0] if words else "--help"
    if name in {"--help", "-h"}:
        show_commands()
        return 0
    if name == "--version":
        sys.stdout.write(f"armstrace {metadata.version('armstrace')}\n")
        return 0
    if name not in COMMANDS:
        print_error(say(SAID.say("NO_COMMAND", name=repr(name))))
        return 2
    rest = list(words[1:])
    if DEBUG not in rest:
        return _ran(name, rest)
    rest.remove(DEBUG)
    return _end(load(name), name, rest)


def _ran(name: str, words: list[str]) -> int:
    """Run one command; say in one sentence why it did not come to its end."""
    try:
        return _end(load(name), name, words)
    except ArmstraceError as error:
        print_error(say(error))
    except BrokenPipeError:
        # Whoever read the output has enough; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 - the outermost interface
        print_error(say(_why(error, name)))
    return 1


def _end(app: Typer, name: str, words: list[str]) -> int:
    """Run a command; give its exit status. Only its refusals are exceptions."""
    command, taken = f"armstrace {name}", get_command(app)
    if language() != "en":
        helping.translate_help(taken)
    try:
        ended = taken(args=words, prog_name=command, standalone_mode=False)
    except SystemExit as left:
        ended = left.code if isinstance(left.code, int) else int(bool(left.code))
    except usage.WRONG as wrong:
        if usage.is_help(wrong):
            wrong.show()
        else:
            print_error(say(usage.explain(wrong, command)))
        return 2
    except Abort:
        return 1
    return ended if isinstance(ended, int) else 0


def _why(error: Exception, name: str) -> Message | ArmstraceError:
    """Say what went wrong, and what to do, where no command foresaw it."""
    first = next(iter(str(error).strip().splitlines()), "")
    if isinstance(error, DatabaseError) and any(s in first for s in UNPREPARED):
        return message("The database is not prepared; run armstrace init first.")
    if isinstance(error, ProgrammingError):
        return SAID.say("DATABASE_REFUSED", told=first)
    refused = faults.explain(error)
    if refused is not None and refused.message == faults.AWAY:
        return SAID.say("DATABASE_AWAY", told=first)
    if refused is not None:
        return refused
    return SAID.say(
        "COMMAND_FAILED",
        name=name,
        kind=type(error).__name__,
        told=first.rstrip("."),
        debug=DEBUG,
    )


def load(name: str) -> Typer:
    """Load one command, with Django under it where it needs records."""
    lazy = COMMANDS[name]
    if lazy.is_demo:
        os.environ["ARMSTRACE_DEMO"] = "True"
    if lazy.needs_records:
        set_up()
    app: Typer = importlib.import_module(f"armstrace.cli.{lazy.module}").app
    return app


def show_commands() -> None:
    """List the commands without loading them."""
    lines = [
        f"{gettext('Usage:')} armstrace COMMAND [OPTIONS]",
        "",
        gettext(str(ABOUT)),
        "",
        *(f"  {name:<14} {gettext(lazy.words)}" for name, lazy in COMMANDS.items()),
        "",
        gettext(str(MORE)),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def print_error(sentence: str) -> None:
    """Say what went wrong, in one sentence, on standard error."""
    sys.stderr.write(f"{sentence}\n")


def say(said: Message | ArmstraceError) -> str:
    """Give a sentence in the language that the environment names.

    English needs no settings, so that it is said where nothing is configured.
    """
    if language() == "en":
        return str(said)
    try:
        set_up()
    except ArmstraceError:  # the settings themselves are what was refused
        return str(said)
    return translate(said)


def language() -> str:
    """Give the language that the environment names."""
    return os.environ.get("ARMSTRACE_LANGUAGE", "en")


def set_up() -> None:
    """Set Django up under the settings of the environment."""
    # What is written from here on, the database first, is for this user alone.
    os.umask(0o077)
    # Products of matrices are small here: threads of BLAS wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armstrace.project.settings")
    django.setup()


if __name__ == "__main__":
    run()
