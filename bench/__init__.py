"""What we promise, measured: `make bench` (see bench/run.py for how to add a measurement)."""

from bench.measurement import Measurement

__all__ = ["Measurement"]
