namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo red-vest</c>: a social worker leads a team of assistant and volunteer; after three months the goal is met (PW5, SC-18).</summary>
internal sealed class RedVest(ApiCaller caller, TextWriter story)
{
    private const string Lead = "social-worker-zhu";
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.Company, cancellationToken);
        await caller.Decide(new Decision("consent", "clerk-1", "Granted", new { form = "paper" }), cancellationToken);
        await IsPlanned(cancellationToken);
        await Meets(cancellationToken);
        await caller.At(ApiCaller.On(6, 26, 9), cancellationToken);
        await tale.Decides(new Decision("redvest.review", Lead, "GoalMet", new { attainment = 90 }), "季度评审:目标达成", "Reviewed after three months: the goal is met", cancellationToken);
        var team = await caller.List($"orders/{tale.OrderId}/team", cancellationToken);
        var sessions = await caller.List($"orders/{tale.OrderId}/sessions", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["team"] = team.Count, ["sessions"] = sessions.Count, ["hours"] = sessions.Sum(session => session.GetProperty("hours").GetDecimal())
        }, cancellationToken);
    }

    private async Task IsPlanned(CancellationToken cancellationToken)
    {
        var members = new[] { (Lead, "SocialWorker"), ("assistant-qin", "Assistant"), ("volunteer-you", "Volunteer") }.Select(member => new { staffId = member.Item1, role = member.Item2 });
        await tale.Decides(new Decision("redvest.team", Lead, "Named", new { members }), "组成红马夹团队:社工、协理员、志愿者", "A team is formed: social worker, assistant, volunteer", cancellationToken);
        await tale.Decides(new Decision("redvest.assessment", Lead, "Assessed",
            new { scores = new { life = 3, health = 3, family = 2, mind = 2, social = 1, capability = 3 }, risk = "High", reason = "isolation" }), "精准评估", "Assessed precisely, by the social worker only", cancellationToken);
        await caller.Decide(new Decision("redvest.plan", Lead, "Submitted", new { goals = new[] { new { goal = "每周外出两次" }, new { goal = "参加小组活动" }, new { goal = "与邻居往来" } } }), cancellationToken);
        await tale.Decides(new Decision("redvest.sign", "assistant-qin", "Agreed", new { signer = "王某某" }), "一户一方案,本人签字", "One plan for the household, signed", cancellationToken);
    }

    private async Task Meets(CancellationToken cancellationToken)
    {
        foreach (var (day, hours) in new[] { (26, 2m), (30, 3m) })
        {
            await caller.At(ApiCaller.On(3, day, 18), cancellationToken);
            await caller.Post($"orders/{tale.OrderId}/sessions", new { heldOn = new DateOnly(2026, 3, day), hours, task = "陪同外出", note = "愿意外出", volunteerId = "volunteer-you" }, Lead, cancellationToken);
            await tale.Says("志愿者陪同外出", "The volunteer goes out with her", cancellationToken);
        }
    }
}
