"""What the database itself refuses of fees, whoever asks."""

from __future__ import annotations

from gongkai.audit.guards import append_only, kept

GUARDS = (append_only("foi_chargingbasis"), append_only("foi_feeentry"), *kept("foi_feenotice"))
