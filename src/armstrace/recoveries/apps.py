from django.apps import AppConfig


class RecoveriesConfig(AppConfig):
    name = "armstrace.recoveries"
    label = "recoveries"
