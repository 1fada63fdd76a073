"""The `armstrace` command: a table of commands, each loaded when it is used.

Commands that need no database never load Django, so that they start at once and
run on a machine where nothing is configured.
"""

import importlib
import os
import sys
from dataclasses import dataclass

import click
import django
import typer
from typer.main import get_command as command_of

from armstrace.vocabulary.errors import ArmstraceError


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command stands, loaded on first use.

    Args:
        module: Module that defines ``app``, a Typer application.
        words: One line for the list of commands.
        needs_records: Whether Django must be set up first.
        is_demo: Whether demo settings hold from the start.
    """

    module: str
    words: str
    needs_records: bool = True
    is_demo: bool = False


COMMANDS = {
    "demo": Lazy("demo", "Make a synthetic country and serve it.", is_demo=True),
    "init": Lazy("preparing", "Prepare the configured database."),
    "serve": Lazy("serving", "Serve the pages and the API."),
    "work": Lazy("work", "Run the jobs that wait."),
    "check": Lazy("check", "Say what is unsafe or missing."),
    "account": Lazy("account", "Open accounts and issue API tokens."),
    "intake": Lazy("intake", "Load spreadsheets into records."),
    "identify": Lazy("identify", "Read marks in a file.", needs_records=False),
    "match": Lazy("match", "Match two files of marks.", needs_records=False),
    "trace": Lazy("trace", "Trace recovered arms at home."),
    "indicator": Lazy("indicator", "Compute indicator 16.4.2."),
    "ledger": Lazy("ledger", "Prove that nothing was altered."),
}


class LazyGroup(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        if lazy.is_demo:
            os.environ["ARMSTRACE_DEMO"] = "True"
        if lazy.needs_records:
            set_up()
        module = importlib.import_module(f"armstrace.cli.{lazy.module}")
        command = command_of(module.app)
        command.name = cmd_name
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the commands without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.words) for name, lazy in COMMANDS.items()])


def set_up() -> None:
    """Set Django up under the settings of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armstrace.project.settings")
    django.setup()


def run() -> None:
    """Run a command; say a refusal in one sentence and leave with status 1."""
    group = LazyGroup(
        "armstrace",
        help="Trace every recovered arm to the point where it left the legal world.",
        no_args_is_help=True,
    )
    try:
        group(prog_name="armstrace")
    except ArmstraceError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
