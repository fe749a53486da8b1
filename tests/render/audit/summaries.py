"""A summary of an audit in which every part has something."""

from __future__ import annotations

from datetime import date

from hamdel.model import Lang, Severity
from hamdel.model.audit import (
    Advice,
    AdviceKind,
    AgentResult,
    CheckResult,
    Comparison,
    Difference,
    Example,
    Reading,
    ScoreResult,
    Summary,
)
from hamdel.model.measures import Association, Change, Mean, Period, Share, Span, Trend
from hamdel.model.policy import Need
from hamdel.model.repeats import Cluster, Clusters, Formula, Variant
from hamdel.model.voice import Deed, Exchange, Lack, Story, Topic, Voice

__all__ = ["AGENTS", "EMPTY", "FULL", "HOSTILE"]

HOSTILE = '<script>alert("x")</script><img src=http://example.com/x onerror=alert(1)>'
#: The last one tries to be a formula.
AGENTS = ("رضا", "سارا", "=cmd|'/c calc'!A1")
MONTHS = (date(2024, 3, 20), date(2024, 4, 20), date(2024, 5, 21))
SURE, CHANCE = Change(0.123, 0.05, 0.2, 0.001), Change(0.01, -0.02, 0.04, 0.5)
SOME, FEW = Share(120, 400, 0.257, 0.347), Share(2, 9, 0.06, 0.55)
_NOTHING = Share(0, 0, 0.0, 1.0)
MEAN = Mean(61.4, 60.1, 62.7, 400)
REPLY = "سلام. شما اشتباه کردید که نشانی را ننوشتید. می‌توانید دوباره بنویسید."
SPAN = (REPLY.index("شما"), REPLY.index(" که"))
BLAME = CheckResult(
    "respect/blame", "مقصر دانستن مشتری", "سرزنش، گفت‌وگو را می‌بندد.", Severity.WARNING, SOME, 150,
    dict(zip(AGENTS, (SOME, SOME, FEW), strict=True)), {"chat": SOME, "": FEW}, dict.fromkeys(MONTHS, SOME),
    Trend(SOME, Share(200, 400, 0.45, 0.55), SURE),
    (
        Association("csat", Change(-0.53, -0.6, -0.46, 0.0001), 120, 280),
        Association("reopened", CHANCE, 9, 280, yes_no=True),
    ),
    (
        Example(7, REPLY, *SPAN, "ممکن است سرزنش خوانده شود.", ("نشانی در سفارش نیامده است.",)),
        Example(8, HOSTILE, 0, 0, customer=HOSTILE),
    ),
)  # fmt: skip
NEEDY = CheckResult("repetition/looping", "همان پاسخ", "", Severity.WARNING, _NOTHING, 0, needs=(Need.PAST,))
THREAT = CheckResult("respect/threat", "تهدید", "", Severity.ERROR, Share(0, 400, 0.0, 0.01), 0)
CLUSTER = Cluster(
    False, 40, 3, AGENTS, MONTHS[0], MONTHS[2], REPLY, (Variant((("same", "سلام"), ("old", "شما"), ("new", "تو")), 9),)
)
AGENT = AgentResult(
    "", 400, dict.fromkeys(Severity, SOME), SOME, dict.fromkeys(("respect", "empathy", "originality"), MEAN),
    (Difference("respect/blame", SURE),),
)  # fmt: skip
FULL = Summary(
    lang=Lang.FA, replies=410, checked=400, with_message=100, first=MONTHS[0], last=date(2024, 6, 1),
    span=Span.MONTH, periods=tuple(Period(month, 130) for month in MONTHS),
    headline=Advice(AdviceKind.OUTCOME, "respect/blame", BLAME.title, SOME, BLAME.associations[0]),
    advice=(
        Advice(AdviceKind.RISING, "respect/blame", BLAME.title, SOME, trend=BLAME.trend, suggestion="بهتر بنویسید."),
        Advice(AdviceKind.COPIES, share=SOME, text=REPLY),
        Advice(AdviceKind.OPENING, share=SOME, text="ممنون از پیامتان"),
    ),
    severities=dict.fromkeys(Severity, SOME), families={"respect": SOME}, findings=dict.fromkeys(Severity, 7),
    checks=(BLAME, THREAT, NEEDY),
    scores=tuple(
        ScoreResult(name, MEAN, dict.fromkeys(AGENTS, MEAN), {"chat": MEAN}, dict.fromkeys(MONTHS, MEAN))
        for name in ("respect", "empathy", "originality")
    ),
    agents=tuple(AgentResult(name, *(getattr(AGENT, part) for part in AGENT.__slots__[1:])) for name in AGENTS),
    ranked=False,
    clusters=Clusters(90.0, SOME, (CLUSTER,), (Cluster(True, 5, 1, (), None, None, HOSTILE),), (40, 1), (9, 3), (8, 3)),
    openings=(Formula("ممنون از پیامتان", SOME, 3),), closings=(Formula("با احترام", SOME, 2),),
    reading=(
        Reading("best", 3, "t3", "سفارشم نرسیده", REPLY, {"respect": 90.0, "empathy": 80.0, "originality": 99.0}, ()),
        Reading("worst", 4, "t4", "", HOSTILE, {}, ("respect/blame",)),
    ),
    outcomes=("csat", "reopened"),
    worst={"error": 10, "warning": 110, "suggestion": 80, "none": 200},
    deeds=(
        Deed("feel", SOME, dict.fromkeys(AGENTS, SOME)), Deed("own", FEW), Deed("bound", SOME),
        Deed("answer", _NOTHING),
    ),
    voice=Voice(
        100,
        (
            Topic(("سفارشم", "نرسیده"), SOME, FEW, "worry", Trend(SOME, SOME, SURE), ("سفارشم نرسیده", HOSTILE)),
            Topic((HOSTILE,), FEW, FEW),
        ),
        (
            Story("back", SOME, (), (Exchange((3,), (("customer", "نرسیده"), ("agent", HOSTILE))),)),
            Story("third", FEW), Story("broken", _NOTHING, (Lack.TIME, Lack.PERSON)), Story("again", _NOTHING),
            Story("loop", SOME), Story("unasked", SOME), Story("offers", FEW),
        ),
    ),
    comparison=Comparison("0.0.9", 300, {"respect/blame": SURE, "respect/threat": CHANCE}, {"respect": CHANCE}),
)  # fmt: skip
EMPTY = Summary(
    lang=Lang.EN, replies=1, checked=0, with_message=0, first=None, last=None, span=None, periods=(),
    headline=Advice(AdviceKind.AGAIN), advice=(Advice(AdviceKind.READ), Advice(AdviceKind.AGAIN)),
    severities=dict.fromkeys(Severity, _NOTHING), families={}, findings=dict.fromkeys(Severity, 0), checks=(),
    scores=tuple(ScoreResult(name, Mean(None, None, None, 0)) for name in ("respect", "empathy", "originality")),
    agents=(), ranked=False, clusters=None, openings=(), closings=(), reading=(), outcomes=(),
)  # fmt: skip
