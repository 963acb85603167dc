"""The demonstration: the brochure's year, played on the simulated clock through the doors that people use."""
