using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Adapters;

/// <summary>An outside system that we speak to or that speaks to us: the one list of them (systems.md).</summary>
/// <param name="Name">What its settings and its messages call it: <c>Relief:Adapters:&lt;name&gt;</c>.</param>
/// <param name="System">Its number in the list of systems.</param>
/// <param name="Chinese">How people call it.</param>
/// <param name="English">The same in English.</param>
/// <param name="Role">Who does by hand what it did not take.</param>
public sealed record Adapter(string Name, string System, string Chinese, string English, string Role)
{
    /// <summary>The verification centre: is asked about a household's means.</summary>
    public const string Economic = "econ";

    /// <summary>The big-data system that gets every survey.</summary>
    public const string Surveys = "surveys";

    /// <summary>The same system's face for dispatch and service records.</summary>
    public const string Dispatch = "dispatch";

    /// <summary>The government hotline: hands orders on and gets progress and replies.</summary>
    public const string Hotline12345 = "hotline12345";

    /// <summary>The petition platforms, in the same way.</summary>
    public const string Petition = "petition";

    /// <summary>A relief platform that pushes whom it watches.</summary>
    public const string Monitored = "monitored";

    /// <summary>The finance system that takes payment orders.</summary>
    public const string Payment = "payment";

    /// <summary>The gateway that takes notices to people.</summary>
    public const string Notices = "notices";

    /// <summary>All that are known; partners of sharing agreements come besides, by their organisation's code.</summary>
    public static IReadOnlyList<Adapter> All { get; } =
    [
        new(Surveys, "S05", "社会救助大数据信息系统(调查上传)", "Big-data system: surveys", ReliefRoles.CountyOfficer),
        new(Dispatch, "S06", "社会救助大数据平台(派单与服务记录)", "Big-data platform: dispatch and records", ReliefRoles.CountyOfficer),
        new(Economic, "S12", "居民家庭经济状况核对中心", "Verification centre", ReliefRoles.ReliefClerk),
        new(Monitored, "S13", "民政救助数字平台(监测对象推送)", "Digital relief platform: monitored persons", ReliefRoles.CountyOfficer),
        new(Hotline12345, "S19", "12345政务服务热线", "12345 government hotline", ReliefRoles.HotlineOperator),
        new(Petition, "S20", "信访维稳平台", "Petition platforms", ReliefRoles.CountyOfficer),
        new(Payment, "S09", "财政支付系统", "Finance system", ReliefRoles.CountyFinance),
        new(Notices, "S02", "通知网关", "Notice gateway", ReliefRoles.CountyOfficer)
    ];

    /// <summary>The one with a name; a partner of a sharing agreement is one as well.</summary>
    public static Adapter Of(string name) => All.FirstOrDefault(one => one.Name == name) ?? new Adapter(name, "S23", "信息共享：" + name, "Information sharing: " + name, ReliefRoles.CountyOfficer);
}
