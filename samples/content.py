"""The sample draft resolution, in both languages, as data: every other file of this folder is made from it.

The document, its symbols, figures and meetings are made up. ``[^name]`` marks where a footnote refers.
"""

from __future__ import annotations

from dataclasses import dataclass

SYMBOL = "A/C.6/99/L.7"


@dataclass(frozen=True, slots=True)
class Passage:
    """What one passage says: its paragraphs in each language, in order; an empty tuple where it is missing."""

    style: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; an empty string where the language does without it."""

    name: str
    zh: str
    en: str


def _pair(style: str, zh: str, en: str) -> Passage:
    return Passage(style, (zh,), (en,))


PASSAGES: tuple[Passage, ...] = (
    _pair("organisation", "联合国", "United Nations"),
    _pair("symbol", SYMBOL, SYMBOL),
    _pair("organ", "大会", "General Assembly"),
    _pair("distribution", "Distr.: Limited", "Distr.: Limited"),
    _pair("distribution", "4 November 2044", "4 November 2044"),
    _pair("distribution", "Original: English", "Original: English"),
    _pair("session", "第九十九届会议", "Ninety-ninth session"),
    _pair("session", "第六委员会", "Sixth Committee"),
    _pair("session", "议程项目112", "Agenda item 112"),
    _pair("session", "消除国际恐怖主义的措施", "Measures to eliminate international terrorism"),
    # Each language sorts the sponsors in its own way: by pinyin, and by the English alphabet.
    _pair(
        "sponsors",
        "阿根廷、奥地利、巴拿马、菲律宾、芬兰、加纳、肯尼亚、摩洛哥、日本和乌拉圭：决议草案",
        "Argentina, Austria, Finland, Ghana, Japan, Kenya, Morocco, Panama, Philippines and Uruguay: draft resolution",
    ),
    _pair("title", "打击恐怖分子旅行", "Countering terrorist travel"),
    _pair("opening", "大会，", "The General Assembly,"),
    _pair(
        "preamble",
        "回顾其关于防止恐怖分子旅行的措施的2042年12月12日第97/214号决议，"
        "以及安全理事会2014年9月24日第2178(2014)号和2017年12月21日第2396(2017)号决议，",
        "Recalling its resolution 97/214 of 12 December 2042 on measures to prevent the travel of terrorists, as well "
        "as Security Council resolutions 2178 (2014) of 24 September 2014 and 2396 (2017) of 21 December 2017,",
    ),
    _pair(
        "preamble",
        "重申任何恐怖主义行为，无论出于何种动机，在何地发生，何人所为，均属犯罪，不可开脱，",
        "Reaffirming that any act of terrorism is a crime for which there is no excuse, whatever the motive, wherever "
        "it is committed and by whomsoever,",
    ),
    _pair(
        "preamble",
        "深为关切外国恐怖主义战斗人员仍持伪造、变造或他人的旅行证件跨越边界，"
        "且自2041年以来估计有3 400人在各区域之间流动，[^movement]",
        "Deeply concerned that foreign terrorist fighters continue to cross borders with forged, altered or borrowed "
        "travel documents, and that an estimated 3,400 of them have moved between regions since 2041,[^movement]",
    ),
    # Merged in Chinese.
    Passage(
        "preamble",
        (
            "注意到检查站一旦为人所知，此类人员在数周之内即改换路线，"
            "又注意到小型机场、轮渡码头和内河渡口很少与可查明其身份的数据库联网，",
        ),
        (
            "Noting that the routes taken by such fighters change within weeks once a checkpoint becomes known,",
            "Noting also that smaller airports, ferry terminals and river crossings are seldom linked to the databases "
            "that would reveal who they are,",
        ),
    ),
    # Omitted in Chinese.
    Passage(
        "preamble",
        (),
        (
            "Mindful that women and children associated with foreign terrorist fighters may have played very different "
            "roles, including as victims, and that each case calls for an assessment of its own,",
        ),
    ),
    _pair(
        "preamble",
        "确认国际刑事警察组织(国际刑警组织)发挥的作用，2043年其被盗和遗失旅行证件数据库的查询次数超过41亿次，[^interpol]",
        "Recognizing the role of the International Criminal Police Organization (INTERPOL), whose database of stolen "
        "and lost travel documents was consulted more than 4.1 billion times in 2043,[^interpol]",
    ),
    _pair(
        "preamble",
        "回顾联合国反恐怖主义办公室同国际刑警组织于2039年5月9日达成的边界数据安排，[^arrangement]",
        "Recalling the arrangement on border data concluded on 9 May 2039 between the United Nations Office of "
        "Counter-Terrorism and INTERPOL,",
    ),
    _pair(
        "preamble",
        "欢迎国际民用航空组织通过关于预报旅客资料和旅客姓名记录的修订标准，[^icao]",
        "Welcoming the adoption by the International Civil Aviation Organization of revised standards on advance "
        "passenger information and passenger name records,[^icao]",
    ),
    _pair(
        "preamble",
        "强调个人数据的任何交换都必须遵守国际人权法，包括尊重隐私权，",
        "Stressing that any exchange of personal data must comply with international human rights law, including the "
        "right to privacy,",
    ),
    _pair(
        "preamble",
        "意识到许多发展中国家，特别是内陆发展中国家和小岛屿发展中国家，缺乏实时筛查旅客所需的设备和训练有素的人员，",
        "Conscious that many developing countries, in particular landlocked and small island developing States, lack "
        "the equipment and the trained staff needed to screen travellers in real time,",
    ),
    _pair(
        "operative",
        "谴责一切形式的恐怖分子旅行，包括招募、运送、窝藏和资助外国恐怖主义战斗人员；",
        "Condemns terrorist travel in all its forms, including the recruitment, transport, harbouring and financing of "
        "foreign terrorist fighters;",
    ),
    _pair(
        "operative",
        "促请会员国实行有效的边界管制，防止恐怖分子流动，并为此目的：",
        "Calls upon Member States to prevent the movement of terrorists by effective border controls and, to that end:",
    ),
    _pair(
        "item",
        "在查明外国恐怖主义战斗人员身份后72小时内将其资料输入国际刑警组织各数据库；",
        "To enter data on foreign terrorist fighters in the databases of INTERPOL within 72 hours of their "
        "identification;",
    ),
    _pair(
        "item",
        "至迟于2046年12月31日将所有国际机场、海港和陆路口岸接入国际刑警组织I-24/7网络；",
        "To connect all international airports, seaports and land crossings to the INTERPOL I-24/7 network no later "
        "than 31 December 2046;",
    ),
    _pair(
        "item",
        "立即注销已报失窃的护照，并就此通知持照人；",
        "To cancel without delay any passport reported as stolen, and to inform its holder accordingly;",
    ),
    _pair(
        "operative",
        "敦促尚未设立国家旅客信息中心的会员国在2045年底之前设立这一中心，并安排人员昼夜值守；",
        "Urges Member States that have not yet done so to establish, by the end of 2045, a national passenger "
        "information unit that is staffed around the clock;",
    ),
    # The short name 刑警组织 stands for INTERPOL here.
    _pair(
        "operative",
        "鼓励会员国依照国内法和国际法，通过刑警组织渠道或在双边基础上共享外国恐怖主义战斗人员的生物识别数据；",
        "Encourages Member States to share, through INTERPOL channels or bilaterally, biometric data on foreign "
        "terrorist fighters, in accordance with domestic and international law;",
    ),
    _pair(
        "operative",
        "请联合国反恐怖主义办公室与国际刑警组织和国际民用航空组织协商，编写旅客筛查良好做法汇编，并提交大会第一百届会议；",
        "Requests the United Nations Office of Counter-Terrorism, in consultation with INTERPOL and the International "
        "Civil Aviation Organization, to compile good practices in the screening of travellers and to submit the "
        "compilation to the General Assembly at its one hundredth session;",
    ),
    _pair(
        "operative",
        "决定设立一个自愿信托基金，协助发展中国家打击恐怖分子旅行，并邀请各方捐款，初始目标为1 250万美元；",
        "Decides to establish a voluntary trust fund to assist developing countries in countering terrorist travel, "
        "and invites contributions to it, with an initial target of $12.5 million;",
    ),
    # The rival rendering 作战人员 occurs here and nowhere else.
    _pair(
        "operative",
        "着重指出，要使返回的外国恐怖主义作战人员受到起诉、改过自新并重返社会，就需要：",
        "Emphasizes that the prosecution, rehabilitation and reintegration of returning foreign terrorist fighters "
        "require:",
    ),
    _pair(
        "item",
        "制定证据规则，使在冲突地区收集的资料可以在法庭上使用；[^evidence]",
        "Rules of evidence that allow information collected in conflict zones to be used in court;[^evidence]",
    ),
    _pair(
        "item",
        "实施顾及年龄和性别特点的方案，并至少每两年评价一次；",
        "Programmes that are responsive to age and gender and are evaluated at least once every two years;",
    ),
    _pair(
        "operative",
        "重申为执行本决议而采取的一切措施都必须符合各国根据国际法，特别是人权法、难民法和人道法承担的义务；",
        "Reiterates that all measures taken in pursuance of the present resolution must be consistent with the "
        "obligations of States under international law, in particular human rights law, refugee law and humanitarian "
        "law;",
    ),
    _pair(
        "operative",
        "核可下表所列时间表和本决议附件所载指导原则；",
        "Approves the timetable set out in the table below and the guiding principles contained in the annex to the "
        "present resolution;",
    ),
    _pair("caption", "执行时间表", "Timetable for implementation"),
    _pair("cell", "措施", "Measure"),
    _pair("cell", "牵头实体", "Lead entity"),
    _pair("cell", "完成日期", "Completion date"),
    _pair("cell", "旅客数据示范法", "Model law on passenger data"),
    _pair("cell", "联合国毒品和犯罪问题办公室", "United Nations Office on Drugs and Crime"),
    _pair("cell", "2045年6月30日", "30 June 2045"),
    _pair("cell", "培训600名边防人员", "Training of 600 border officers"),
    _pair("cell", "国际刑警组织", "INTERPOL"),
    _pair("cell", "2046年3月31日", "31 March 2046"),
    _pair("cell", "审查25个口岸的试点联网情况", "Review of pilot connections at 25 crossings"),
    _pair("cell", "反恐怖主义委员会执行局", "Counter-Terrorism Committee Executive Directorate"),
    _pair("cell", "2046年9月30日", "30 September 2046"),
    _pair(
        "operative",
        "请秘书长向大会第一百零一届会议报告本决议的执行情况，包括信托基金的使用情况和仍然存在的差距；",
        "Requests the Secretary-General to report to the General Assembly at its one hundred and first session on the "
        "implementation of the present resolution, including on the use made of the trust fund and the gaps that "
        "remain;",
    ),
    _pair(
        "operative",
        "决定在大会第一百零一届会议临时议程题为“消除国际恐怖主义的措施”的项目下列入题为“打击恐怖分子旅行”的分项目。",
        "Decides to include in the provisional agenda of its one hundred and first session, under the item entitled "
        "“Measures to eliminate international terrorism”, the sub-item entitled “Countering terrorist travel”.",
    ),
    _pair("annex", "附件", "Annex"),
    _pair("title", "打击恐怖分子旅行指导原则", "Guiding principles on countering terrorist travel"),
    _pair("heading", "一. 总则", "I. General"),
    _pair(
        "principle",
        "本原则适用于各国为发现、遏阻和中断恐怖主义嫌疑人经由空中、海上或陆路的旅行而采取的一切措施。",
        "These principles apply to all measures by which States detect, deter and disrupt travel by persons suspected "
        "of terrorism, whether by air, by sea or by land.",
    ),
    _pair(
        "principle",
        "不得仅以国籍、宗教、族裔或见解为由将任何人列入观察名单。",
        "No person shall be placed on a watch list solely on the ground of nationality, religion, ethnic origin or "
        "opinion.",
    ),
    _pair("heading", "二. 数据", "II. Data"),
    # Split in Chinese.
    Passage(
        "principle",
        (
            "旅客数据的保存期限不得超过五年。",
            "期满后，数据应予删除或作匿名处理，但法院另有命令的除外。",
        ),
        (
            "Passenger data shall be kept for no longer than five years. Thereafter they shall be deleted or made "
            "anonymous, unless a court orders otherwise.",
        ),
    ),
    _pair(
        "principle",
        "一国如获悉数据库中某项记录有误，应在48小时内予以更正，并通知已共享该记录的所有国家；"
        "如该记录涉及外国恐怖主义战斗人员，还应通知国际刑警组织。",
        "A State that learns that an entry in a database is wrong shall correct it within 48 hours and shall inform "
        "every State with which the entry has been shared, as well as INTERPOL if the entry concerns a foreign "
        "terrorist fighter.",
    ),
    _pair("heading", "三. 救济", "III. Remedies"),
    _pair(
        "principle",
        "任何人因与数据库记录匹配而被拒绝登机或入境的，有权获得书面告知，并有权要求独立机构复核有关决定。[^review]",
        "Anyone who is denied boarding or entry because of a match in a database has the right to be told so in "
        "writing and to have the decision reviewed by an independent authority.[^review]",
    ),
    _pair(
        "principle",
        "鼓励各国每年公布收到、准予和驳回的复核请求数目。",
        "States are encouraged to publish each year the number of requests for review received, granted and refused.",
    ),
)

NOTES: tuple[Note, ...] = (
    Note("movement", "见A/99/118，第12至15段。", "See A/99/118, paras. 12–15."),
    Note("interpol", "国际刑警组织，《2043年年度报告》，第三章。", "INTERPOL, Annual Report 2043, chap. III."),
    Note("arrangement", "《联合国反恐怖主义办公室和国际刑警组织关于边界数据的安排》(里昂，2039年)，第4条。", ""),
    Note(
        "icao",
        "国际民用航空组织，第10244号文件，第4.2节。",
        "International Civil Aviation Organization, document 10244, sect. 4.2.",
    ),
    Note("evidence", "见A/98/407，附件二。", "See A/98/407, annex II."),
    Note(
        "review",
        "关于现行的复核方式，见A/C.6/98/SR.14，第31至40段。",
        "For the forms of review now in use, see A/C.6/98/SR.14, paras. 31–40.",
    ),
)
