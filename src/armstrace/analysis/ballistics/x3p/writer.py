"""Write a surface as X3P, so that another program reads the same numbers."""

import hashlib
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p.reader import Provenance

# A fixed time in the archive: the same surface gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_NAMESPACE = "http://www.opengps.eu/2008/ISO5436_2"
_REVISION = "ISO5436 - 2000"


def write(path: Path, surface: Surface, provenance: Provenance) -> None:
    """Write a surface and where it comes from.

    Source:
        ISO 25178-72.
    """
    points = np.ascontiguousarray(surface.heights_m, dtype="<f8").tobytes()
    described = _description(surface, provenance, _md5(points)).encode()
    sums = f"{_md5(described)} *main.xml\n".encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (
            ("main.xml", described),
            ("bindata/data.bin", points),
            ("md5checksum.hex", sums),
        ):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def _description(surface: Surface, words: Provenance, points_sum: str) -> str:
    rows, columns = surface.heights_m.shape
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<p:ISO5436_2 xmlns:p="{_NAMESPACE}">
  <Record1>
    <Revision>{escape(words.revision or _REVISION)}</Revision>
    <FeatureType>SUR</FeatureType>
    <Axes>
      {_axis("CX", "I", surface.spacing_x_m)}
      {_axis("CY", "I", surface.spacing_y_m)}
      {_axis("CZ", "A", 1.0)}
    </Axes>
  </Record1>
  {_record2(words)}
  <Record3>
    <MatrixDimension>
      <SizeX>{columns}</SizeX><SizeY>{rows}</SizeY><SizeZ>1</SizeZ>
    </MatrixDimension>
    <DataLink>
      <PointDataLink>bindata/data.bin</PointDataLink>
      <MD5ChecksumPointData>{points_sum}</MD5ChecksumPointData>
    </DataLink>
  </Record3>
  <Record4><ChecksumFile>md5checksum.hex</ChecksumFile></Record4>
</p:ISO5436_2>
"""


def _axis(name: str, kind: str, increment: float) -> str:
    return (
        f"<{name}><AxisType>{kind}</AxisType><DataType>D</DataType>"
        f"<Increment>{increment!r}</Increment><Offset>0.0</Offset></{name}>"
    )


def _record2(words: Provenance) -> str:
    instrument = "".join(
        _element(tag, text)
        for tag, text in (
            ("Manufacturer", words.manufacturer),
            ("Model", words.model),
            ("Serial", words.serial),
            ("Version", words.version),
        )
    )
    probing = _element("Type", words.probing_type) + _element(
        "Identification", words.probing_identification
    )
    return (
        "<Record2>"
        + _element("Date", words.measured_at)
        + _element("Creator", words.creator)
        + f"<Instrument>{instrument}</Instrument>"
        + _element("CalibrationDate", words.calibrated_at)
        + f"<ProbingSystem>{probing}</ProbingSystem>"
        + _element("Comment", words.comment)
        + "</Record2>"
    )


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
