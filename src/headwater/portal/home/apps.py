"""The app, as Django knows it."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "headwater.portal.home"
    label = "home"
