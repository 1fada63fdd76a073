from django.urls import path

from armstrace.web.registry import views

urlpatterns = [
    path("registry/", views.arm_list, name="registry"),
    path("registry/<int:arm_id>/", views.arm, name="arm"),
    path("registry/<int:arm_id>/holders/", views.holders, name="arm-holders"),
    path("look-up/", views.look_up, name="look-up"),
]
