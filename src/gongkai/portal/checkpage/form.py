"""The two file fields of ``/check/``. What they say holds without a script; one adds what was chosen."""

from __future__ import annotations

from django import forms


class _Files(forms.FileInput):
    allow_multiple_selected = True


class CheckForm(forms.Form):
    """One report or several, and last year's. The view reads the files: see ``uploads``."""

    def __init__(self, most_files: int, most_megabytes: int) -> None:
        super().__init__(auto_id="%s")
        # Not declared above: a form has an attribute "files" of its own.
        self.fields["files"] = forms.FileField(
            label="年度报告（可选多份）",
            help_text=(
                "网页、Word、Excel、PDF、文本或 JSON 文件，也可以拖到框里。"
                f"一次最多 {most_files} 份，合计不超过 {most_megabytes} MB。"
            ),
            widget=_Files(
                attrs={
                    "aria-describedby": "files_helptext files-chosen",
                    "data-most-files": most_files,
                    "data-most-megabytes": most_megabytes,
                }
            ),
        )
        self.fields["prev"] = forms.FileField(
            label="上一年度的报告（可以不选）",
            help_text="选了就核对年度衔接：上年结转、现行有效件数等。",
            required=False,
        )
