"""Who plays in the demonstration: staff with their roles, and plainly fictional partners."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.demo import make_account
from lifecycle import clock
from lifecycle.steps import fire
from partners import actions as partners
from partners.models import Organisation, Postcode
from partners.numbers import with_check_digits

PASSWORD = "partnerloket demo 2026"  # noqa: S105 -- printed by the demonstration, refused in production
DOMAIN = "partnerloket.example"

# Each with the account, the name of the person, and the code of the role.
STAFF = [
    ("aankoper", "An Aankoper", "procurement_officer"),
    ("jurist", "Jo Jurist", "legal_officer"),
    ("jurist2", "Juul Jurist", "legal_officer"),
    ("beoordelaar", "Bea Beoordelaar", "evaluator"),
    ("opener1", "Otto Opener", "opening_officer"),
    ("opener2", "Oda Opener", "opening_officer"),
    ("beslisser", "Dirk Beslisser", "decision_maker"),
    ("contracten", "Cato Contract", "contract_manager"),
    ("auditor", "Aldo Auditor", "auditor"),
    ("beheerder", "Bo Beheerder", "administrator"),
]


@dataclass(frozen=True)
class Partner:
    """An organisation of the story: `places` are (postcode, municipality, street) of its establishments."""

    key: str
    name: str
    kind: str
    person: str
    places: tuple


PARTNERS = [
    Partner("kompas", "Kompas Fictief vzw", "non_profit", "Kim Kompas",
            (("2000", "Antwerpen", "Denkbeeldige Kaai 12"), ("3500", "Hasselt", "Fantasieplein 3"))),
    Partner("baken", "Baken Verzonnen vzw", "non_profit", "Bas Baken",
            (("2800", "Mechelen", "Nergensstraat 8"), ("3000", "Leuven", "Droomlaan 21"))),
    Partner("zeilwind", "Zeilwind Fictief nv", "private", "Zita Zeilwind",
            (("8000", "Brugge", "Luchtkasteellaan 5"), ("9000", "Gent", "Sprookjesvest 44"))),
    Partner("steiger", "Steiger Fictief bv", "private", "Stan Steiger", (("8500", "Kortrijk", "Wensdreef 17"),)),
    Partner("loopbaanhuis", "Loopbaanhuis Verzonnen vzw", "non_profit", "Lou Loopbaan",
            (("9000", "Gent", "Verbeeldingskaai 2"), ("8400", "Oostende", "Schijnbaarstraat 9"),
             ("3000", "Leuven", "Mythelaan 6"))),
    Partner("brug", "De Denkbeeldige Brug cv", "private", "Bo Brug", (("3600", "Genk", "Nepstraat 10"),)),
    Partner("vuurtoren", "Vuurtoren Verzonnen vzw", "non_profit", "Vic Vuurtoren",
            (("2000", "Antwerpen", "Fabelplein 7"), ("9100", "Sint-Niklaas", "Verdichtselweg 31"),
             ("3500", "Hasselt", "Saga 4"))),
    Partner("twijfel", "Twijfel & Zonen Fictief bv", "private", "Tom Twijfel", (("2300", "Turnhout", "Misschienstraat 1"),)),
    Partner("klein", "Klein Begin Fictief bv", "private", "Kato Klein", (("8800", "Roeselare", "Ooitlaan 15"),)),
    Partner("laatkomer", "Laatkomer Fictief bv", "private", "Lars Laat", (("3700", "Tongeren-Borgloon", "Straksweg 2"),)),
    Partner("taalboot", "Taalboot Verzonnen vzw", "non_profit", "Tine Taalboot",
            (("9000", "Gent", "Woordenkaai 26"), ("2000", "Antwerpen", "Zinsbouwstraat 18"))),
    Partner("werkvloer", "Werkvloer Fictief bv", "private", "Wim Werkvloer", (("3500", "Hasselt", "Atelierdroom 40"),)),
    Partner("halfaf", "Half Af Fictief bv", "private", "Hans Half", (("1800", "Vilvoorde", "Bijnaplein 11"),)),
]  # fmt: skip


@dataclass
class Cast:
    """The people and parties once they exist: `staff[account]`, `people[key]`, `organisations[key]`, `parties[key]`."""

    staff: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    organisations: dict = field(default_factory=dict)
    parties: dict = field(default_factory=dict)
    accounts: list = field(default_factory=list)

    def with_role(self, account):
        return self.staff[account]


def assemble() -> Cast:
    """Make the accounts, and let each partner register itself and be confirmed."""
    cast = Cast()
    for account, name, role in STAFF:
        email = f"{account}@{DOMAIN}"
        user, secret = make_account(
            email, name=name, password=PASSWORD, roles=[role], since=clock.at(dt.date(2026, 1, 1))
        )
        cast.staff[account] = user
        cast.accounts.append({"email": email, "name": name, "role": role, "totp_secret": secret})
    for position, partner in enumerate(PARTNERS, start=1):
        _add_partner(cast, position, partner)
    members = [cast.organisations["steiger"]]
    cast.parties["zeilwind"] = partners.create_participant(
        by=cast.people["zeilwind"],
        lead=cast.organisations["zeilwind"],
        members=members,
        name="Combinatie Zeilwind en Steiger",
    )
    return cast


def _add_partner(cast, position, partner):
    email = f"{partner.key}@{DOMAIN}"
    person, _secret = make_account(email, name=partner.person, password=PASSWORD, second_factor=False)
    code, municipality, street = partner.places[0]
    organisation = partners.register_organisation(
        by=person,
        # Numbers of a series that the Crossroads Bank does not give out yet.
        enterprise_number=with_check_digits(19_999_900 + position),
        name=partner.name,
        kind=partner.kind,
        email=f"kennisgeving+{partner.key}@{DOMAIN}",
        phone="+3220000000",
        street=street,
        postcode=_postcode(code, municipality),
    )
    for number, (code, municipality, street) in enumerate(partner.places, start=1):
        partners.add_establishment(
            organisation,
            by=person,
            number=with_check_digits(89_990_000 + position * 10 + number),
            name=f"{partner.name} {municipality}",
            street=street,
            postcode=_postcode(code, municipality),
        )
    organisation = fire(organisation, "confirm", by=cast.staff["aankoper"])
    cast.people[partner.key] = person
    cast.organisations[partner.key] = Organisation.objects.get(pk=organisation.pk)
    cast.parties[partner.key] = partners.participant_alone(organisation, by=person)
    cast.accounts.append(
        {"email": email, "name": partner.person, "role": f"partner: {partner.name}", "totp_secret": ""}
    )


def _postcode(code, municipality):
    return Postcode.objects.get(code=code, municipality__name=municipality)
