"""What the app of files and custody says of itself."""

from armstrace.audit import declarations


class EvidenceConfig(declarations.App):
    name = "armstrace.evidence"
    proofs = ("armstrace.evidence.proving.prove_files",)
    rules = {"EV": "Evidence and custody"}
