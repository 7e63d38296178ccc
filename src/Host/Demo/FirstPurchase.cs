namespace Relief.Flow.Host.Demo;

/// <summary>Plays SC-01 on a host with the example county: Zhang applies on 16 March 2026, and April's home care is paid on 15 May.</summary>
/// <remarks>Everything goes through the REST API, with a clock that stands still and must not be later than 16 March 2026 09:00 in China.</remarks>
internal sealed class FirstPurchase(ApiCaller caller, TextWriter story)
{
    private readonly Tale tale = new(caller, story);

    /// <summary>Plays it all.</summary>
    public async Task<FirstPurchaseFigures> Play(CancellationToken cancellationToken)
    {
        var figures = new FirstPurchaseFigures();
        var application = new ApplicationPart(caller, tale, Wish.HomeCare);
        var caseId = await application.IsTaken(cancellationToken);
        await application.IsDecided(figures.Due, cancellationToken);
        figures.Due["referral"] = ApiCaller.Day(await caller.OpenTask("referral", cancellationToken), "due");
        figures = figures with { CaseId = caseId, WhenReserved = await tale.Funds("F4-2026", cancellationToken) };
        figures = await new AgreementPart(caller, tale, figures).Play(cancellationToken);
        var visits = new VisitsPart(caller, figures.OrderId);
        figures = figures with { April = await new SettlementPart(caller, tale, visits).Play(caseId, cancellationToken) };
        return figures with
        {
            WhenPaid = await tale.Funds("F4-2026", cancellationToken),
            CaseStates = await States(caseId, cancellationToken),
            Violations = (await caller.Get("invariants", cancellationToken)).GetProperty("violations").GetArrayLength()
        };
    }

    private async Task<IReadOnlyList<string>> States(string caseId, CancellationToken cancellationToken)
    {
        string[] known = ["Submitted", "Accepted", "Registered", "Surveying", "InReview", "Confirmed", "Referring", "Planned", "InService"];
        var view = await caller.Get("cases/" + caseId, cancellationToken);
        return [.. view.GetProperty("timeline").EnumerateArray().Select(entry => ApiCaller.Text(entry, "what"))
            .Where(what => what.StartsWith("Case", StringComparison.Ordinal)).Select(what => what["Case".Length..]).Where(known.Contains)];
    }
}
