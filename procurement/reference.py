"""Fixed texts of the documents of a procedure, each with its legal source."""

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()

REGIME_SENTENCES = {
    "light_art_34": (
        "De opdracht is een concessie voor sociale en andere specifieke diensten in de zin van artikel 34 van de wet van "
        "17 juni 2016 betreffende de concessieovereenkomsten. De artikelen 45 tot 48 van die wet gelden er niet van "
        "rechtswege."
    ),
    "full_title_4": (
        "De opdracht is een concessie voor diensten onder titel 4 van de wet van 17 juni 2016 betreffende de "
        "concessieovereenkomsten."
    ),
}
SEALING_SENTENCE = (
    "Elke aanvraag en elke offerte wordt vanaf het opladen versleuteld bewaard en kan pas na de uiterste datum worden "
    "geopend, door twee openingsverantwoordelijken samen."
)
RELEASE_SENTENCE = (
    "De verzegeling is opgeheven door twee openingsverantwoordelijken samen, elk met een verse tweede factor, na de "
    "uiterste datum."
)
NEXT_AFTER_SELECTION = (
    "U ontvangt de uitnodiging om een initiële offerte in te dienen zodra alle kandidaten van deze beslissing op de hoogte "
    "zijn gebracht."
)
MINIMUM_REQUIREMENTS = [
    {"code": code, "title": title, "requirement": requirement}
    for code, title, requirement in (
        (
            "M1",
            "Eerste gesprek",
            "Elke klant heeft binnen tien werkdagen na zijn keuze een gesprek met een vaste begeleider.",
        ),
        ("M2", "Bereikbaarheid", "De dienstverlening is bereikbaar in een vestiging in het gebied van het perceel."),
        (
            "M3",
            "Vrije keuze",
            "De klant kiest zijn partner; de partner weigert geen klant binnen zijn beschikbare capaciteit.",
        ),
        ("M4", "Warme overdracht", "Bij stopzetting volgt een gemotiveerde, warme overdracht aan VDAB."),
        ("M5", "Registratie", "Stappen en bewijsstukken worden correct geregistreerd in het klantendossier."),
    )
]
NEGOTIATION_SENTENCE = (
    "De aanbesteder kan met alle inschrijvers van een regelmatige offerte onderhandelen, of gunnen op grond van de initiële "
    "offertes. Het voorwerp, de minimumeisen en de gunningscriteria veranderen niet."
)
# Set by the documents of the procedure, not by law.
VALIDITY_DAYS = 180


def round_name(number: int) -> str:
    return "initiële offertes" if number == 1 else "definitieve offertes"
