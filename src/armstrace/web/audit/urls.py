from django.urls import path

from armstrace.web.audit import proofs, views

urlpatterns = [
    path("oversight/", views.consultations, name="consultations"),
    path("oversight/people/<str:name>/", views.person, name="unusual-use"),
    path("oversight/records/<str:reference>/", views.record, name="who-looked"),
    path("oversight/entries/<int:seq>/", proofs.entry, name="ledger-entry"),
    path("oversight/proof/", proofs.proof, name="ledger-proof"),
    path("oversight/proof/begin/", proofs.begin, name="ledger-prove"),
    path("oversight/checkpoint/", proofs.checkpoint, name="ledger-checkpoint"),
    path("oversight/compare/", proofs.compare, name="ledger-compare"),
]
