"""The sealed column of this room: who asked."""

from __future__ import annotations

from gongkai.foi.identity import PURPOSE, digest_again
from gongkai.vault.columns import declare

declare("foi.Applicant", purpose=PURPOSE, bound="klass", digest="digest", digested=digest_again)
