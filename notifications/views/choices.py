"""Which mails one wants: from one's account, or by the link of a mail, without a password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.views.links import discreet, nobody
from notifications import optional, words
from notifications.forms import MailChoices
from workflow.models import User

ANSWERED = require_http_methods(["GET", "HEAD", "POST"])


@ANSWERED
def mail_choices(request: HttpRequest) -> HttpResponse:
    """From the account."""
    return _chosen(request, request.user, {})


@login_not_required
@ANSWERED
def mail_choices_link(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail: whoever else is signed in on this screen, the choices are those of the link's person."""
    person, _ = _of(token)
    return discreet(_chosen(request, person, nobody()))


@csrf_exempt  # because it is the mailbox's own server that posts (RFC 8058); the signed address is the proof
@login_not_required
@ANSWERED
def mail_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """« Se désabonner » beside the mail, in the mailbox itself; a person who opens it reads the choices instead."""
    person, kind = _of(token)
    if request.method != "POST":
        return redirect(optional.path_of(person))
    if request.POST.get("List-Unsubscribe") != "One-Click" or kind not in optional.MailKind.values:
        return HttpResponse(words.NOT_ONE_CLICK, status=422, content_type="text/plain; charset=utf-8")
    optional.decline(person, [kind], timezone.now())
    return HttpResponse(words.DECLINED, content_type="text/plain; charset=utf-8")


def _of(token: str) -> tuple[User, str]:
    found = optional.read(token)
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, person: User, around: dict) -> HttpResponse:
    kinds = optional.kinds_for(person)
    heard = [one for one in kinds if one not in optional.declined_by(person)]
    form = MailChoices(request.POST or None, kinds=kinds, initial={"heard": heard})
    if request.method != "POST":
        return render(request, "notifications/choices.html", {"form": form, "person": person, **around})
    if not form.is_valid():
        context = {"form": form, "person": person, **around}
        return render(request, "notifications/choices.html", context, status=422)
    optional.choose(person, form.cleaned_data["heard"], timezone.now())
    messages.success(request, words.CHOSEN)
    return redirect(request.path)
