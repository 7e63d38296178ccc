using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Doorbell;
using static Relief.Flow.Host.Doorbell.DoorbellPage;

namespace Relief.Flow.Host.Doorbell;

/// <summary>The responder's page on a phone: Chinese first, English below; one large button for what comes next.</summary>
internal static class ResponderMarkup
{
    /// <summary>Somebody asks for help: will you go?</summary>
    public static IResult Ask(HttpContext context, ResponderVisit visit) => Page(context, 200, "爱心门铃", $"""
        <section>
          <h1>有邻居按了爱心门铃</h1><p class="en" lang="en">A neighbour has pressed the love doorbell.</p>
          {Where(visit)}
          {(visit.Alert.SelfCancelledAt is null ? "" : Said("住户表示没事,但仍要有人当面或通话核实。", "The resident says that all is well; somebody must still speak with or see them.", "note"))}
          {Button("accept", "", "我马上去", "I am going")}
          {Said("点一次即可,其他人会收到待命通知。", "Once is enough; the others are told to stand by.", "en")}
        </section>
        """);

    /// <summary>They took it: notes, then there, then how it ended.</summary>
    public static IResult Working(HttpContext context, ResponderVisit visit, CareNotes notes, AlertAnswer? refused) => Page(context, refused is null ? 200 : 422, "爱心门铃", $"""
        <section>
          <h1>{(visit.Mine!.OnSceneAt is null ? "谢谢!请尽快前往" : "您已到场")}</h1><p class="en" lang="en">{(visit.Mine.OnSceneAt is null ? "Thank you. Please go there now." : "You are there.")}</p>
          {Where(visit)}
          {(refused switch
          {
              AlertAnswer.ReferenceNeeded => Said("请填写 120/110 给出的回执号。", "Please write the reference that 120 or 110 gave.", "refused"),
              AlertAnswer.NotVerified => Said("请选择是当面看到还是通话确认。", "Please say whether you saw or spoke with the resident.", "refused"),
              _ => ""
          })}
          {Note("健康提示", "Medical note", notes.Medical)}{Note("钥匙与进门", "Keys and access", notes.Access)}
          {(visit.Mine.OnSceneAt is null
              ? Button("arrive", "", "我已到场", "I am there") + Button("noEntry", "stop", "门锁着、无人应声", "Locked, nobody answers") + Button("release", "quiet", "我去不了", "I cannot come after all")
              : Outcome() + Button("noEntry", "stop", "门锁着、无人应声", "Locked, nobody answers") + Button("release", "quiet", "我要离开,请别人来", "I must leave, send somebody else"))}
          {Said("有生命危险请立即拨打 120 或 110。", "In danger of life call 120 or 110 at once.", "en")}
        </section>
        """);

    /// <summary>Somebody else was first.</summary>
    public static IResult Taken(HttpContext context) => Told(context, 200, "已有人前往,请您待命", "谢谢您!如需要更多人手,会再次呼叫您。", "Somebody else is on the way. Thank you, please stand by; you are rung again when more hands are needed.");

    /// <summary>The deed is done and nothing more is asked of them.</summary>
    public static IResult Thanks(HttpContext context, string deed) => deed == "release"
        ? Told(context, 200, "好的,已改请其他人", "谢谢您告诉我们,正在呼叫其他人。", "Thank you for telling us; others are being rung.")
        : Told(context, 200, "谢谢您的帮助!", "已登记结果,之后会有人回访。", "Thank you for your help. The outcome is recorded and somebody will follow up.");

    /// <summary>The link was used before.</summary>
    public static IResult Used(HttpContext context) => Told(context, 410, "这个链接已经用过了", "每个链接只能用一次。如果您正在前往,请继续;需要帮助请接听值班台来电,或拨打 120/110。", "This link has been used; each works once. If you are on the way, please go on. For help answer the duty desk's call, or call 120 or 110.");

    /// <summary>The link is too old.</summary>
    public static IResult Late(HttpContext context) => Told(context, 410, "这个链接已过期", "谢谢您点开它。若仍有人需要帮助,会再次呼叫您。", "This link has expired. Thank you for opening it; you are rung again when help is still needed.");

    /// <summary>The alert has ended.</summary>
    public static IResult Over(HttpContext context) => Told(context, 410, "这次求助已处理完毕", "谢谢您!不需要再前往。", "This call for help has been seen to. Thank you, there is no need to go.");

    /// <summary>No link of ours.</summary>
    public static IResult Wrong(HttpContext context) => Told(context, 404, "链接不完整", "请从短信或消息里重新点开完整链接。", "The link is not complete. Please open it again from the message.");

    private static IResult Told(HttpContext context, int status, string title, string chinese, string english) =>
        Page(context, status, title, $"<section><h1>{title}</h1><p>{chinese}</p><p class=\"en\" lang=\"en\">{english}</p></section>");

    private static IResult Page(HttpContext context, int status, string title, string markup) => Of(context, "page.html", status, title, markup);

    private static string Where(ResponderVisit visit) => string.Create(CultureInfo.InvariantCulture,
        $"<p class=\"place\">{Text(visit.Device.Place)}</p><p>按铃时间 {ChinaTime.Local(visit.Alert.RaisedAt):HH:mm:ss}{(visit.Alert.ChildAlone ? " · 未成年人独自在家" : "")}</p><p class=\"en\" lang=\"en\">Pressed at {ChinaTime.Local(visit.Alert.RaisedAt):HH:mm:ss}{(visit.Alert.ChildAlone ? " · a child alone: wait for a second person" : "")}</p>");

    private static string Said(string chinese, string english, string style) => $"<div class=\"{style}\"><div>{chinese}</div><div lang=\"en\">{english}</div></div>";

    private static string Note(string chinese, string english, string? note) =>
        note is null ? "" : $"<p><strong>{chinese}</strong> <span class=\"en\" lang=\"en\">{english}</span></p><p class=\"note\">{Text(note)}</p>";

    private static string Button(string deed, string style, string chinese, string english) =>
        $"<form method=\"post\"><input type=\"hidden\" name=\"deed\" value=\"{deed}\"><button class=\"{style}\">{chinese}<small lang=\"en\">{english}</small></button></form>";

    private static string Outcome() => """
        <form method="post">
          <input type="hidden" name="deed" value="outcome">
          <label for="outcome">结果 <span class="en" lang="en">Outcome</span></label>
          <select id="outcome" name="outcome" required>
            <option value="">请选择 / choose</option>
            <option value="Helped">已帮助(非医疗) / helped</option>
            <option value="FalseAlarm">平安或误按 / safe, false alarm</option>
            <option value="Medical">需就医,已拨120 / medical, 120 called</option>
            <option value="FireOrViolence">火情或暴力,已拨110/119 / fire or violence</option>
            <option value="Deceased">住户已离世,已报110 / found dead, police called</option>
          </select>
          <label for="how">如何确认 <span class="en" lang="en">How do you know</span></label>
          <select id="how" name="how" required><option value="sight">当面看到 / saw them</option><option value="voice">通话确认 / spoke with them</option></select>
          <label for="reference">120/110 回执号 <span class="en" lang="en">Reference, if called</span></label>
          <input id="reference" name="reference" maxlength="60" autocomplete="off">
          <button>登记结果<small lang="en">Record the outcome</small></button>
        </form>
        """;
}
