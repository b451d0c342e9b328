"""How a request may be handed in, in the words of a 指南: each channel with its usage notes."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.packaged import rows


@dataclass(frozen=True)
class RequestChannel:
    """*needs* names what the agency must have made known for the channel to be open."""

    title: str
    needs: str
    use: str
    reception: str
    basis: str


REQUEST_CHANNELS: tuple[RequestChannel, ...] = rows(
    "request_channels.toml", "channel", RequestChannel
)
