from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "armstrace.intake"
    label = "intake"
