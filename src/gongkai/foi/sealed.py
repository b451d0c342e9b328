"""The sealed columns of this room: who asked, what came in, whose opinion was asked and what it was, what is
claimed in disputes, what went out, the slips of service."""

from __future__ import annotations

import gongkai.foi.disputes.sealed  # declares its own
import gongkai.foi.handling.sealed  # 〃
import gongkai.foi.issuing.sealed  # 〃
import gongkai.foi.serving.sealed  # noqa: F401  # 〃
from gongkai.foi.identity import PURPOSE, digest_again
from gongkai.foi.receiving import sealing
from gongkai.foi.resembling.actions.renewing import TITLE, renew
from gongkai.vault import derived
from gongkai.vault.columns import declare

_FILES_AT_ONCE = 4

declare("foi.Applicant", purpose=PURPOSE, bound="klass", digest="digest", digested=digest_again)
declare(
    "foi.Submission",
    purpose=sealing.CONTENT,
    ciphertext="content",
    key_id="content_key",
    alg="content_alg",
    bound=sealing.bound,
)
declare(
    "foi.Submission",
    purpose=sealing.IDENTITY,
    ciphertext="identity",
    key_id="identity_key",
    alg="identity_alg",
    bound=sealing.bound,
    digest="digest",
    digested=sealing.digested_again,
)
declare(
    "foi.SubmissionFile",
    purpose=sealing.FILE,
    bound=sealing.bound_of_file,
    at_once=_FILES_AT_ONCE,
)
derived.declare(TITLE, renew)
