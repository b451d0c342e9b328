"""Staff addresses of review."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.review.views.arranging import chains, lending, loan
from gongkai.review.views.judging import submission, verdict, withdraw
from gongkai.review.views.listing import every, waiting
from gongkai.review.views.reading import attached
from gongkai.review.views.submitting import submit, urgent

urlpatterns: list[URLPattern] = [
    path("", waiting, name="review"),
    path("all/", every, name="review-all"),
    path("chains/", chains, name="review-chains"),
    path("lending/", lending, name="review-lending"),
    path("edition/<uuid:uid>/submit/", submit, name="review-submit"),
    path("edition/<uuid:uid>/urgent/", urgent, name="review-urgent"),
    path("<uuid:uid>/", submission, name="review-submission"),
    path("<uuid:uid>/files/<int:n>/", attached, name="review-file"),
    path("<uuid:uid>/verdict/", verdict, name="review-verdict"),
    path("<uuid:uid>/withdraw/", withdraw, name="review-withdraw"),
    path("<uuid:uid>/loan/", loan, name="review-loan"),
]
