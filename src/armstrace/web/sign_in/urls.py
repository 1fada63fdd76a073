from django.urls import path

from armstrace.web.sign_in import own, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("purpose/", views.purpose, name="purpose"),
    path("account/", own.account, name="own-account"),
    path("account/passphrase/", own.passphrase, name="own-passphrase"),
    path("account/sessions/end/", own.end_session, name="own-session-end"),
]
