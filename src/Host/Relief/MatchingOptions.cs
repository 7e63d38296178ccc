namespace Relief.Flow.Host.Relief;

/// <summary>Where partners' data is fetched, by the organisation that the rules name.</summary>
internal sealed class MatchingOptions
{
    public const string Section = "Relief:Matching";

    public Dictionary<string, Partner> Partners { get; } = new(StringComparer.Ordinal);

    public sealed class Partner
    {
        /// <summary>Without a query; it gets <c>?run=…&amp;dataSet=…&amp;period=…</c>.</summary>
        public Uri? Url { get; set; }

        /// <summary>Sent as <c>Authorization: Bearer</c>.</summary>
        public string? Token { get; set; }
    }
}
