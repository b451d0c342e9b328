"""What a clerk fills in for each channel, and about what was not the same."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.forms import Day
from gongkai.channels.actions import MOST_TEXT, Gathering, Photo, Shown
from gongkai.channels.models import Audience, Channel, Settlement

_PHOTO = forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"})
_MOST_DOCUMENTS = 20


class ShowingForm(forms.Form):
    """What every channel has: where and when."""

    channel: Channel
    place = forms.CharField(label="地点", max_length=120)
    from_on = Day("日期")

    @property
    def shown(self) -> Shown:
        """What was told, once the form is valid."""
        said = self.cleaned_data
        return Shown(
            self.channel,
            said["place"],
            said["from_on"],
            to_on=said.get("to_on"),
            address=said.get("address") or "",
            text=said.get("text") or "",
            gathering=self._gathering(),
        )

    @property
    def photo_sent(self) -> Photo | None:
        file = self.cleaned_data.get("photo")
        return Photo(file.name, file.read()) if file else None

    def numbers(self) -> list[str]:
        """The 索引号 of other documents that were explained on the same occasion."""
        return []

    def _gathering(self) -> Gathering | None:
        return None


class BoardForm(ShowingForm):
    """公告栏: where it hung, from when to when, a photograph."""

    channel = Channel.BOARD
    place = forms.CharField(
        label="公告栏在哪里", max_length=120, help_text="例如 东河镇便民服务中心大厅。"
    )
    from_on = Day("张贴日期")
    to_on = Day("揭下日期", "还在张贴的不填，揭下时再登记。")
    photo = forms.FileField(
        label="现场照片",
        required=False,
        max_length=200,
        widget=_PHOTO,
        help_text="能看清标题和张贴地点；不要拍到别人的个人信息。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_on"].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("to_on") and found.get("from_on") and found["to_on"] < found["from_on"]:
            self.add_error("to_on", "揭下日期早于张贴日期，请核对。")
        return found


class EventForm(ShowingForm):
    """政策宣讲: what it was called, where, who and how many came, what else was explained."""

    channel = Channel.EVENT
    field_order = ("title", "from_on", "place", "audience", "kinds", "others", "photo")
    title = forms.CharField(label="活动名称", max_length=120, help_text="例如 惠农政策进村宣讲会。")
    from_on = Day("举行日期")
    place = forms.CharField(label="地点", max_length=120, help_text="例如 东河镇甲村文化广场。")
    audience = forms.IntegerField(
        label="到场人数", min_value=1, max_value=1_000_000, help_text="大约的人数也可以，写整数。"
    )
    kinds = forms.MultipleChoiceField(
        label="听众", choices=Audience.choices, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="同场宣讲的其他文件",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个索引号；没有就不填。",
    )
    photo = forms.FileField(
        label="现场照片",
        required=False,
        max_length=200,
        widget=_PHOTO,
        help_text="不要拍到别人的个人信息；儿童的正面照片不要上传。",
    )

    def clean_others(self) -> str:
        lines = self.cleaned_data["others"].split()
        if len(lines) > _MOST_DOCUMENTS:
            raise forms.ValidationError(f"一场最多登记 {_MOST_DOCUMENTS} 份文件，请分几次登记。")
        return "\n".join(dict.fromkeys(lines))

    def numbers(self) -> list[str]:
        return str(self.cleaned_data["others"]).split()

    def _gathering(self) -> Gathering:
        said = self.cleaned_data
        return Gathering(said["title"], said["audience"], [Audience(one) for one in said["kinds"]])


class ArticleForm(ShowingForm):
    """微信、微博: the account, the address, and the text as a reader sees it."""

    place = forms.CharField(label="账号名称", max_length=120, help_text="例如 示例县政务发布。")
    from_on = Day("发布日期")
    address = forms.URLField(
        label="文章网址",
        max_length=500,
        assume_scheme="https",
        help_text="打开文章，复制以 https:// 开头的网址。",
    )
    text = forms.CharField(
        label="那里的正文",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="在那里全选、复制，粘贴到这里，会与审核通过的文本逐段对照；不同的列为待处理。",
    )


class WechatForm(ArticleForm):
    channel = Channel.WECHAT


class WeiboForm(ArticleForm):
    channel = Channel.WEIBO


class PressForm(ArticleForm):
    """报刊、广播、电视: which, when; its text where there is one."""

    channel = Channel.PRESS
    place = forms.CharField(
        label="媒体名称和版面、栏目", max_length=120, help_text="例如 示例日报第 3 版。"
    )
    from_on = Day("刊登、播出日期")
    address = forms.URLField(
        label="网址",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="没有网络版的不填。",
    )
    text = forms.CharField(
        label="刊登的文字",
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="有文字的粘贴过来对照；广播、电视没有文字的不填。",
    )


FORMS: dict[str, type[ShowingForm]] = {
    form.channel.value: form for form in (WechatForm, WeiboForm, BoardForm, EventForm, PressForm)
}


class SettleForm(forms.Form):
    """What became of a text that differs."""

    settlement = forms.ChoiceField(
        label="处理结果", choices=Settlement.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label="说明", max_length=300, help_text="写明不同在哪里，怎样处理的。")


class EndForm(forms.Form):
    """On which day it was last shown."""

    on = Day("结束日期", "揭下公告、删除文章的日期。")


class StrikeForm(forms.Form):
    """Why a row is struck."""

    reason = forms.CharField(
        label="误登的理由", max_length=300, help_text="记录留着，写明为什么注销。"
    )
