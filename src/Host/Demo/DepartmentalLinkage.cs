namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo departmental-linkage</c>: the labour office takes up a training, eight of ten sessions are attended, and the goal is met (PW3, SC-16).</summary>
internal sealed class DepartmentalLinkage(ApiCaller caller, TextWriter story)
{
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.Training, cancellationToken);
        await caller.Decide(new Decision("consent", "clerk-1", "Granted", new { form = "paper" }), cancellationToken);
        await tale.Decides(new Decision("linkage.match", "county-officer-1", "Single", new { unitId = "dept-labour" }), "县级转介人社部门", "The county refers it to the labour office", cancellationToken);
        await caller.At(ApiCaller.On(3, 26, 9), cancellationToken);
        await tale.Decides(new Decision("linkage", "labour-1", "Accepted"), "人社部门受理", "The labour office accepts", cancellationToken);
        await Attends(cancellationToken);
        await caller.At(ApiCaller.On(5, 12, 9), cancellationToken);
        await tale.Decides(new Decision("linkage.followUp", "clerk-1", "GoalMet"), "回访:目标达成", "Asked afterwards: the goal is met", cancellationToken);
        var sessions = await caller.List($"orders/{tale.OrderId}/attendance", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["sessions"] = sessions.Count, ["attended"] = sessions.Count(session => session.GetProperty("attended").GetBoolean())
        }, cancellationToken);
    }

    private async Task Attends(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(4, 10, 9), cancellationToken);
        var sessions = Enumerable.Range(0, 10).Select(day => new { date = new DateOnly(2026, 3, 28).AddDays(day), attended = day is not (2 or 5) });
        await caller.Decide(new Decision("linkage.attendance", "labour-1", "Noted", new { sessions }), cancellationToken);
        await tale.Decides(new Decision("linkage.attendance", "labour-1", "Finished", new { reason = "取得证书" }), "培训结束,取得证书", "The training is over, with a certificate", cancellationToken);
    }
}
