from django.apps import AppConfig


class BallisticsConfig(AppConfig):
    name = "armstrace.ballistics"
    label = "ballistics"
