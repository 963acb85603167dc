from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_language_cookie


@require_POST
def set_language(request):
    """Dutch or English, kept with the person when signed in, else in a cookie."""
    response = set_language_cookie(request)
    language = request.POST.get("language")
    if request.user.is_authenticated and language in {"nl", "en"}:
        request.user.language = language
        request.user.save(update_fields=["language"])
    if not url_has_allowed_host_and_scheme(request.POST.get("next", ""), {request.get_host()}):
        return redirect("home")
    return response
