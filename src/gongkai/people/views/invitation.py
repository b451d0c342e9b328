"""Taking up an invitation: the person sets the password, and goes on signed in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.people.actions.invitations import GONE, accept_invitation
from gongkai.people.audience import Audience, declare
from gongkai.people.entering import first_step_taken
from gongkai.people.errors import AccountRefused
from gongkai.people.forms import NewPasswordForm, sent
from gongkai.people.queries import invitation_of

_GONE = 410


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def _invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_of(token)
    if found is None:
        return _gone(request, GONE)
    form = NewPasswordForm(sent(request), account=found.account)
    if form.is_valid():
        try:
            account = accept_invitation(found, password=form.cleaned_data["password"])
        except AccountRefused as refused:
            return _gone(request, str(refused))
        except ValidationError as wrong:
            form.add_error("password", wrong)
        else:
            then = reverse("desk-home")
            address = first_step_taken(request, account, way="invitation", then=then)
            return HttpResponseRedirect(address)
    context = {"form": form, "account": found.account}
    return render(request, "people/invitation.html", context)


def _gone(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "people/invitation_gone.html", {"sentence": sentence}, status=_GONE)


invitation = declare(_invitation, Audience.PUBLIC)
