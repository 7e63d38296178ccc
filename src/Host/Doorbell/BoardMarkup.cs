using System.Globalization;
using System.Text;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Studio;
using static Relief.Flow.Host.Doorbell.DoorbellPage;

namespace Relief.Flow.Host.Doorbell;

/// <summary>The duty officer's board as markup, in the language that the browser chose.</summary>
internal static class BoardMarkup
{
    public static string Of(IReadOnlyList<AlertView> alerts, DateTimeOffset now, HttpContext context, AlertAnswer? refused)
    {
        var say = new Words(StudioTexts.LanguageOf(context.Request) == "en");
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<header><h1>{say.Of("爱心门铃值守", "Love doorbell, duty desk")}</h1><p>{alerts.Count} {say.Of("起未处置", "open")} · {ChinaTime.Local(now):HH:mm:ss}</p></header>");
        if (refused is not null)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"refused\" role=\"alert\">{(refused == AlertAnswer.Ended ? say.Of("这起告警已经处置。", "This alert has ended.") : say.Of("请填写回执号或理由,并选择如何确认。", "Please give the reference or the reason, and how you know."))}</p>");
        if (alerts.Count == 0)
            page.Append(CultureInfo.InvariantCulture, $"<section><p>{say.Of("目前没有未处置的告警。", "No open alert.")}</p></section>");
        foreach (var alert in alerts)
            page.Append(Card(alert, now, say, $"{context.Request.PathBase}/doorbell/board/{alert.Id}"));
        return page.ToString();
    }

    private static string Card(AlertView alert, DateTimeOffset now, Words say, string action)
    {
        var isLate = alert.UnansweredAt is not null || alert.NextAt < now;
        var isCovered = alert.Status is "Accepted" or "OnScene";
        var next = alert.NextAt is { } at ? string.Create(CultureInfo.InvariantCulture,
            $"<span class=\"count\" data-until=\"{at.ToUnixTimeMilliseconds()}\" data-now=\"{now.ToUnixTimeMilliseconds()}\">{(at < now ? "-" : "")}{(at - now):m\\:ss}</span>") : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <article class="{(isCovered ? "covered" : isLate ? "late" : "")}" aria-label="{Text(alert.Place)}">
              <div class="row"><h2>{Text(alert.Place)}</h2>{next}</div>
              <div class="row"><span>{ChinaTime.Local(alert.RaisedAt):HH:mm:ss} · {say.Tier(alert.Tier)} · {say.Status(alert.Status)}</span><span>{Text(alert.Serial)}</span></div>
              <p>{Marks(alert, say)}</p>
              {Rung(alert, say)}
              {Form(action, "escalate", $"<button class=\"stop\">{say.Of("立即呼叫下一梯队", "Ring the next tier now")}</button>")}
              {(alert.EmergencyRef is null
                  ? Form(action, "dispatch", $"<select name=\"line\" aria-label=\"120\"><option>120</option><option>110</option><option>119</option></select><input name=\"text\" aria-label=\"{say.Of("回执号", "Reference")}\" placeholder=\"{say.Of("回执号", "Reference")}\"><button>{say.Of("已拨打", "Called")}</button>")
                    + Form(action, "decline", $"<input name=\"text\" aria-label=\"{say.Of("不拨打的理由", "Why not")}\" placeholder=\"{say.Of("不拨打的理由", "Why not")}\"><button class=\"quiet\">{say.Of("说明理由", "State why not")}</button>")
                  : $"<p>{alert.EmergencyCall} · {Text(alert.EmergencyRef)}</p>")}
              {Form(action, "outcome", Outcome(say))}
            </article>
            """);
    }

    private static string Marks(AlertView alert, Words say)
    {
        List<string> marks = [];
        if (alert.MergedCount > 0)
            marks.Add(string.Create(CultureInfo.InvariantCulture, $"{say.Of("重复按铃", "pressed again")} ×{alert.MergedCount}"));
        if (alert.ChildAlone)
            marks.Add(say.Of("未成年人独自在家", "child alone"));
        if (alert.SelfCancelledAt is not null)
            marks.Add(say.Of("住户称没事,待核实", "says all is well, to be verified"));
        if (alert.Storm)
            marks.Add(say.Of("集中告警", "storm"));
        if (alert.Away)
            marks.Add(say.Of("登记为外出", "said to be away"));
        if (alert.DeclineReason is not null)
            marks.Add(say.Of("已说明不拨打的理由", "reason not to call given"));
        return string.Join(' ', marks.Select(mark => $"<span class=\"mark\">{Text(mark)}</span>")) + (alert.Accepter is { } name ? $" {say.Of("响应人", "responder")}: <strong>{Text(name)}</strong>" : "");
    }

    private static string Rung(AlertView alert, Words say)
    {
        var people = alert.Rings.Where(ring => ring.Channel != "page").GroupBy(ring => ring.Name).Select(rings => string.Create(CultureInfo.InvariantCulture,
            $"<li>{Text(rings.Key)}: {rings.Count()} × {Text(string.Join('/', rings.Select(ring => ring.Channel).Distinct()))}{(rings.Any(ring => ring.ReceiptState == "delivered") ? " ✓" : "")}{(rings.LastOrDefault(ring => ring.Response is not null) is { } answered ? $" → {Text(answered.Response)}" : "")}</li>"));
        return $"<ul aria-label=\"{say.Of("已呼叫", "Rung")}\">{string.Concat(people)}</ul>";
    }

    private static string Outcome(Words say) =>
        $"<select name=\"outcome\" aria-label=\"{say.Of("结果", "Outcome")}\"><option value=\"Helped\">{say.Of("已帮助", "helped")}</option><option value=\"FalseAlarm\">{say.Of("误报", "false alarm")}</option><option value=\"Medical\">{say.Of("就医", "medical")}</option><option value=\"FireOrViolence\">{say.Of("火情/暴力", "fire, violence")}</option><option value=\"Deceased\">{say.Of("离世", "found dead")}</option></select>"
        + $"<select name=\"how\" aria-label=\"{say.Of("如何确认", "How you know")}\"><option value=\"\">{say.Of("如何确认", "how you know")}</option><option value=\"voice\">{say.Of("通话", "voice")}</option><option value=\"sight\">{say.Of("当面", "sight")}</option></select>"
        + $"<input name=\"text\" aria-label=\"{say.Of("回执号", "Reference")}\" placeholder=\"{say.Of("120/110回执号", "reference")}\"><button class=\"quiet\">{say.Of("结束告警", "End the alert")}</button>";

    private static string Form(string action, string deed, string fields) => $"<form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"deed\" value=\"{deed}\">{fields}</form>";

    private sealed record Words(bool IsEnglish)
    {
        public string Of(string chinese, string english) => IsEnglish ? english : chinese;

        public string Tier(int tier) => string.Create(CultureInfo.InvariantCulture, $"{Of("梯队", "tier")} {tier}");

        public string Status(string status) => IsEnglish ? status : status switch
        {
            "Raised" => "已登记", "Notifying" => "呼叫中", "Accepted" => "有人前往", "OnScene" => "已到场", "Unanswered" => "无人应答", "SelfCancelPending" => "取消待核实", _ => status
        };
    }
}
