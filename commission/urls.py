"""Addresses of the room."""

from django.urls import URLPattern

app_name = "commission"
urlpatterns: list[URLPattern] = []
