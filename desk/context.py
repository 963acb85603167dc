"""What every page needs around its content: navigation, the simulated clock, the account, the languages."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from documents import inbox, readers
from lifecycle import clock

EVERYBODY, SIGNED_IN, STAFF, OUTSIDE = "everybody", "signed in", "staff", "outside"

# (label, name of the url, who sees it): a permission of a role, or one of the four words above. What has no url yet is left out.
NAVIGATION = [
    (_("Start"), "home", SIGNED_IN),
    (_("Procedures"), "procedure-list", EVERYBODY),
    (_("Open House"), "call-list", EVERYBODY),
    (_("Contracten"), "contract-list", SIGNED_IN),
    (_("Partners"), "organisation-list", "partners.view_organisation"),
    (_("Mijn organisatie"), "organisation-mine", OUTSIDE),
    (_("Aanbod"), "catalogue", EVERYBODY),
    (_("Documenten"), "documents:documents", SIGNED_IN),
    (_("Sjablonen"), "documents:templates", "documents.edit_template"),
    (_("Wettelijke waarden"), "legal-values", "lifecycle.propose_value"),
    (_("Berichten"), "documents:messages", SIGNED_IN),
    (_("Bekendmakingen"), "public", EVERYBODY),
    (_("Beheer"), "admin:index", "accounts.use_admin"),
]
ACCOUNT = [
    (_("Wachtwoord wijzigen"), "account_change_password"),
    (_("Tweede factor"), "mfa_index"),
    (_("E-mailadres"), "account_email"),
]
STAFF_ACCOUNT = [
    (_("Agenda"), "calendar-address"),
]
FOOTER = [
    (_("Toegankelijkheid"), "accessibility"),
    (_("Document controleren"), "documents:verify"),
    (_("Storingen"), "outage-list"),
]


@dataclass(frozen=True)
class Link:
    """One link of the chrome; `current` is what `aria-current` says: page, true, or empty. `count`: what is new there."""

    label: str
    url: str
    current: str = ""
    count: int = 0


def page(request):
    """The context processor: `page`, worked out only when a template asks for it."""
    return {"page": SimpleLazyObject(lambda: _page(request))}


def _page(request):
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "path": request.get_full_path() if request.method == "GET" else request.path,
        "home_url": _url("home" if signed_in else "public") or "/",
        "navigation": _navigation(request, user, signed_in),
        "footer": _links(FOOTER),
        "account_name": str(user) if signed_in else "",
        "account_roles": user.role_names if signed_in else [],
        "account_links": _account(user) if signed_in else [],
        "clock": clock.now() if settings.SIMULATED_CLOCK else None,
        "languages": _languages() if _url("set_language") else [],
        "authority": settings.CONTRACTING_AUTHORITY,
    }


def _account(user):
    return _links(ACCOUNT + (STAFF_ACCOUNT if user.has_perm("procurement.view_internal_procedure") else []))


def _languages():
    """Each language by the name that it gives itself, for who cannot read the present one."""
    return [(code, get_language_info(code)["name_local"], code == get_language()) for code, _name in settings.LANGUAGES]


def _navigation(request, user, signed_in):
    links = []
    for label, name, who in NAVIGATION:
        url = _url(name)
        if url and _may_see(user, signed_in, who):
            count = _unread(user) if name == "documents:messages" else 0
            links.append(Link(label, url, _current(request.path, url), count))
    return links


def _unread(user):
    return 0 if user.is_staff_member else inbox.unread(readers.refs_of(user))


def _may_see(user, signed_in, who):
    if who == EVERYBODY:
        return True
    if not signed_in:
        return False
    if who in (SIGNED_IN, STAFF, OUTSIDE):
        return who == SIGNED_IN or (who == STAFF) == user.is_staff_member
    return user.has_perm(who)


def _current(path, url):
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def _links(table):
    return [Link(label, url) for label, name in table if (url := _url(name))]


def _url(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
