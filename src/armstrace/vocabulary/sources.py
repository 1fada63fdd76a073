"""The provisions, standards and papers that rules and methods rest on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A place in an instrument."""

    # A key of ``INSTRUMENTS``.
    instrument: str
    # Article and paragraph, as in ``art. 12, para. 4``.
    place: str = ""

    def __post_init__(self) -> None:
        """Refuse an instrument that is not in the catalogue."""
        if self.instrument not in INSTRUMENTS:
            msg = f"unknown instrument {self.instrument!r}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Write the source as it is cited."""
        name = INSTRUMENTS[self.instrument]
        return f"{name}, {self.place}" if self.place else name


INSTRUMENTS = {
    "protocol": "Firearms Protocol (A/RES/55/255)",
    "untoc": "Convention against Transnational Organized Crime",
    "iti": "International Tracing Instrument (decision 60/519)",
    "poa": "Programme of Action on small arms (2001)",
    "att": "Arms Trade Treaty",
    "eu-2015-2403": "Implementing Regulation (EU) 2015/2403",
    "eu-2021-555": "Directive (EU) 2021/555",
    "eu-258-2012": "Regulation (EU) No 258/2012",
    "eu-2025-41": "Regulation (EU) 2025/41",
    "eu-2021-1423": "Delegated Regulation (EU) 2021/1423",
    "mosaic-05.30": "MOSAIC 05.30, marking and record-keeping",
    "mosaic-05.31": "MOSAIC 05.31, tracing",
    "sdg-16.4.2": "Metadata of SDG indicator 16.4.2 (2018)",
    "iafq": "UNODC illicit arms flows questionnaire",
    "sdmx-sdg": "Global SDG data structure (IAEG-SDGs:SDG)",
    "paper-2018": "Secretariat background paper, Working Group on Firearms (2018)",
    "rfc6962": "RFC 6962",
    "led": "Directive (EU) 2016/680, art. 25",
    "design": "Rule of this design",
}
