using Relief.Flow.Activities.PolicyLibrary;

namespace Relief.Flow.Host.Library;

/// <summary>The words of the public pages, in Chinese or English.</summary>
internal sealed class PolicyWords
{
    private readonly bool isEnglish;

    private PolicyWords(bool isEnglish) => this.isEnglish = isEnglish;

    public string Lang => isEnglish ? "en" : "zh-Hans";

    public string Query => isEnglish ? "?lang=en" : "";

    public string OtherName => isEnglish ? "中文" : "English";

    public string OtherLang => isEnglish ? "zh-Hans" : "en";

    public string Library => Say("救助政策库", "Relief policies");

    public string All => Say("全部类别", "All classes");

    public string Who => Say("谁可以享受", "Who can get it");

    public string How => Say("如何申请", "How to apply");

    public string Listen => Say("听讲解", "Listen");

    public string Watch => Say("看视频", "Watch");

    public string Basis => Say("依据", "Basis");

    public string Nothing => Say("暂无政策，请咨询村（社区）或乡镇（街道）社会救助窗口。", "There is nothing here yet; please ask your village or the relief window of your township.");

    public string CodeOf => Say("扫码阅读本页", "Scan to read this page");

    /// <summary>Chinese, unless the address asks for English.</summary>
    public static PolicyWords Of(HttpContext context) => new(context.Request.Query["lang"] == "en");

    /// <summary>This page in the other language.</summary>
    public string OtherAddress(HttpContext context) => $"{context.Request.PathBase}{context.Request.Path}{(isEnglish ? "" : "?lang=en")}";

    /// <summary>The English where there is one and it is asked for.</summary>
    public string Either(string chinese, string? english) => isEnglish && english is { Length: > 0 } ? english : chinese;

    public string Count(int number) => isEnglish ? $"{number} {(number == 1 ? "policy" : "policies")}" : $"{number}项";

    public string ClassName(PolicyClass about) => about switch
    {
        PolicyClass.Living => Say("基本生活救助", "Basic living"),
        PolicyClass.Medical => Say("医疗救助", "Medical relief"),
        PolicyClass.Education => Say("教育救助", "Education relief"),
        PolicyClass.Housing => Say("住房救助", "Housing relief"),
        PolicyClass.Employment => Say("就业救助", "Employment relief"),
        PolicyClass.Judicial => Say("司法救助", "Judicial relief"),
        PolicyClass.Temporary => Say("临时救助", "Temporary relief"),
        _ => Say("受灾人员救助", "Disaster relief")
    };

    private string Say(string chinese, string english) => isEnglish ? english : chinese;
}
