from django.urls import path

from armstrace.web.licensing import views

urlpatterns = [
    path("holders/", views.holder_list, name="holders"),
    path("holders/record/", views.record, name="holder-record"),
    path("holders/<int:holder_id>/", views.holder, name="holder"),
    path("holders/<int:holder_id>/correct/", views.correct, name="holder-correct"),
]
