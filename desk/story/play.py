"""The whole story, chapter by chapter, in the order of the year."""

import datetime as dt

from desk.story import cast as casting
from desk.story.agreements import Agreements
from desk.story.concession import Concession
from desk.story.market import Market
from desk.story.open_house import OpenHouse
from lifecycle import clock

D = dt.date


def play(teller, workshop):
    """Play the year; returns the cast."""
    with teller.chapter("Wie meespeelt"):
        teller.travel(D(2026, 1, 12))
        cast = casting.assemble()
        teller.tell(f"{len(cast.organisations)} organisaties aangemeld en bevestigd", role="partners, aankoper")
    concession = Concession(teller, cast, workshop)
    open_house = OpenHouse(teller, cast, workshop)
    agreements = Agreements(teller, cast, workshop)
    with teller.chapter("Februari 2026: de selectieleidraad"):
        concession.prepare_and_publish()
    with teller.chapter("Maart 2026: vragen, antwoorden en een addendum"):
        concession.procedure = Market(teller, cast, workshop).talk(concession.procedure)
    with teller.chapter("Maart 2026: aanvragen tot deelneming"):
        concession.apply()
        concession.open_applications()
    with teller.chapter("April 2026: Open House begint, aanvragen beoordeeld"):
        open_house.prepare(D(2026, 3, 30))
        open_house.publish("OH-2026-01")
        concession.assess()
    with teller.chapter("Mei 2026: selectie, concessiedocumenten, en alle oproepen open"):
        open_house.publish("OH-2026-02")
        concession.decide_selection()
        open_house.publish("OH-2026-03")
        concession.invite()
    with teller.chapter("Juni 2026: de eerste toelatingen"):
        open_house.admit("kompas", "OH-2026-01", D(2026, 6, 1), availability=30)
        open_house.admit("taalboot", "OH-2026-03", D(2026, 6, 15), availability=20)
    _from_offers_to_contracts(teller, concession, open_house, agreements)
    teller.travel(D(2027, 1, 4))
    clock.let_run()
    return cast


def _from_offers_to_contracts(teller, concession, open_house, agreements):
    with teller.chapter("Juli 2026: initiële offertes"):
        concession.tender()
    with teller.chapter("September 2026: beoordeling, en wie later instapt"):
        open_house.admit("werkvloer", "OH-2026-02", D(2026, 8, 24), availability=25)
        concession.evaluate()
        open_house.refuse("halfaf", "OH-2026-03", D(2026, 9, 21))
    with teller.chapter("Oktober 2026: gunning en brieven"):
        concession.award()
    with teller.chapter("November 2026: wachttermijn en sluiting"):
        concession.end_standstill()
        agreements.conclude_concessions()
        agreements.enrol(open_house.admissions, D(2026, 11, 23))
    with teller.chapter("1 januari 2027: van start"):
        agreements.activate()
