namespace Relief.Flow.Activities.Discoveries;

/// <summary>The three discovery channels of the 335 method (PL-022).</summary>
public enum DiscoveryWay
{
    /// <summary>社区(村)为平台: neighbours, grid, visits, stations, help days.</summary>
    Community,

    /// <summary>第三方服务机构为载体.</summary>
    ThirdParty,

    /// <summary>信息化为手段: data, phone and mini-program, doorbell.</summary>
    Technology
}
