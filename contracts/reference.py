"""Fixed texts of the concession contract, with their source."""

# The guide of 2026 (fees per trajectory); the amounts stand in the table of the concession documents, section on fees.
FEES = [
    {
        "name": "Startvergoeding",
        "due": "het eerste gesprek en een aanvaard trajectplan",
        "setting": "bedrag in de vergoedingentabel",
    },
    {
        "name": "Inspanningsvergoeding",
        "due": "de aanvaarde registratie van de overeengekomen begeleiding",
        "setting": "bedrag in de vergoedingentabel",
    },
    {
        "name": "Resultaatsvergoeding",
        "due": "duurzame tewerkstelling, na succesvolle afsluiting van het traject",
        "setting": "bedrag per KOW-groep in de vergoedingentabel",
    },
]
CAPACITY_UNIT = "trajecten die per kalenderjaar kunnen starten"
DECISION_MAKER = "beslissingsnemer"
REPRESENTATIVE = "gemachtigde ondertekenaar"
COUNTERSIGNATURE = "Ondertekening namens {authority}"
# The signature blocks at the end of a contract, in the order of its text.
PLACE_OF_AUTHORITY, PLACE_OF_PARTNER = 0, 1
CONSORTIUM = "combinatie zonder rechtspersoonlijkheid met {lead} als trekker"
