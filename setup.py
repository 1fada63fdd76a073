"""Compile the catalogues of translations into what is built; the rest is declared."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Build the package with its catalogues compiled."""

    def run(self) -> None:
        """Compile each catalogue beside its text, then build."""
        for path in sorted(Path("src").glob("**/LC_MESSAGES/django.po")):
            with path.open("rb") as text, path.with_suffix(".mo").open("wb") as made:
                write_mo(made, read_po(text, locale=path.parts[-3]))
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
