"""Requests that were open before the steps had records: their columns folded anew, their records made.

The state 征求意见中 is none any more: a consultation is a record, and the case is being handled. What an
event said of an open consultation, a correction notice or a demand for reasons becomes the row the guards
read. Events are never touched. Going back leaves the rows: the older program does not read them.
"""

import json
from datetime import date

from django.db import migrations

from gongkai.foi.machine import EventKind, Happening, fold  # pure: folds old events as well
from gongkai.law.rules import Rules


def refold(apps, schema_editor):
    case_model = apps.get_model("foi", "Case")
    for case in case_model.objects.filter(decided_on=None).iterator(500):
        events = list(case.events.order_by("seq"))
        happened = [
            Happening(EventKind(row.kind), row.on, json.loads(row.payload_text)) for row in events
        ]
        if not happened:
            continue
        case_model.objects.filter(pk=case.pk).update(**fold(happened).columns())
        for place, event in enumerate(happened):
            make = _RECORDS.get(event.kind)
            if make is not None:
                make(apps, case, event, happened[place + 1 :])


def _consultation(apps, case, event, later):
    if "consultation" in event.payload:
        return
    ended = next((one for one in later if one.kind is EventKind.OPINION), None)
    consents = ended.payload["consents"] if ended else None
    received = event.payload.get("received_on")
    apps.get_model("foi", "Consultation").objects.create(
        case=case,
        whom=str(event.payload["whom"]),
        asked_on=event.on,
        received_on=date.fromisoformat(received) if received else None,
        proof="见案卷" if received else "",
        answered_on=ended.on if ended and consents is not None else None,
        consents=consents,
        silent_on=ended.on if ended and consents is None else None,
    )


def _correction(apps, case, event, later):
    apps.get_model("foi", "CorrectionNotice").objects.create(
        case=case,
        items_text="\n".join(event.payload.get("items", [])),
        days=Rules.national(event.on).number("correction.period"),
        asked_on=event.on,
    )


def _reason(apps, case, event, later):
    apps.get_model("foi", "ReasonDemand").objects.create(
        case=case, found=str(event.payload.get("found", ""))[:500], asked_on=event.on
    )


_RECORDS = {
    EventKind.CONSULTED: _consultation,
    EventKind.CORRECTION_ASKED: _correction,
    EventKind.REASON_ASKED: _reason,
}


class Migration(migrations.Migration):
    dependencies = [("foi", "0003_steps")]
    operations = [migrations.RunPython(refold, migrations.RunPython.noop)]
