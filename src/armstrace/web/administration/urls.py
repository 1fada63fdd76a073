from django.urls import path

from armstrace.web.administration import (
    agencies,
    law,
    lost_factors,
    people,
    rights,
    signed_in,
    tokens,
    views,
)

PERSON = "administration/people/<int:user_id>/"

urlpatterns = [
    path("administration/", views.administration, name="administration"),
    path("administration/ledger/", views.ledger, name="ledger"),
    path("administration/people/", people.people_list, name="people"),
    path("administration/people/invite/", people.invite, name="person-invite"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}token/", tokens.issue, name="token-issue"),
    path(f"{PERSON}<slug:act>/", people.do, name="person-do"),
    path(
        "administration/lost-factors/", lost_factors.lost_factors, name="lost-factors"
    ),
    path(
        "administration/lost-factors/<int:recovery_id>/<slug:act>/",
        lost_factors.decide,
        name="lost-factors-decide",
    ),
    path("administration/agencies/", agencies.agency_list, name="agencies"),
    path(
        "administration/agencies/<int:agency_id>/<slug:act>/",
        agencies.do,
        name="agency-do",
    ),
    path("administration/roles/", rights.roles, name="roles"),
    path("administration/sessions/", signed_in.session_list, name="sessions"),
    path("administration/sessions/end/", signed_in.end, name="session-end"),
    path("administration/tokens/", tokens.token_list, name="tokens"),
    path(
        "administration/tokens/<int:token_id>/revoke/",
        tokens.revoke,
        name="token-revoke",
    ),
    path("administration/health/", rights.health, name="system-health"),
    path("administration/law/", law.legal_profile, name="legal-profile"),
    path("administration/settings/", rights.settings_seen, name="settings-seen"),
]
