using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>What a step of a charity's list works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="List">The list.</param>
/// <param name="Project">Its project.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record ListScene(ReliefDbContext Db, CharityList List, CharityProject Project, ActivityContext Context) : IAskedScene
{
    public string CountyCode => List.CountyCode;

    public string Title => $"{Project.Name} 第{List.Number}批";

    public string Subject => "charity-list:" + List.Id;
}
