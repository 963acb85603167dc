"""Who applies and tenders in the story, for what, with how many points and what capacity."""

# Who applies for what: (province codes in the basic offer, in the specialised offer).
APPLICANTS = {
    "kompas": (("10000", "70000"), ("10000",)),
    "baken": (("10000", "20001"), ("20001",)),
    "zeilwind": (("30000", "40000"), ("30000", "40000")),
    "loopbaanhuis": (("40000", "30000", "20001"), ()),
    "brug": (("70000",), ("70000",)),
    "vuurtoren": (("70000",), ("10000", "40000")),
    "twijfel": (("10000",), ()),
    "klein": (("30000",), ()),
}
# Points on the three criteria, with the words that the reasons use.
POINTS = {
    "kompas": (88, 86, 75),
    "baken": (82, 73, 85),
    "zeilwind": (84, 80, 78),
    "loopbaanhuis": (79, 84, 80),
    "brug": (77, 70, 90),
    "vuurtoren": (74, 78, 72),
    "twijfel": (66, 67, 55),
}
CAPACITY = {
    "kompas": 1200,
    "baken": 800,
    "zeilwind": 950,
    "loopbaanhuis": 700,
    "brug": 400,
    "vuurtoren": 600,
    "twijfel": 300,
}
