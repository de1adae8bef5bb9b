"""What one request reads once: the roles of whoever asks, because a page names them in ten of its conditions."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from workflow import roles


def reads_rights_once(get_response: Callable) -> Callable:
    """The next request reads them again, so that a role taken back is gone at once; the door always asks."""

    def answer(request: HttpRequest) -> HttpResponse:
        with roles.read_once():
            return get_response(request)

    return answer
