"""What a clerk fills in: a file to examine, why one is let go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.files.kinds import EXTENSIONS
from gongkai.files.outgoing.concern import ConcernKind

_ACCEPTED = ",".join(f".{ending}" for ending in EXTENSIONS)


class CheckForm(forms.Form):
    """A file that is to leave, and the agency that lets it out."""

    agency = forms.ChoiceField(label="发出机关", help_text="文件以哪个机关的名义出去。")
    file = forms.FileField(
        label="要发出的文件",
        max_length=200,
        help_text="Word（.docx）、Excel（.xlsx）、PDF、图片、文本。只看里面有什么，文件本身不留存。",
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
    )

    def __init__(self, agencies: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)  # noqa: S101  # declared above
        agency.choices = list(agencies)


class ReleaseForm(forms.Form):
    """A reason for each kind of concern that may be answered for; what is left blank stays held."""

    def __init__(self, kinds: Iterable[ConcernKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = list(kinds)
        for kind in self._kinds:
            self.fields[kind.value] = forms.CharField(
                label=f"“{kind.label}”放行的理由",
                max_length=300,
                required=False,
                help_text="写明看过什么、为什么可以出去。留空的不放行。",
            )

    @property
    def reasons(self) -> dict[ConcernKind, str]:
        """What was written, by kind."""
        return {kind: self.cleaned_data.get(kind.value) or "" for kind in self._kinds}
