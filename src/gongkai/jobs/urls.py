"""Staff addresses of background work, under /desk/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.jobs.views import job_list, job_page, retry, start, stop

urlpatterns: list[URLPattern] = [
    path("jobs/", job_list, name="desk-jobs"),
    path("jobs/start/", start, name="desk-job-start"),
    path("jobs/<uuid:uid>/", job_page, name="desk-job"),
    path("jobs/<uuid:uid>/retry/", retry, name="desk-job-retry"),
    path("jobs/<uuid:uid>/stop/", stop, name="desk-job-stop"),
]
