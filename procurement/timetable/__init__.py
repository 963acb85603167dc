"""The timetable of a procedure, reckoned from plain data: no record, no database.

`standard` names the milestones that every procedure has, `limits` what the law and the published course say of them,
`reckoning` puts a plan and the limits together.
"""

from procurement.timetable.limits import Bound, Finding, Terms
from procurement.timetable.reckoning import Change, Circle, Effects, Line, Link, Planned, Timetable, move, reckon, shift
from procurement.timetable.standard import STANDARD, Standard

__all__ = [
    "STANDARD",
    "Bound",
    "Change",
    "Circle",
    "Effects",
    "Finding",
    "Line",
    "Link",
    "Planned",
    "Standard",
    "Terms",
    "Timetable",
    "move",
    "reckon",
    "shift",
]
