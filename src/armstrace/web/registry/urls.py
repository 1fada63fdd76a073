from django.urls import path

from armstrace.web.registry import acts, entering, extracts, joins, life, trade, views

ARM = "registry/<int:arm_id>/"

urlpatterns = [
    path("registry/", views.arm_list, name="registry"),
    path("registry/register/", entering.register, name="arm-register"),
    path("registry/similar/", entering.similar, name="arm-similar"),
    path(ARM, views.arm, name="arm"),
    path(f"{ARM}pass/", acts.pass_on, name="arm-pass"),
    path(f"{ARM}record/<slug:kind>/", acts.happen, name="arm-happening"),
    path(f"{ARM}convert/", acts.convert, name="arm-convert"),
    path(f"{ARM}correct/", acts.correct, name="arm-correct"),
    path(f"{ARM}withdraw/", acts.withdraw, name="arm-withdraw"),
    path(f"{ARM}reinstate/", acts.reinstate, name="arm-reinstate"),
    path(f"{ARM}life/<int:event_id>/correct/", life.correct, name="arm-event-correct"),
    path(
        f"{ARM}life/<int:event_id>/withdraw/", life.withdraw, name="arm-event-withdraw"
    ),
    path(f"{ARM}marks/", acts.mark, name="arm-mark"),
    path(f"{ARM}parts/", acts.exchange, name="arm-part-exchange"),
    path(f"{ARM}extract/", extracts.extract, name="arm-extract"),
    path(f"{ARM}holders/", views.holders, name="arm-holders"),
    path("registry/losses/", views.losses, name="losses"),
    path("registry/reasoned/", views.passings_with_reason, name="reasoned-passings"),
    path("registry/reports/", joins.pairs, name="arm-pairs"),
    path("registry/reports/decide/", joins.decide, name="arm-pair-decide"),
    path("trade/", trade.in_hand, name="own-stock"),
    path("trade/book/", trade.book, name="own-book"),
    path("trade/notices/", trade.notices, name="own-notices"),
    path("trade/certificates/", trade.certificates, name="own-certificates"),
    path(
        "trade/certificates/<int:certificate_id>/",
        trade.certificate,
        name="own-certificate",
    ),
    path("trade/notice/", trade.notify, name="own-notice"),
    path("look-up/", views.look_up, name="look-up"),
]
