"""Sample pages for the tests of the face: every component with data as the house gives it, no database needed."""

import datetime as dt
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import requires_csrf_token

from config.urls import urlpatterns as house
from lifecycle import clock
from lifecycle.grounds import law, policy, published_rule
from lifecycle.guards import Reason
from lifecycle.history import Told
from lifecycle.steps import Step
from lifecycle.timeline import Milestone, Span, Timeline

NOW = clock.at(dt.date(2026, 11, 13), 10)
DIGEST = "9f2c4e71b0a8d35566c1f0e2d4b8a7793c5e1f20a6b4d8c7e9f1023456789abc"


class Record:
    """What the templates ask of a record."""

    state = "standstill"

    def __init__(self, word, tone):
        self.word, self.tone = word, tone

    def __str__(self):
        return "2026-001 Intensieve bemiddeling en begeleiding, perceel 1"

    def get_state_display(self):
        return self.word

    def tag_for(self, user):
        return {"word": self.word, "tone": self.tone}

    def get_absolute_url(self):
        return "/voorbeeld/zaak/"


def step(label, *reasons, verb="conclude"):
    return Step(
        verb=verb,
        label=label,
        consequence="",
        url="/voorbeeld/stap/",
        reasons=reasons,
        warnings=(),
        target="x",
        action=None,
    )


def planning():
    days = [
        ((2026, 2, 16), "Selectieleidraad", "wet 17.06.2016, art. 47"),
        ((2026, 5, 4), "Selectiebeslissing", ""),
        ((2026, 5, 11), "Concessiedocumenten", ""),
        ((2026, 10, 30), "Gunningsbeslissing", "wet 17.06.2013, art. 8"),
        ((2026, 11, 17), "Sluiting", "wet 17.06.2013, art. 11"),
        ((2027, 1, 1), "Start dienstverlening", ""),
    ]
    milestones = [Milestone(dt.date(*day), label, ground=ground) for day, label, ground in days]
    milestones += [
        Milestone(dt.datetime(2026, 3, 19, 12, tzinfo=clock.BRUSSELS), "Kandidaturen", ground="KB 25.06.2017, art. 14"),
        Milestone(dt.datetime(2026, 7, 10, 12, tzinfo=clock.BRUSSELS), "Offertes"),
        Milestone(dt.date(2026, 12, 7), "Startoverleg", binding=False),
    ]
    spans = [Span(dt.date(2026, 10, 31), dt.date(2026, 11, 16), "Wachttermijn", "wet 17.06.2013, art. 11")]
    return Timeline(milestones, spans, now=NOW)


def term():
    milestones = [
        Milestone(dt.date(2026, 11, 17), "Gesloten"),
        Milestone(dt.date(2027, 1, 1), "Start"),
        Milestone(dt.date(2029, 6, 30), "Tussentijdse evaluatie", binding=False),
        Milestone(dt.date(2031, 12, 31), "Einde looptijd"),
    ]
    return Timeline(milestones, [Span(dt.date(2027, 1, 1), dt.date(2031, 12, 31), "Looptijd", tone="good")], now=NOW)


STANDSTILL = Reason(
    "standstill_is_over",
    "De wachttermijn loopt tot en met 16 november.",
    law("art. 11 wet van 17 juni 2013"),
    dt.datetime(2026, 11, 17, tzinfo=clock.BRUSSELS),
)
PROOF = Reason(
    "letters_are_sent", "Van 1 brief ontbreekt het bewijs van verzending.", law("art. 8 wet van 17 juni 2013")
)
REGISTER = Reason(
    "register_is_checked", "Het register van de Raad van State is niet nagezien.", policy("werkwijze Aankoop")
)
STEPS = [
    step("Sluiting perceel 3"),
    step("Schorsing registreren"),
    step("Sluiting perceel 1", STANDSTILL, PROOF, REGISTER),
    step("Procedure afronden", Reason("all_final", "4 van 10 percelen zijn nog niet definitief.", published_rule())),
]
WAITING = [
    {"what": "Perceel 1: wachttermijn", "until": dt.date(2026, 11, 16), "ground": "art. 11 wet van 17 juni 2013"},
    {
        "what": "Perceel 2: 1 brief zonder verzendbewijs",
        "who": "procurementverantwoordelijke",
        "url": "#",
        "label": "Bewijs toevoegen",
    },
]
TABS = [
    {"label": label, "url": "#", "current": label == "Percelen", "count": count}
    for label, count in [
        ("Percelen", 10),
        ("Documenten", 14),
        ("Vragen", 37),
        ("Kandidaten", 21),
        ("Offertes", 58),
        ("Evaluatie", None),
        ("Beslissingen", 3),
        ("Verloop", None),
    ]
]


def document(title, ready=True, word="Verzegeld", tone="good"):
    return SimpleNamespace(
        title=title,
        number="2026-001/D-014",
        is_ready=ready,
        is_failed=False,
        is_being_made=not ready,
        tone=tone,
        size=184_320,
        sha256=DIGEST,
        dated_at=NOW,
        download_url="#",
        get_state_display=lambda: word,
        get_absolute_url=lambda: "#",
    )


DOCUMENTS = [
    document("Gemotiveerde gunningsbeslissing perceel 1"),
    document("Kennisgeving aan Voorbeeldpartner Alfa vzw"),
    document("Kennisgeving aan Voorbeeldpartner Beta bv", ready=False, word="Gevraagd", tone="waiting"),
]


def told(day, label, source, target, who, role, facts=()):
    at = dt.datetime(2026, 11, day, 9, 41, tzinfo=clock.BRUSSELS)
    return Told(at, label, "Perceel 1", source, target, who, role, list(facts), [DIGEST[:16]] if facts else [], day)


HISTORY = [
    told(
        12,
        "Verzending geregistreerd",
        "",
        "",
        "A. Aankoper",
        "procurementverantwoordelijke",
        [("Nummer", "RR 0123 4567 8 BE")],
    ),
    told(
        2,
        "Gunningsbeslissing meedelen",
        "Gunning beslist",
        "Wachttermijn",
        "B. Beslisser",
        "beslissingsnemer",
        [("Brieven", "12")],
    ),
    told(1, "Gunning voorstellen", "Open", "Gunning voorgesteld", "A. Aankoper", "procurementverantwoordelijke"),
]
FACTS = ["Concessie, licht regime (art. 34)", "10 percelen", "60 maanden vanaf 1 januari 2027"]


def record_page(request):
    return render(
        request,
        "face/record.html",
        {
            "trail": [("Procedures", "#")],
            "number": "2026-001",
            "name": "Intensieve bemiddeling en begeleiding",
            "record": Record("Wachttermijn", "waiting"),
            "facts": FACTS,
            "timeline": planning(),
            "steps": STEPS,
            "waiting": WAITING,
            "tabs": TABS,
            "documents": DOCUMENTS,
            "history": HISTORY,
        },
    )


def term_page(request):
    return render(
        request,
        "components/record.html",
        {
            "trail": [("Contracten", "#")],
            "number": "C-2026-014",
            "name": "Basisaanbod Oost-Vlaanderen: Voorbeeldpartner Alfa vzw",
            "record": Record("Uitgegeven", "waiting"),
            "facts": ["5 jaar"],
            "timeline": term(),
            "steps": [],
            "documents": [],
        },
    )


class FilterForm(forms.Form):
    state = forms.ChoiceField(label="met toestand", choices=[("", "alle"), ("p", "Gepubliceerd")], required=False)
    text = forms.CharField(label="en tekst", required=False)


def list_page(request):
    tones = [
        ("Wachttermijn", "waiting"),
        ("Gepubliceerd", "here"),
        ("Afgerond", "good"),
        ("Stopgezet", "stopped"),
        ("Ontwerp", "quiet"),
    ]
    rows = [
        {
            "number": f"2026-{n:03}",
            "name": "Intensieve bemiddeling en begeleiding",
            "record": Record(*tones[n % 5]),
            "next": dt.datetime(2026, 11, 13 + n % 9, 12, tzinfo=clock.BRUSSELS),
            "lots": n,
        }
        for n in range(1, 421)
    ]
    if request.GET.get("text") == "niets":
        rows = []
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "face/list.html",
        {
            "title": "Procedures",
            "page_obj": page,
            "filter": {"form": FilterForm(request.GET)},
            "counted": "procedures",
            "default_order": "number",
            "add_url": "#",
            "add_label": "Procedure voorbereiden",
            "exports": [("xlsx", "Excel"), ("csv", "CSV")],
        },
    )


class SampleForm(forms.Form):
    reason = forms.CharField(
        label="Motivering", widget=forms.Textarea(attrs={"rows": 5}), help_text="Deze tekst komt in de brief."
    )
    number = forms.CharField(label="Ondernemingsnummer", help_text="Tien cijfers, bijvoorbeeld 0123.456.749.")
    day = forms.DateField(label="Datum", help_text="Dag, maand, jaar: 16/11/2026.")
    province = forms.ChoiceField(
        label="Provincie", choices=[("", "Kies een provincie"), ("a", "Antwerpen")], required=False
    )
    how = forms.ChoiceField(
        label="Hoe verstuurd", choices=[("p", "Aangetekend"), ("e", "Elektronisch")], widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label="Onderdelen",
        choices=[("j", "Jobhunting"), ("n", "Nazorg")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sure = forms.BooleanField(
        label="Ik heb het register nagezien", help_text="Raad van State, afdeling Bestuursrechtspraak."
    )
    file = forms.FileField(label="Bewijs", help_text="PDF, hoogstens 20 MB.", required=False)


def step_page(request):
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    consequence = (
        "De gunningsbeslissing van perceel 1 wordt aan 12 inschrijvers meegedeeld. Daarna loopt de wachttermijn."
    )
    shown = Step("notify", "Gunningsbeslissing meedelen", consequence, "/", (), (), "standstill", None)
    return render(
        request,
        "lifecycle/step.html",
        {
            "record": Record("Gunning beslist", "waiting"),
            "step": shown,
            "reasons": [],
            "form": form,
            "overtaken": False,
        },
    )


def blocked_page(request):
    shown = step("Sluiting perceel 1", STANDSTILL, PROOF, REGISTER)
    context = {
        "record": Record("Wachttermijn", "waiting"),
        "step": shown,
        "reasons": shown.reasons,
        "form": None,
        "overtaken": False,
    }
    return render(request, "lifecycle/step.html", context, status=409)


def refused_page(request):
    messages.success(request, "“Gunning voorstellen” is gedaan.")
    reason = Reason("overtaken", "Iemand anders was u voor: dit staat nu op “Gesloten”.", published_rule())
    context = {"record": Record("Gesloten", "good"), "reasons": [reason], "overtaken": True}
    return render(request, "lifecycle/refused.html", context, status=409)


def home_page(request):
    return render(
        request,
        "desk/home.html",
        {
            "greeting": "Goedemorgen, A. Aankoper",
            "urgent": [
                {
                    "deadline": dt.datetime(2026, 11, 14, tzinfo=clock.BRUSSELS),
                    "what": "Vraag 7 beantwoorden",
                    "about": "2026-001",
                    "ground": "6 dagen voor de limiet, art. 45",
                    "url": "#",
                    "label": "Antwoord",
                },
                {
                    "deadline": dt.date(2026, 11, 16),
                    "what": "Wachttermijn perceel 1 loopt af",
                    "about": "2026-001",
                    "url": "#",
                    "label": "Bekijk",
                },
            ],
            "running": [
                _running(
                    "Procedures",
                    Record("Wachttermijn", "waiting"),
                    number="2026-001",
                    name="Intensieve bemiddeling en begeleiding",
                    timeline=planning(),
                ),
                _running(
                    "Open House",
                    Record("Gepubliceerd", "here"),
                    number="OH-2026-02",
                    name="Taalcoaching",
                    timeline=term(),
                ),
            ],
            "recent": HISTORY,
        },
    )


def _running(title, shown, **row):
    return {"title": title, "url": "#", "rows": [{"record": shown, "url": "#", **row}]}


def candidate_home(request):
    return render(
        request,
        "desk/home.html",
        {
            "greeting": "Goedemorgen, C. Kandidaat",
            "drafts": [
                {
                    "title": "Uw kandidatuur voor 2026-001",
                    "deadline": dt.datetime(2026, 11, 15, 13, tzinfo=clock.BRUSSELS),
                    "url": "#",
                    "checklist": [
                        (True, "Gegevens organisatie"),
                        (True, "Verklaring"),
                        (False, "Referentie 2: bestand ontbreekt"),
                        (False, "Handtekening van B. Bestuurder"),
                    ],
                }
            ],
            "urgent": [],
            "running": [],
            "recent": [],
        },
    )


def public_page(request):
    published = {
        "title": "Intensieve bemiddeling en begeleiding",
        "number": "2026-001",
        "tone": "here",
        "word": "Kandidaturen open",
        "summary": "Concessie voor het basisaanbod en het gespecialiseerde aanbod in de vijf Vlaamse provincies.",
        "deadline": dt.datetime(2026, 11, 19, 12, tzinfo=clock.BRUSSELS),
        "deadline_label": "Kandidaturen tot",
        "facts": FACTS,
        "documents": DOCUMENTS[:2],
        "url": "#",
        "url_label": "Kandidaat worden",
        "timeline": planning(),
    }
    call = published | {
        "title": "Taalcoaching",
        "number": "OH-2026-02",
        "deadline": None,
        "word": "Doorlopend open",
        "tone": "good",
        "timeline": None,
    }
    return render(request, "desk/public.html", {"procedures": [published], "calls": [call], "authority": "VDAB"})


def forbidden(request):
    raise PermissionDenied


@requires_csrf_token
def broken(request):
    return render(request, "500.html", status=500)


urlpatterns = [
    path("voorbeeld/zaak/", record_page),
    path("voorbeeld/looptijd/", term_page),
    path("voorbeeld/lijst/", list_page),
    path("voorbeeld/stap/", step_page),
    path("voorbeeld/geblokkeerd/", blocked_page),
    path("voorbeeld/geweigerd/", refused_page),
    path("voorbeeld/start/", home_page),
    path("voorbeeld/kandidaat/", candidate_home),
    path("voorbeeld/publiek/", public_page),
    path("voorbeeld/verboden/", forbidden),
    path("voorbeeld/kapot/", broken),
    path("voorbeeld/toegankelijkheid/", lambda request: render(request, "desk/accessibility.html")),
    *house,
]
