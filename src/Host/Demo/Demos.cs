using System.Globalization;

namespace Relief.Flow.Host.Demo;

/// <summary>The told stories by the name that <c>-- demo</c> takes.</summary>
internal static class Demos
{
    /// <summary>Plays a story over REST and writes it down.</summary>
    public delegate Task Story(ApiCaller caller, TextWriter to, CancellationToken cancellationToken);

    /// <summary>All of them, each with the name of its pathway or procedure.</summary>
    public static IReadOnlyList<(string Name, string About, Story Play)> All { get; } =
    [
        ("government-purchase", "政府购买服务, also without a name", GovernmentPurchase),
        ("institutional-care", "机构照料服务", (caller, to, cancellationToken) => new InstitutionalCare(caller, to).Play(cancellationToken)),
        ("departmental-linkage", "部门联动服务", (caller, to, cancellationToken) => new DepartmentalLinkage(caller, to).Play(cancellationToken)),
        ("party-pairing", "“党建+救助”结对帮扶", (caller, to, cancellationToken) => new PartyPairing(caller, to).Play(cancellationToken)),
        ("red-vest", "社工志愿服务 红马夹, also social-work-volunteer", (caller, to, cancellationToken) => new RedVest(caller, to).Play(cancellationToken)),
        ("neighbour-aid", "邻里互助服务", (caller, to, cancellationToken) => new NeighbourAid(caller, to).Play(cancellationToken)),
        ("charity", "慈善救济服务", (caller, to, cancellationToken) => new CharityRelief(caller, to).Play(cancellationToken)),
        ("doorbell", "爱心门铃", (caller, to, cancellationToken) => new DoorbellNight(caller, to).Play(cancellationToken)),
        ("fast-track", "急难快速通道", (caller, to, cancellationToken) => new HelpAtOnce(caller, to).Play(cancellationToken)),
        ("fund-year", "资金年度关账与结转", (caller, to, cancellationToken) => new TurnOfTheYear(caller, to).Play(cancellationToken)),
        ("urging", "市级催办", (caller, to, cancellationToken) => new UrgedCounty(caller, to).Play(cancellationToken))
    ];

    /// <summary>A story by its name; none when there is no such story.</summary>
    public static Story? Find(string name)
    {
        var known = name == "social-work-volunteer" ? "red-vest" : name;
        return All.Where(one => one.Name == known).Select(one => one.Play).FirstOrDefault();
    }

    private static async Task GovernmentPurchase(ApiCaller caller, TextWriter to, CancellationToken cancellationToken)
    {
        var figures = await new FirstPurchase(caller, to).Play(cancellationToken);
        await to.WriteLineAsync();
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"服务号 service number {figures.ServiceNumber} · 不变量 invariant violations {figures.Violations}"));
    }
}
