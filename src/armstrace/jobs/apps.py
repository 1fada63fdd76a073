from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "armstrace.jobs"
    label = "jobs"
