"""What a supervisor asks every minute: 200 or 503, and the reason in plain words."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.heartbeat import health
from notifications.words import NO_DATABASE, health_in_words


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """The database, the last sign of life, the oldest message that should have left; nobody's name."""
    try:
        found = health(timezone.now())
    except DatabaseError:
        return _answer({"ok": False, "database": False, "words": [NO_DATABASE]})
    return _answer(
        {
            "ok": found.good,
            "database": True,
            "last_sign": found.last_sign,
            "oldest_due": found.oldest_due,
            "waiting": found.waiting,
            "words": list(health_in_words(found)),
        }
    )


def _answer(found: dict) -> JsonResponse:
    return JsonResponse(
        found, status=200 if found["ok"] else 503, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
