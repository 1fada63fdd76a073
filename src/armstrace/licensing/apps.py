from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "armstrace.licensing"
    label = "licensing"
