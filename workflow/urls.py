"""Addresses of `workflow`: none yet, its pages come with the coordinator's campaign."""

urlpatterns: list = []
