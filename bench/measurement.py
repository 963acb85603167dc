from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measurement:
    """One promise and what was measured of it: kept as long as `measured` is at most `limit`.

    `measured` is a ratio between two things measured in the same run, or a count; never seconds, which every
    machine has of its own.
    `details` is what explains it (the seconds on both sides, the number of rounds): plain data, for var/bench.json.
    """

    name: str
    measured: float
    limit: float
    unit: str = "times"
    details: dict = field(default_factory=dict)

    @property
    def kept(self):
        return self.measured <= self.limit
