"""Addresses of signing in, of one's own account, and of the administrators. All below /desk/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.people.views.administration import administration, leave_administration
from gongkai.people.views.factor import confirm, enrol, give_up, renew_codes
from gongkai.people.views.invitation import invitation
from gongkai.people.views.my_account import (
    end_my_other_sessions,
    end_my_session,
    my_account,
    my_password,
)
from gongkai.people.views.people import (
    keep_account,
    new_person,
    open_an_account,
    people_list,
    person,
)
from gongkai.people.views.provider import sign_in_oidc, sign_in_oidc_return
from gongkai.people.views.sign_in import sign_in, sign_in_code, sign_out

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/code/", sign_in_code, name="sign-in-code"),
    path("sign-in/provider/", sign_in_oidc, name="sign-in-oidc"),
    path("sign-in/provider/return/", sign_in_oidc_return, name="sign-in-oidc-return"),
    path("sign-out/", sign_out, name="sign-out"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("me/", my_account, name="my-account"),
    path("me/password/", my_password, name="my-password"),
    path("me/factor/", enrol, name="enrol"),
    path("me/factor/exchange/", give_up, name="give-up-factor"),
    path("me/factor/codes/", renew_codes, name="renew-codes"),
    path("me/sessions/end-others/", end_my_other_sessions, name="end-my-other-sessions"),
    path("me/sessions/<uuid:uid>/end/", end_my_session, name="end-my-session"),
    path("confirm/", confirm, name="confirm"),
    path("administration/", administration, name="administration"),
    path("administration/end/", leave_administration, name="leave-administration"),
    path("people/", people_list, name="people"),
    path("people/new/", new_person, name="new-person"),
    path("people/<uuid:uid>/", person, name="person"),
    path("people/<uuid:uid>/account/", open_an_account, name="open-account"),
    path("people/account/<uuid:uid>/<slug:verb>/", keep_account, name="keep-account"),
]
