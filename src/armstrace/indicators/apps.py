from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "armstrace.indicators"
    label = "indicators"
