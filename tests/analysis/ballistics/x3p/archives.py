"""Builders of X3P files, sound and broken."""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p import writer
from armstrace.analysis.ballistics.x3p.reader import Provenance


def surface(rows=6, columns=9, seed=1):
    heights_m = np.random.default_rng(seed).normal(0, 1e-6, (rows, columns))
    heights_m[1, 2] = np.nan
    return Surface(heights_m, 2e-6, 3e-6)


def sound_file(folder: Path, **overrides) -> Path:
    path = folder / "mark.x3p"
    writer.write(path, surface(), Provenance(creator="A & B", **overrides))
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes], prefix: str = "") -> Path:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(prefix + name, part)
    path.write_bytes(content.getvalue())
    return path


def rewritten(path: Path, old: str, new: str) -> Path:
    """Replace a text in main.xml and mend its checksum."""
    parts = parts_of(path)
    described = parts["main.xml"].decode()
    assert old in described
    parts["main.xml"] = described.replace(old, new).encode()
    parts["md5checksum.hex"] = hashlib.md5(parts["main.xml"]).hexdigest().encode()
    return packed(path, parts)
