from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "armstrace.evidence"
    label = "evidence"
