"""The app, as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "headwater.portal.accounts"
    label = "accounts"
