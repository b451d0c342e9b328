"""The annual report compiled from figures: draft, freeze, release, erratum. Knows no room behind a figure."""
