"""The first page, and what tells a watcher that the portal is well."""

from django.urls import path

from headwater.portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.today, name="today"),
    path("health/", views.health, name="health"),
]
