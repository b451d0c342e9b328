"""Pages that a mirror has converted: traditional characters, the pinyin of each one in brackets.

Such a page is not the government's own and proves nothing; it is read so that somebody can see what it
is a copy of, and the reading says so (R-03).
"""

from __future__ import annotations

import re

_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\s?[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňḿ]{1,6}[)）]")
_FEWEST = 3
# Pairs of a traditional character and the simplified one, for the characters that labels and the usual
# sentences of a report contain.
_PAIRS = (
    "規规範范數数據据處处罰罚許许強强業业費费額额單单萬万項项條条內内發发廢废現现實实總总計计結结轉转辦办報报"
    "為为關关機机構构組组織织務务請请屬属國国穩稳護护權权類类過过執执檔档詢询沒没補补確确認认舉举訴诉復复複复"
    "議议維维糾纠審审無无當当繳缴納纳繼继續续獲获證证應应對对與与題题進进負负責责員员監监評评標标級级網网頁页"
    "圖图電电話话聯联係系統统錄录備备並并產产寫写華华縣县區区鄉乡鎮镇廳厅會会濟济財财運运門门間间圍围時时動动"
    "個个後后該该這这們们長长來来說说見见觀观達达選选較较還还場场億亿銀银價价開开於于從从將将導导層层幹干廣广"
    "彙汇徵征採采購购損损擇择揮挥擴扩術术書书東东極极樣样檢检歸归決决況况淨净測测滿满獨独環环異异痲痳盡尽盤盘"
    "眾众確确禮礼種种穫获競竞節节終终給给絕绝線线編编縮缩績绩總总習习聲声職职臨临興兴舊旧藥药衛卫觸触訂订訊讯"
    "討讨訓训託托設设評评詳详誌志調调諮谘證证識识譯译讀读變变讓让貨货質质貿贸資资賓宾賞赏賠赔購购贊赞趕赶跡迹"
    "踐践軍军輔辅輕轻輛辆輪轮輸输辭辞農农迴回連连週周遊游違违適适遷迁遺遗郵邮鄰邻醫医釋释針针鋪铺錢钱錯错鍵键"
    "閉闭開开閱阅隊队階阶際际隨随險险雙双難难雲云靈灵靜静項项順顺須须預预領领頭头頻频願愿類类飛飞養养餘余駐驻"
    "驗验體体點点黨党齊齐龍龙"
)
_SIMPLIFIED = str.maketrans(_PAIRS[::2], _PAIRS[1::2])


def is_converted(text: str) -> bool:
    """Tell whether a mirror has been at work on `text`."""
    return len(_PINYIN.findall(text)) >= _FEWEST or "政府信息公開" in text


def restored(text: str) -> str:
    """Return `text` without pinyin, in simplified characters as far as they are known here."""
    return _PINYIN.sub("", text).translate(_SIMPLIFIED)
