"""What the documents of the United Nations say in fixed words, in Chinese and English: organs, symbols, formulas."""

from __future__ import annotations

import regex

HAN_NUMERAL = r"[一二三四五六七八九十百千〇零两]+"

# A document symbol: organ letters, then parts after slashes; resolutions of the Security Council end in a year.
SYMBOL = (
    r"\b(?:A|S|E|T|ST|CAC|CCPR|CEDAW|CERD|CRC|CMW|CAT|CRPD|CTOC|DP|HRI|ICEF|LC|PCNICC|SPLOS|TD|UNEP|UNW|FCCC|JIU|AEC|DC|HSP|"
    r"CBD|WFP|IDB|IAEA|MP|ISBA|CEB|CD|BWC|APLC|CCW|UNA|UNFPA|UNICEF)"
    r"(?:/[\w.\-]*\w(?:\([^()\s]{1,12}\))?)+(?:\s?\((?:18|19|20)\d\d\))?"
)
LONE_SYMBOL = regex.compile(rf"^(?:Resolution\s+)?({SYMBOL})[*†]*$")

MONTHS = {
    name: number
    for number, name in enumerate(
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        start=1,
    )
}
_MONTH = "|".join(MONTHS)
DATE_EN = regex.compile(rf"\b(\d{{1,2}})\s+({_MONTH}),?\s+(\d{{4}})\b")
DATE_EN_US = regex.compile(rf"\b({_MONTH})\s+(\d{{1,2}}),\s+(\d{{4}})\b")
DATE_ZH = regex.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")

# English names of the organs, by what stands in the masthead or before the comma that opens the preamble.
_ORGAN_NAMES = {
    "General Assembly": ("大会", "大會"),
    "Security Council": ("安全理事会", "安全理事會"),
    "Economic and Social Council": ("经济及社会理事会", "经济和社会理事会", "經濟及社會理事會"),
    "Human Rights Council": ("人权理事会", "人權理事會"),
    "Trusteeship Council": ("托管理事会", "託管理事會"),
    "International Court of Justice": ("国际法院", "國際法院"),
    "United Nations Children’s Fund": ("联合国儿童基金会", "United Nations Children's Fund"),
    "Disarmament Commission": ("裁军审议委员会",),
    "Committee on the Exercise of the Inalienable Rights of the Palestinian People": (
        "巴勒斯坦人民行使不可剥夺权利委员会",
    ),
}
ORGANS = {form: name for name, forms in _ORGAN_NAMES.items() for form in (name, *forms)}

# The line that opens a preamble: the organ, a comma, nothing else ("大会，", "The General Assembly,").
_ORGAN_ZH = r"(?:大会|大 会|大會|理事会|理事會|委员会|委員會|会议|會議|执行局|理事机构|组织|协会|法院|缔约方|议会|联盟)"
_ORGAN_EN = (
    r"(?:Assembly|Council|Committee|Commission|Conference|Board|Parties|Congress|Meeting|Organization"
    r"|Bureau|Union|Forum)"
)
OPENER_ZH = regex.compile(rf"^[\p{{Han}}、（）() ]{{0,30}}{_ORGAN_ZH}\s*[，,]$")
OPENER_EN = regex.compile(
    rf"^The (?=[^,]*{_ORGAN_EN}\b)\p{{Lu}}[\p{{L}}\p{{Zs}}’'(),\-–]{{2,160}},$"
    r"|^The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council)$"
)

# Verbs and adjectives that open a preambular or operative paragraph. Chinese: adverbs, then the verb.
_ADVERB_ZH = (
    r"(?:又|还|再次|再度|特别|尤其|进一步|感兴趣地"
    r"|(?:十分|非常|极为|最)?(?:赞赏|满意|关切|遗憾|震惊|感谢|高兴|欣慰|兴趣|不安|愤慨|沮丧|焦虑|惊讶|重视)地"
    r"|深切|深为|深感|严重|极为|强烈|坚决|坚定|郑重|庄严|正式|完全|充分|同样|同时|此外|在这方面|为此|就此|在此"
    r"|因此|最后|一贯|仍然|铭感|热烈|诚挚|诚恳|大力|着力|继续|适当|谨|均|更)"
)
_VERB_ZH = (
    r"(?:回顾|忆及|重申|确认|申明|强调|着重|重点|突出|指出|注意|表示|表达|欢迎|欣见|欣悉|喜见|认识|意识|铭记|牢记"
    r"|谨记|考虑|关切|关注|关心|深信|坚信|相信|确信|承认|赞赏|赞扬|赞成|赞同|赞许|谴责|期待|期望|希望|渴望|鼓励"
    r"|审议|审查|听取|收到|依照|依据|根据|遵照|遵循|按照|本着|念及|顾及|有鉴于|鉴于|感到|感谢|痛惜|遗憾|震惊|惊悉"
    r"|惊恐|决心|决意|决定|满意|重视|奉行|警觉|不安|忧虑|支持|着眼|宣布|宣告|通过|呼吁|敦促|促请|吁请|请|邀请|建议"
    r"|要求|核可|核准|批准|授权|委托|责成|提请|声明|保证|断定|认定|认为|查明|反对|拒绝|尊重|维护|受.{1,12}鼓舞|回应"
    r"|响应|提及|参照|参考|促进|推动|力求|致力|珍视|庆祝|纪念|祝贺|同意|接受|任命|选举|设立|撤销|终止|延长|展期)"
)
FORMULA_ZH = regex.compile(rf"^{_ADVERB_ZH}*{_VERB_ZH}")
_ADVERB_EN = (
    r"(?:Also|Further|Deeply|Gravely|Fully|Particularly|Strongly|Once|Firmly|Keenly|Profoundly|Seriously|Extremely|Greatly"
    r"|Very|Reiterating)"
)
_ADJECTIVE_EN = (
    r"(?:[Aa]larmed|[Aa]ppalled|[Aa]ppreciative|[Aa]ware|[Cc]oncerned|[Cc]ognizant|[Cc]onscious|[Cc]onvinced|[Dd]esirous"
    r"|[Dd]etermined|[Dd]ismayed|[Dd]isturbed|[Dd]istressed|[Ee]ncouraged|[Gg]rateful|[Gg]uided|[Ii]mpressed|[Ii]nspired"
    r"|[Mm]indful|[Mm]oved|[Oo]utraged|[Pp]ersuaded|[Pp]leased|[Rr]esolved|[Ss]hocked|[Ss]atisfied|[Tt]roubled)"
)
FORMULA_EN = regex.compile(rf"^(?:{_ADVERB_EN}\s+(?:again\s+)?)?(?:\p{{Lu}}\p{{Ll}}+ing|{_ADJECTIVE_EN})\b")

# A draft resolution's or decision's own line inside a report: "决议草案三", "Draft resolution III".
PART_HEAD = regex.compile(
    rf"^(?:(?:决议|决定|决議|決議|決定)草案\s*(?:{HAN_NUMERAL}|[A-Z]|\d{{1,2}}|[IVXLC]+)"
    r"|(?:DRAFT|Draft) (?:RESOLUTION|resolution|DECISION|decision)s? (?:[IVXLC]+|[A-Z]|\d{1,2}))$"
)

ANNEX = regex.compile(
    rf"^(?:附件|附录|附文|附錄)\s*(?:{HAN_NUMERAL}|[A-Z]|\d{{1,2}}|[IVX]+)?[*†]*$"
    r"|^(?:Annex|ANNEX|Appendix|APPENDIX|Enclosure)(?: (?:[IVXLC]+|[A-Z]|\d{1,2}))?[*†]*$"
    r"|^(?:附件|附录)\s+(?=\p{Han}).{2,60}$"
)

# Lines that close a resolution, in either order: the meeting and its date, or both in one line.
_MEETING = (
    r"(?:第\s*[\d一二三四五六七八九十百]+\s*次\s*(?:全体)?\s*会议"
    r"|\d+(?:st|nd|rd|th)\s+(?:\(\w+\)\s+)?(?:plenary )?meeting)"
)
_DAY = rf"(?:\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|\d{{1,2}}\s+(?:{_MONTH})\s+\d{{4}})"
CLOSING = regex.compile(rf"^(?:{_MEETING}|{_DAY})(?:[\s,，]*(?:{_MEETING}|{_DAY}))?[.。]?$")

# How a resolution came about: "[根据第三委员会的报告(A/67/458)通过]", "[on the report of …]".
ADOPTED = regex.compile(
    r"^\[.{4,200}\]$|^［.{4,200}］$|^[（(](?:根据|on the report).{4,200}[)）]$"
    r"|^(?:Resolution|Decision|Resolutions?) adopted by (?:the )?.{4,160}$"
    r"|^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{2,40}(?:决议|决定)$"
    r"|^.{2,20}\d{4}\s*年.{2,60}(?:会议|届会)通过$|^Adopted by the .{4,160}$"
)
# Who put the text forward; sponsors are a list of names that ends so.
SPONSORS = regex.compile(
    r"^(?:订正)?(?:决议|决定)草案$|^(?:revised )?draft (?:resolution|decision)$"
    r"|[:：][\s*†，,]*(?:\p{Han}{0,4}(?:订正)?(?:决议|决定)草案|(?:revised )?draft (?:resolution|decision))[\s*†]*$"
    r"|(?:提出|提交)的(?:订正)?(?:决议|决定)草案$|^Draft (?:resolution|decision) (?:submitted|proposed) by\b",
    regex.IGNORECASE,
)
SPONSOR_LIST = regex.compile(
    r"^(?:[^。；;，,、.]{1,25}、){2,}[^。；;，,.]{1,60}[:：]$|^(?:[^.;:,]{1,60}, ){2,}[^.;:,]{1,80}:$"
)
RAPPORTEUR = regex.compile(r"^(?:报告员|主席|副主席|Rapporteur|Chair(?:man|person)?|President)\s*[:：]\s*\S")
SIGNED = regex.compile(r"(?:[（(]签名[)）]|[（(]簽名[)）]|^\(Signed\)|^\(signed\))")

# Lines of a masthead, whole.
_DATES = rf"\d{{1,2}}(?:\s+(?:{_MONTH}))?(?:\s+\d{{4}})?\s*[–—-]\s*\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?"
_DATES_ZH = (
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:至|—|-|–)\s*(?:\d{4}\s*年)?\s*(?:\d{1,2}\s*月)?\s*\d{1,2}\s*日"
    r"(?:[，,].{2,12})?"
)
_KIND_OF_SESSION = r"(?:special |emergency special |annual |regular |organizational |substantive )?"
_ITEM = r"\d{1,3}\s*(?:[（(]\p{L}+[)）])?"
_MASTHEAD_LINES = (
    r"联\s*合\s*国|United Nations|UNITED NATIONS",
    rf"(?:United Nations|联合国)\s+{SYMBOL}[*†]*",
    r"(?:大会|安全理事会|经济及社会理事会|人权理事会)?(?:决议|决定|決議|決定)|(?:Resolution|Decision)s?",
    r"(?:Distr\.|分发)\s*[:：]?.{0,120}",
    r"(?:Original|原文|原件)\s*[:：]\s*\p{L}{2,20}(?:/\p{L}{2,20})*",
    r"(?:Chinese|English|中文|英文)(?: only)?(?:\s+(?:Original|原文)\s*[:：]\s*\p{L}+)?",
    r"General|Limited|Restricted|普通|限制|普遍",
    # the session
    rf"第\s*(?:{HAN_NUMERAL}|\d{{1,3}})\s*[届屆]\s*(?:(?:特别|緊急特別|紧急特别|常|年)\s*)?(?:会议|届会|會議|常会|会)?",
    rf"\d{{4}}\s*年\s*(?:第{HAN_NUMERAL}[届次]?)?\s*(?:年会|年度会议|(?:常年)?届会|常会|(?:实质性|组织|常年)?(?:会议|届会))",
    rf"(?:\p{{Lu}}[\w’'-]+ )?(?:\p{{L}}+[- ])?\p{{L}}*(?:st|nd|rd|th) {_KIND_OF_SESSION}session",
    rf"(?:First|Second|Third) regular session \d{{4}}|\d{{4}} {_KIND_OF_SESSION}session|Annual session \d{{4}}",
    r"(?:Substantive|Annual|Regular|Organizational|Special) session of \d{4}",
    # its dates and place
    _DATES,
    rf"[A-Z][\w .]{{2,20}}, {_DATES}",
    _DATES_ZH,
    # the agenda item
    rf"(?:临时)?议程(?:项目)?\s*[*†]*\s*(?:项目)?\s*{_ITEM}(?:\s*[和、及]\s*{_ITEM})*",
    rf"(?:Provisional a|A)genda items?\s*[*†]*\s*{_ITEM}(?:(?:,| and) {_ITEM})*",
    rf"Items? {_ITEM} of the (?:provisional )?agenda[*†]*",
    # organs below the principal ones
    r"执行局|执行委员会|第[一二三四五六]委员会|Executive Board|Executive Committee",
    r"(?:First|Second|Third|Fourth|Fifth|Sixth) Committee",
    r"(?:<<ODS DOC SYMBOL\d?>>)+",
)
MASTHEAD = regex.compile("|".join(f"^(?:{line})$" for line in _MASTHEAD_LINES))
AGENDA_ITEM = regex.compile(
    r"(?:议程(?:项目)?\s*[*†]*\s*(?:项目)?|[Aa]genda items?)\s*[*†]*\s*(\d{1,3}\s*(?:[（(]\p{L}+[)）])?)"
    r"|^Items? (\d{1,3}(?:\s*\(\w\))?) of the"
)
SUMMARY = regex.compile(r"^(?:摘\s*要|概\s*要|提\s*要|Summary|SUMMARY|Abstract)$")
