"""Sentence boundaries, Chinese and English: each case shows them as |."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.document import Language
from align.sentences import Span, sentences, split

CHINESE = (
    "委员会通过了该决议草案。|主席作了发言。",
    "会议于下午3时开始。|谁来主持？|主席！|好。",
    "基金由理事会管理；|理事会由33名成员组成。",
    "基金根据条例设立;|它向大会提出报告。",
    "所列项目包括：(a) 预算；(b) 审计；以及(c) 人事。|其他项目推迟。",
    "任务有三：(一)调查；(二)起诉；(三)审判。",
    "任务有二：①调查；②起诉。",
    "见A/CONF.192/15号文件。|该文件已分发。",
    "缴款率为7.9%。|各组织为15.8%。",
    "下列数额为3.5亿美元，比上年多0.4亿美元。",
    "1. 委员会商定了议程。|2. 委员会选出了主席。",
    "一. 导言",
    "主席说：“会议开始。”|随后通过了议程。",
    "主席说：“会议开始。我们先看第一项。”|随后通过了议程。",
    "他说“不行。”的时候无人反对。",
    "所谓“是谁？”，无人回答。",
    "代表问：「何时开会？」|主席答：「明天。」",
    "代表说：『同意。』|众人散去。",
    "他念道：“"
    + "各国应当依照国际法履行其承担的各项义务，并为此采取一切必要措施。|" * 2
    + "本条自公布之日起施行。”|全文完。",
    "他读了《谁之罪？》一书。|书很厚。",
    "《救救孩子！》这篇文章引起注意。",
    "预算增加（见下文。另见附件二。）而收入减少。|收支不平衡。",
    "预算获得通过。|（表决结果见附件。）|会议结束。",
    "局势(1999年9月24日；2013年9月2日)仍在审议中。|安理会继续处理此案。",
    "“我想……也许……”|他没有说完。",
    "名单很长……后来又加了几个人。",
    "他只说了一句——不行——就走了。|没有人留他。",
    "真的吗？！|真的。",
    "怎么会这样?|没有人知道!|一片沉默。",
    "网址是https://example.org/a?id=1;b=2，请查阅。",
    "委员会注意到这一情况。¹|秘书处作了说明。",
    "委员会注意到这一情况。[3]|秘书处作了说明。",
    "委员会注意到这一情况。<sup>12</sup>|秘书处作了说明。",
    '他说:"可以。"|会议继续。|"另一项"议程推迟。',
    "张三议员，O.B.E., J.P.",
    "第4.2.1节适用于No. 5号案件。",
    "𠀀字很少见。|𠀁字也是。",
    "他到了。 | 她没有到。",
    "The Fund is old. |It has 33 members.",
    "。。。",
    "（一）总则。",
)

ENGLISH = (
    "The Board met. |It adopted the agenda.",
    "Who will chair? |The President! |Good.",
    "See para. 5 and paras. 12 and 13. |The report is attached.",
    "Mr. Smith, Ms. Jones and Dr. Brown spoke. |Prof. Lee did not.",
    "Document A/CONF.192/15 was issued. |It had two addenda.",
    "See A/48/9/Add.1 and Corr. 1. |Also Rev. 2 is out.",
    "E/CN.9/2012/3, art. 4, chap. II, sect. B, vol. 2, No. 7 applies.",
    "Under No. 12 there is nothing. |No. |The answer was no.",
    "Was it a yes or a no. |The clerk could not tell.",
    "J. K. Smith and A. Brown signed. |They left.",
    "Mr. A. de Silva and J. A. Perez spoke.",
    "The list is in annex B. |Further copies are available.",
    "The list is in annex IV. |Copies are available.",
    "The U.S. Government objected. |Others agreed.",
    "It was imported from the U.S. |The duty was paid.",
    "Acme Inc. Geneva supplied it. |It was bought from Acme Inc. |The price was fair.",
    "Roads, bridges, etc. are included. |Rails, trains, etc. |Ships are not.",
    "Some forms, e.g. Form A, i.e. the long one, cf. note 3, remain.",
    "The rate is 7.9 per cent. |It was 15.8 per cent.",
    "1. The Fund was established. |2. It has members.",
    "III. Conclusions and recommendations",
    "A. Introduction",
    "(a) The first item. |(b) The second item.",
    "The items were: (a) budget; (b) audit; and (c) staff. |Others were deferred.",
    "The Council decides; the Secretariat acts.",
    'He said: "We agree." |The meeting rose.',
    "He said: “We agree.” |The meeting rose.",
    "“Why?” asked the Chair. |Nobody knew.",
    "He waited ... and left. |Then he came back... |The door was shut.",
    "The rest . . . was lost. |Nothing remained. . . . |The end.",
    "The budget (see paras. 1 and 2. Also table 3.) was adopted. |The session closed.",
    "The budget was adopted. |(The vote is in the annex.) |The session closed.",
    "The Council so decided.3 |The President spoke.",
    "The Council so decided.¹² |The President spoke.",
    "The Council so decided.[4] |The President spoke.",
    "The Board reported in 1992. 1/ 2/ |It will report again.",
    "The meeting opened at 10.15 a.m. |The Chair spoke until 3 p.m. on Friday.",
    "The meeting of 3 Dec. 1992 and 5 Jan. 1993 was closed.",
    "Smith et al. (1999) disagree. |Smith et al. claim so.",
    "Ibid., pp. 4–6; op. cit., p. 9, fig. 2.",
    "St. Lucia and Ft. Worth are far apart. |Mt. Kenya is high.",
    "Prosecutor v. Doe was cited. |It is well known.",
    "Is it vs. them? |No.",
    "Visit www.example.org. |The page lists version 2.0.1 of file.txt.",
    "What?! |He left.",
    "He left. |– The rest stayed.",
    "It ended there. |“So be it”, he said.",
    "It grew by 5 million. |400 staff left.",
    "The speaker was C. H. Tung. |He was brief.",
    "Who are you and who am I? |You are you and so am I. |We agree.",
    "Line one ends\nhere. |Line two.",
)


@pytest.mark.parametrize(
    ("marked", "language"),
    [(case, "zh") for case in CHINESE] + [(case, "en") for case in ENGLISH],
)
def test_sentences_end_where_a_reader_would_end_them(marked: str, language: Language) -> None:
    assert sentences(marked.replace("|", ""), language) == tuple(part.strip() for part in marked.split("|"))


def test_offsets_count_code_points_and_leave_spaces_out() -> None:
    assert split(" 𠀀。 乙。\n", "zh") == (Span(1, 3), Span(4, 6))


def test_an_empty_text_has_no_sentences() -> None:
    assert split("", "zh") == split(" \n\t", "en") == ()


def test_english_inside_a_chinese_document_and_chinese_inside_an_english_one_follow_their_own_rules() -> None:
    assert sentences("No. 5 stands. It stays.", "zh") == ("No. 5 stands.", "It stays.")
    assert sentences("大会通过。会议结束。", "en") == ("大会通过。", "会议结束。")


@given(st.text(alphabet='甲乙。；！？…—（）“”「」《》(a)1.?!;:" \nA/Mr.', max_size=60), st.sampled_from(["zh", "en"]))
def test_every_character_but_spaces_is_in_exactly_one_sentence(text: str, language: Language) -> None:
    spans = split(text, language)
    covered = [index for span in spans for index in range(span.start, span.end) if not text[index].isspace()]
    assert covered == [index for index, character in enumerate(text) if not character.isspace()]
    for span in spans:
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
