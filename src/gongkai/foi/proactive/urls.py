"""Staff addresses of topics."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.foi.proactive.views import case_topic, topic_page, topics

urlpatterns: list[URLPattern] = [
    path("cases/topics/", topics, name="topics"),
    path("cases/topics/<uuid:uid>/", topic_page, name="topic"),
    path("case/<slug:url_key>/topic/", case_topic, name="case-topic"),
]
