from django.urls import path

from armstrace.web.registry import acts, entering, extracts, joins, life, views

urlpatterns = [
    path("registry/", views.arm_list, name="registry"),
    path("registry/register/", entering.register, name="arm-register"),
    path("registry/similar/", entering.similar, name="arm-similar"),
    path("registry/<int:arm_id>/", views.arm, name="arm"),
    path("registry/<int:arm_id>/pass/", acts.pass_on, name="arm-pass"),
    path(
        "registry/<int:arm_id>/record/<slug:kind>/", acts.happen, name="arm-happening"
    ),
    path("registry/<int:arm_id>/correct/", acts.correct, name="arm-correct"),
    path("registry/<int:arm_id>/withdraw/", acts.withdraw, name="arm-withdraw"),
    path("registry/<int:arm_id>/reinstate/", acts.reinstate, name="arm-reinstate"),
    path(
        "registry/<int:arm_id>/life/<int:event_id>/correct/",
        life.correct,
        name="arm-event-correct",
    ),
    path(
        "registry/<int:arm_id>/life/<int:event_id>/withdraw/",
        life.withdraw,
        name="arm-event-withdraw",
    ),
    path("registry/<int:arm_id>/extract/", extracts.extract, name="arm-extract"),
    path("registry/<int:arm_id>/holders/", views.holders, name="arm-holders"),
    path("registry/losses/", views.losses, name="losses"),
    path("registry/reports/", joins.pairs, name="arm-pairs"),
    path("registry/reports/decide/", joins.decide, name="arm-pair-decide"),
    path("look-up/", views.look_up, name="look-up"),
]
