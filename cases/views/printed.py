"""A PDF as it leaves: read in the browser or taken away, kept by no cache."""

from django.http import HttpResponse


def pdf(content: bytes, name: str, *, taken: bool = False) -> HttpResponse:
    """The policy of the service holds for it too; `taken`: saved at once instead of shown."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'{"attachment" if taken else "inline"}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
