"""What goes wrong between us and the provider, in sentences for who wants to sign in."""

from __future__ import annotations


class ProviderDown(Exception):
    """The provider does not answer, or not as the protocol says."""


class ProofRefused(Exception):
    """What came back does not prove who somebody is."""
