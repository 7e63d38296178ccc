using Relief.Flow.Tests.Scenarios;

namespace Relief.Flow.Tests.Channels;

/// <summary>What each outside system sends when somebody applies, asks or calls: in its own words, not ours.</summary>
internal static class Sent
{
    private static readonly Applicant Who = Applicant.Chen;

    /// <summary>The operation by which a channel starts something.</summary>
    public static string OperationOf(string channel) => channel switch { "hanniulai" => "requests", "hotline" => "calls", _ => "applications" };

    /// <summary>The whole message of a channel under one of its numbers; the wording may be another.</summary>
    public static object Of(string channel, string number, string wording = "需要照料", string? token = null, bool isComplete = true, bool consents = true) => channel switch
    {
        "window" => new
        {
            number, terminal = "terminal-3", category = "Margin", itemCodes = Items, wording, papers = isComplete ? (string[])["application-form", "consent"] : ["application-form"], consentVersion = consents ? "2026-1" : null,
            person = new { idNumber = Who.IdNumber, name = Who.Name, sex = "M", birthDate = "1970-03-03", areaCode = Who.Village }
        },
        "wechat-oa" => new
        {
            serialNo = number, openid = "oWx-77", agreement = new { version = consents ? "2026-1" : null },
            form = new { idCard = Who.IdNumber, name = Who.Name, gender = "男", birthday = "1970/03/03", villageCode = Who.Village, reliefType = "低保边缘", items = Items.Select(code => new { code }), remark = wording, attachments = Papers(isComplete, "title", "申请书", "授权书") }
        },
        "wanshitong" => new
        {
            bizNo = number, realNameToken = token,
            data = new { sexCode = "1", birth = "19700303", regionCode = Who.Village, typeCode = "3", itemCodes = Items, content = wording, materials = Papers(isComplete, "code", "01", "02"), privacyVersion = consents ? "2026-1" : null }
        },
        "zaojiuzhu" => new
        {
            orderId = number, userId = "zz-user-5",
            applyInfo = new { idNo = Who.IdNumber, realName = Who.Name, sex = "1", birthDate = "1970-03-03", village = Who.Village, policyClass = "低保边缘", services = Items, situation = wording, files = Papers(isComplete, "kind", "01", "02"), consent = consents ? "2026-1" : null }
        },
        "xiangjiuzhu" => new
        {
            applyNo = number, accountId = "ld-account-9", applicant = new { idCard = Who.IdNumber, name = Who.Name, sex = "M", birth = "1970-03-03", areaCode = Who.Village }, category = "3", items = Items, reason = wording,
            materials = Papers(isComplete, "type", "01", "02"), consent = new { version = consents ? "2026-1" : null }
        },
        "pingyiban" => new
        {
            sn = number, uid = "py-11", elder = new { card = Who.IdNumber, name = Who.Name, sex = "男", birthday = "1970-03-03", area = Who.Village }, relative = new { name = "陈某甲" }, matter = "3", services = Items, statement = wording,
            photos = Papers(isComplete, "kind", "01", "02"), consentVersion = consents ? "2026-1" : null
        },
        "hanniulai" => new { askId = number, openid = "hnl-3", village = "99990101", text = wording },
        _ => new { callId = number, callType = "投诉", area = "99990101", summary = wording, caller = "000-0000" }
    };

    /// <summary>Asks how a matter stands.</summary>
    public static object Status(string channel, string number, string? token = null) => channel switch
    {
        "window" => new { number, terminal = "terminal-3" },
        "wechat-oa" => new { serialNo = number, openid = "oWx-77" },
        "wanshitong" => new { bizNo = number, realNameToken = token },
        "zaojiuzhu" => new { orderId = number, userId = "zz-user-5" },
        "xiangjiuzhu" => new { applyNo = number, accountId = "ld-account-9" },
        "pingyiban" => new { sn = number, uid = "py-11" },
        "hanniulai" => new { askId = number, openid = "hnl-3" },
        _ => new { callId = number }
    };

    private static string[] Items => ["cleaning"];

    private static Dictionary<string, string>[] Papers(bool isComplete, string member, string form, string consent) =>
        [.. (isComplete ? (string[])[form, consent] : [form]).Select(code => new Dictionary<string, string> { [member] = code })];
}
