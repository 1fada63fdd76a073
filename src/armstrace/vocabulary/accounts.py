"""What kind of body an agency is."""

from armstrace.vocabulary.codes import Code


class AgencyKind(Code):
    POLICE = "POLICE", "police"
    REGISTRY = "REGISTRY", "firearms registry"
    CUSTOMS = "CUSTOMS", "customs"
    FORENSIC = "FORENSIC", "forensic laboratory"
    PROSECUTION = "PROSECUTION", "prosecution"
    HUB = "HUB", "firearms hub"
    STATISTICS = "STATISTICS", "statistics and focal point"
    OVERSIGHT = "OVERSIGHT", "oversight body"
