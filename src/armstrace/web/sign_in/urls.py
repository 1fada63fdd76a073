from django.urls import path

from armstrace.web.sign_in import factors, own, second_step, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/second-step/", second_step.second_step, name="second-step"),
    path("sign-in/passkey/", second_step.passkey_sign_in, name="passkey-sign-in"),
    path(
        "sign-in/passkey/options/", second_step.passkey_options, name="passkey-options"
    ),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("purpose/", views.purpose, name="purpose"),
    path("account/", own.account, name="own-account"),
    path("account/passphrase/", own.passphrase, name="own-passphrase"),
    path("account/factors/", factors.factors, name="own-factors"),
    path("account/factors/passkey/", factors.add_passkey, name="passkey-add"),
    path(
        "account/factors/passkey/options/",
        factors.new_passkey_options,
        name="passkey-add-options",
    ),
    path("account/factors/codes/", factors.set_up_codes, name="one-time-codes"),
    path(
        "account/factors/recovery-codes/",
        factors.make_recovery_codes,
        name="recovery-codes",
    ),
    path(
        "account/factors/<int:factor_id>/remove/", factors.remove, name="factor-remove"
    ),
    path(
        "account/tokens/<int:token_id>/revoke/",
        own.revoke_token,
        name="own-token-revoke",
    ),
    path("account/sessions/end/", own.end_session, name="own-session-end"),
]
