"""A made-up alignment for the tests of the writers: doubtful, one-sided, moved, merged and list beads."""

from __future__ import annotations

from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance

SIGNATURE = "duizhao:0.1.0|model:static-zh-en:r7|reader:docx|segmenter:paragraph|omission:estimated|beads:m-n"

PROVENANCE = Provenance(
    symbol="A/RES/79/901",
    title_zh="加强水文观测数据的国际交换",
    title_en="Strengthening the international exchange of hydrological observations",
    date="2024-12-19",
    body="General Assembly",
    session="79",
    agenda_item="21",
    zh_source="resolution.zh.docx",
    en_source="resolution.en.docx",
    zh_script="Hans",
)


def _bead(
    zh: tuple[int, ...],
    en: tuple[int, ...],
    texts: tuple[str, str],
    confidence: float,
    *,
    kind: BeadKind = BeadKind.LINK,
    similarity: float | None = 0.81,
    number: str = "",
    status: str = "automatic",
) -> BeadRecord:
    one_sided = kind in (BeadKind.ZH_ONLY, BeadKind.EN_ONLY)
    score = None if one_sided else similarity
    return BeadRecord(zh, en, texts[0], texts[1], score, confidence, kind, status, number, zh, en)


BEADS = (
    _bead((0,), (0,), ("大会，", "The General Assembly,"), 0.99, similarity=0.93, status="checked"),
    _bead(
        (1,),
        (1,),
        (
            "回顾其2018年12月17日关于水文数据的第73/901号决议和2021年12月9日第76/902号决议，",
            "Recalling its resolutions 73/901 of 17 December 2018 and 76/902 of 9 December 2021 on hydrological data,",
        ),
        0.98,
        similarity=0.91,
    ),
    _bead(
        (2,),
        (2,),
        (
            "重申观测网络的连续性对于及早预警洪水和干旱至关重要，并深信没有任何国家能够单独维持一个完整的流域观测网络，",
            "Reaffirming that the continuity of observing networks is essential to early warning of floods, "
            "and convinced that no State can by itself maintain a complete network for a whole river basin,",
        ),
        0.96,
    ),
    _bead(
        (3,),
        (),
        ("又注意到各区域中心在本届会议期间举行的非正式磋商，", ""),
        0.88,
        kind=BeadKind.ZH_ONLY,
    ),
    _bead(
        (4,),
        (3, 4),
        (
            "欢迎秘书长的报告，并注意到其中所载的结论和建议，特别是关于开放数据格式的建议，",
            "Welcoming the report of the Secretary-General,\n"
            "Taking note of the conclusions and recommendations contained therein, in particular on open data formats,",
        ),
        0.74,
        similarity=0.66,
    ),
    _bead(
        (5,),
        (5,),
        (
            "请各会员国在2026年6月30日之前指定一个国家联络点，负责与其他国家交换实时观测数据；",
            "Invites Member States to designate, by 30 June 2026, a national focal point for the exchange of real-time "
            "observations with other States;",
        ),
        0.97,
        number="1",
        status="checked",
    ),
    _bead(
        (6,),
        (6,),
        (
            "决定设立一个自愿信托基金，初始数额为1 350万美元，用于支助最不发达国家；",
            "Decides to establish a voluntary trust fund, with an initial amount of 13.5 million dollars, to support "
            "the least developed countries;",
        ),
        0.95,
        number="2",
    ),
    _bead((7,), (7,), ("修复受损的水位站；", "The repair of damaged gauging stations;"), 0.93, number="(a)"),
    _bead(
        (8,),
        (8,),
        ("培训技术人员；", "The procurement of spare parts and of replacement sensors;"),
        0.31,
        similarity=0.38,
        number="(b)",
    ),
    _bead((9,), (9,), ("翻译操作手册；", "The translation of operating manuals;"), 0.82, number="(c)"),
    _bead(
        (),
        (10,),
        ("", "Encourages regional centres to publish an inventory of their archives before the end of the decade;"),
        0.91,
        kind=BeadKind.EN_ONLY,
        number="3",
    ),
    _bead(
        (10,),
        (11,),
        (
            "请秘书长向大会第八十一届会议报告本决议的执行情况。",
            "Requests the Secretary-General to report to the General Assembly at its eighty-first session on the "
            "implementation of the present resolution.",
        ),
        0.94,
        number="4",
    ),
    _bead(
        (11,),
        (14,),
        ("2024年12月19日\n第55次全体会议", "55th plenary meeting\n19 December 2024"),
        0.9,
        kind=BeadKind.MOVED,
        similarity=0.7,
    ),
    _bead(
        (12,),
        (12,),
        ("奥地利、巴西、肯尼亚、蒙古、瑞士、乌拉圭", "Austria, Brazil, Kenya, Mongolia, Switzerland, Uruguay"),
        0.87,
        kind=BeadKind.LIST,
    ),
    _bead(
        (13,),
        (13,),
        ("见A/79/903号文件，第14段。", "See A/79/904, para. 41."),
        0.52,
        similarity=0.61,
        number="1",
    ),
)

TABLE = AlignmentTable(SIGNATURE, BEADS, PROVENANCE)
