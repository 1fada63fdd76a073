"""Bring the translation catalogues up to what pages and vocabularies say.

Words of pages stand in ``web/locale`` and ``public/locale``; labels of codes, words
of data files and the templates of messages in ``locale``. Needs GNU gettext. Words
no longer said are dropped; new ones wait with an empty text, unless another
catalogue translates them already.
"""

import ast
import csv
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import django
from typer.main import get_command

import armstrace
from armstrace.analysis.ballistics import sharing
from armstrace.analysis.marks import tables
from armstrace.analysis.procedures import reading
from armstrace.analysis.risk.catalogue import descriptions
from armstrace.analysis.statistics import release_checks
from armstrace.analysis.statistics.neighbours import report
from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.analysis.statistics.release_rows import Counts
from armstrace.analysis.statistics.workbook import about
from armstrace.audit.declarations import apps_declared
from armstrace.cli import helping
from armstrace.cli.main import COMMANDS
from armstrace.intake.profiles import library
from armstrace.vocabulary import field_words
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.profiles import loading

SOURCE = Path(__file__).resolve().parents[1] / "src" / "armstrace"
LANGUAGES = ("ar", "es", "fr")
APPS = ("web", "public")
ROOTS = (SOURCE, *(SOURCE / app for app in APPS))
CATALOGUE = "locale/{code}/LC_MESSAGES/django.po"
NOTED = {
    "bare_calibres.tsv": "note",
    "countries.tsv": "note",
    "other_numbers.tsv": "note",
    "proof_marks.tsv": "meaning",
    "types.tsv": "note",
}
"""Tables of marks and their column of words."""
RULE = re.compile(r"[A-Z]{2}-\d{2}")
"""Code of a rule, which its sentence follows."""
DOORS = ("armstrace.web", "armstrace.api", "armstrace.cli", "armstrace.project")

XGETTEXT = (
    "xgettext --from-code=UTF-8 --no-location --no-wrap -L Python -kpgettext:1c,2"
)
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
"""Names the charset, and no date that would change with every run."""
MSGMERGE = "msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching"
CREATED = re.compile(r'"POT-Creation-Date: .*\n')
"""A date that would change with every run."""
MSGUNIQ = "msguniq --use-first --no-wrap"
"""Two changes that were merged may hold one word twice."""
MSGATTRIB = "msgattrib --no-obsolete --no-fuzzy --no-wrap --sort-output"
MAKEMESSAGES = "django makemessages --no-wrap --no-obsolete --no-location --keep-pot"


def labels() -> Iterator[str]:
    """Give the words of every code, each once."""
    for module in pkgutil.walk_packages(armstrace.__path__, "armstrace."):
        if module.name.startswith(DOORS) or ".migrations" in module.name:
            continue
        importlib.import_module(module.name)
    waiting, said = [Code], set[str]()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        for code in kind:
            if code.label not in said:
                said.add(code.label)
                yield code.label


def declared() -> Iterator[str]:
    """Give the words of the data files that pages show."""
    asked = questionnaire()
    for table in asked.tables:
        yield from (table.title, table.note, *(row.label for row in table.rows))
    yield from (check.words for check in asked.checks)
    for form in map(report.form_of, report.FORMS):
        yield from (form.title, form.instrument, form.due, form.unverified)
        for section in form.sections:
            yield section.title
            yield from (
                text for item in section.items for text in (item.words, item.note)
            )
    definitions, limits = about.terms()
    yield from (text for one in definitions for text in (one.term, one.words))
    yield from limits
    for name, column in NOTED.items():
        yield from (row[column] for row in tables.rows(name))
    yield from (words.template for words in field_words.NAMED.values())
    yield from read_table("armstrace.web.marks", "columns.toml").values()
    yield from reasons_of_files()
    told = descriptions().values()
    yield from (one[words] for one in told for words in ("title", "how"))
    for cases in read_table("armstrace.checking", "findings.toml").values():
        yield from (words for _verdict, *said in cases.values() for words in said)
    nothing = release_checks.CountryYear("", 0, Counts())
    for check in release_checks.CHECKS:
        yield check.words
        yield from (words for words, _ in check.make(nothing))
    yield from (release_checks.DISPUTED, release_checks.BLANK)
    for edition in sharing.editions():
        yield from (one.words.template for one in edition.criteria)


def reasons_of_files() -> Iterator[str]:
    """Give why rows of files are taken as they are, by what ships."""
    for profile in library.built_in_profiles().values():
        reasoned = (*profile.constants.values(), *profile.kind_rules)
        yield from (*(each.reason for each in reasoned), *profile.ignored.values())
    words = read_table("armstrace.intake.profiles", "kind_words.toml")
    yield from (each["reason"] for each in words["kind"])


def asked_by_procedure() -> Iterator[str]:
    """Give the words of the procedure that is shipped."""
    shipped = reading.read(reading.load_shipped())
    yield shipped.name
    for one in (*shipped.triggers, *shipped.steps):
        yield one.words
        yield getattr(one, "evidence", "")


def ruled() -> Iterator[str]:
    """Give the words of rights, and of the provisions of shipped profiles."""
    for app in apps_declared():
        yield from (grant.words for grant in app.grants)
    for profile in map(loading.load, loading.profile_names()):
        worded = (profile.definitions, profile.offences, profile.elements)
        for rule in (
            *chain.from_iterable(worded),
            *profile.deadlines,
            *profile.techniques,
        ):
            yield rule.words


def helped() -> Iterator[str]:
    """Give what the help of commands says."""
    for lazy in COMMANDS.values():
        yield lazy.words
        app = importlib.import_module(f"armstrace.cli.{lazy.module}").app
        yield from helping.texts(get_command(app))


def templates() -> Iterator[str]:
    """Give the templates of the messages that the package says."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name("message"), args=[ast.Constant(value=str(template))]
                ):
                    yield template
                case ast.Call(
                    args=[
                        ast.Constant(value=str(code)),
                        ast.Constant(value=str(template)),
                        *_,
                    ]
                ) if RULE.fullmatch(code):
                    yield template
                case ast.Call(func=ast.Name("message")):
                    where = f"{file.relative_to(SOURCE)}:{node.lineno}"
                    sys.exit(f"{where}: the template of a message is a literal")


def kept() -> Iterator[str]:
    """Give the sentences that stand in tables beside modules: of rules, and others."""
    for file in sorted(SOURCE.rglob("*.tsv")):
        for row in csv.DictReader(file.open(encoding="utf-8"), delimiter="\t"):
            if "called" in row or RULE.fullmatch(row.get("code", "")):
                yield row["words"]


def counted() -> Iterator[tuple[str, str]]:
    """Give both templates of the messages whose words a number changes."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "counted":
                one, several = map(ast.literal_eval, node.args)
                yield one, several


def collect_words(words: set[str]) -> None:
    """Bring the catalogues of labels, data files and messages up to date."""
    lines = "".join(f"gettext({word!r})\n" for word in sorted(filter(None, words)))
    lines += "".join(f"ngettext({a!r}, {b!r}, 2)\n" for a, b in sorted({*counted()}))
    with tempfile.TemporaryDirectory() as folder:
        source, template = Path(folder) / "labels.py", Path(folder) / "labels.pot"
        source.write_text(lines, encoding="utf-8")
        said = SOURCE / "translation" / "__init__.py"
        _run(*XGETTEXT.split(), "-o", str(template), str(source), str(said))
        _, _, found = template.read_text(encoding="utf-8").partition("\n\n")
        template.write_text(HEADER + found, encoding="utf-8")
        for code in LANGUAGES:
            _merge(SOURCE, code, template)


def collect_pages(app: str) -> None:
    """Bring the catalogues of an app's pages up to date."""
    chosen = [option for code in LANGUAGES for option in ("-l", code)]
    _run(sys.executable, "-m", *MAKEMESSAGES.split(), *chosen, cwd=SOURCE / app)
    template = SOURCE / app / "locale" / "django.pot"
    for code in LANGUAGES:
        _merge(SOURCE / app, code, template)
    template.unlink()


def _merge(folder: Path, code: str, template: Path) -> None:
    """Bring one catalogue up to its template; what another one translates stays."""
    catalogue = folder / CATALOGUE.format(code=code)
    others = [root / CATALOGUE.format(code=code) for root in ROOTS]
    known = [f"--compendium={other}" for other in others if other != catalogue]
    # A guess is dropped first: dropped last, it would take its sentence with it.
    _run(*MSGATTRIB.split(), "-o", str(catalogue), str(catalogue))
    _run(*MSGMERGE.split(), *known, str(catalogue), str(template))
    _run(*MSGATTRIB.split(), "-o", str(catalogue), str(catalogue))
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(CREATED.sub("", text), encoding="utf-8")


def compile_all() -> None:
    """Compile every catalogue, and stop at one whose placeholders do not agree."""
    for catalogue in sorted(SOURCE.glob("**/LC_MESSAGES/django.po")):
        _run(
            "msgfmt",
            "--check-format",
            "-o",
            str(catalogue.with_suffix(".mo")),
            str(catalogue),
        )


def _run(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd)  # noqa: S603 - own commands


def main() -> None:
    """Collect, then compile."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armstrace.project.settings")
    if "--compile" not in sys.argv[1:]:
        django.setup()
        for catalogue in SOURCE.glob("**/LC_MESSAGES/django.po"):
            _run(*MSGUNIQ.split(), "-o", str(catalogue), str(catalogue))
        collect_words(
            {
                *labels(),
                *declared(),
                *asked_by_procedure(),
                *ruled(),
                *helped(),
                *templates(),
                *kept(),
            }
        )
        for app in APPS:
            collect_pages(app)
    compile_all()


if __name__ == "__main__":
    main()
