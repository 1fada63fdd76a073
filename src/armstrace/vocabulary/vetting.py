"""Vetting of people, lists of names, and refusals that States tell each other.

Source:
    Background paper (2018), paras. 33, 38, 78; Delegated Regulation (EU) 2021/1423.
"""

from armstrace.vocabulary.codes import Code


class ListFormat(Code):
    """How a list of names was published."""

    UN_XML = "UN_XML", "United Nations, XML"
    EU_XML = "EU_XML", "European Union, XML"
    OFAC_XML = "OFAC_XML", "OFAC, XML"
    OFAC_CSV = "OFAC_CSV", "OFAC, CSV without headings"
    FTM = "FTM", "FollowTheMoney, JSON lines"
    CSV = "CSV", "CSV with headings"
