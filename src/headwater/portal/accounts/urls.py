"""Addresses of people, partners and the audit trail."""

from django.urls import path

from headwater.portal.accounts import joining, views

app_name = "accounts"
urlpatterns = [
    path("", views.person_list, name="person_list"),
    path("invite/", views.person_invite, name="person_invite"),
    path("invitations/<int:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("<int:pk>/", views.person_detail, name="person_detail"),
    path("<int:pk>/roles/give/", views.role_assign, name="role_assign"),
    path("<int:pk>/roles/take/", views.role_take, name="role_take"),
    path("<int:pk>/leave/", views.person_leave, name="person_leave"),
    path("<int:pk>/open/<slug:what>/", views.countersigned_open, name="countersigned_open"),
    path("opened/<int:pk>/countersign/", views.countersign, name="countersign"),
    path("opened/<int:pk>/withdraw/", views.countersigned_withdraw, name="countersigned_withdraw"),
    path("partners/add/", views.organisation_add, name="organisation_add"),
    path("town/", views.town_change, name="town_change"),
    path("you/", views.person_change, name="person_change"),
    path("audit-trail/", views.audit_trail, name="audit_trail"),
    path("set-up/<str:secret>/", joining.set_up, name="set_up"),
    path("join/<str:secret>/", joining.join, name="join"),
    path("back/<str:secret>/", joining.recover, name="recover"),
]
