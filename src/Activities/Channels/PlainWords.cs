using System.Collections.Frozen;

namespace Relief.Flow.Activities.Channels;

/// <summary>The states of matters in words that people without a form in their hands understand.</summary>
public static class PlainWords
{
    private static readonly FrozenDictionary<string, (string Chinese, string English)> Words = new Dictionary<string, (string, string)>
    {
        ["Submitted"] = ("已收到,正在核对材料", "Received; the papers are being looked through"),
        ["SupplementRequested"] = ("材料不全,请补齐", "Some papers are missing; please hand them in"),
        ["NotAccepted"] = ("未予受理,可随时重新申请", "Not accepted; you may apply again at any time"),
        ["Withdrawn"] = ("已撤回", "Withdrawn"),
        ["Accepted"] = ("已受理", "Accepted"),
        ["Registered"] = ("已登记,将安排入户调查", "Registered; a visit will be arranged"),
        ["Surveying"] = ("正在入户调查", "The household is being visited"),
        ["InReview"] = ("正在审核", "Under review"),
        ["NoticeRunning"] = ("正在公示", "On public notice"),
        ["Confirmed"] = ("已审核确认,正在安排服务", "Confirmed; services are being arranged"),
        ["Denied"] = ("未予确认,可以申诉", "Not confirmed; you may appeal"),
        ["Referring"] = ("正在安排服务", "Services are being arranged"),
        ["Planned"] = ("服务已安排", "Services are planned"),
        ["InService"] = ("服务中", "In service"),
        ["Suspended"] = ("服务暂停", "Services are paused"),
        ["Stopping"] = ("服务即将结束", "Services are ending"),
        ["Closed"] = ("已办结", "Closed"),
        ["Open"] = ("已收到,正在办理", "Received; somebody is seeing to it"),
        ["Merged"] = ("已与您此前的求助合并办理", "Seen to together with your earlier request"),
        ["Answered"] = ("已答复", "Answered"),
        ["Settled"] = ("已办结", "Settled"),
        ["NotReached"] = ("多次回拨未接通,请再次来电", "We called back and did not reach you; please call again")
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words for a state; the state itself where there are none.</summary>
    public static string Of(string state, bool isEnglish) => Words.TryGetValue(state, out var words) ? isEnglish ? words.English : words.Chinese : state;
}
