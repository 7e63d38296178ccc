using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Finds the policies of the library that may help a person: those of the need's class that hold today and are meant for somebody like them (A57, P28 step 1).</summary>
/// <remarks>It advises and decides nothing: whether the person gets it is for the department to say.</remarks>
[ChangesRecords]
[Activity("Relief Linkage", "Finds policies that may help.", Chinese = "政策匹配")]
[Outcomes("Found", "None")]
public sealed class PolicyLookup : Activity
{
    [Input("The linkage.", Chinese = "救助转介")]
    public required string LinkageId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var linkage = await new LinkageBook(db).Get(LinkageId, cancellationToken);
        return new Completed((await For(db, linkage, context.Now, cancellationToken)).Count > 0 ? "Found" : "None");
    }

    /// <summary>The policies that may help.</summary>
    internal static async Task<IReadOnlyList<PolicyEntry>> For(ReliefDbContext db, ReliefLinkage linkage, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(now);
        var facts = await new PersonQueries(db).Facts(linkage.PersonId, today, cancellationToken);
        var own = facts!.Categories.Select(category => category.ToString()).ToList();
        var about = Enum.Parse<PolicyClass>(linkage.Need.ToString());
        return [.. (await new PolicyQueries(db).On(linkage.CountyCode, about, today, cancellationToken)).Where(entry => entry.Categories.Length == 0 || entry.Categories.Intersect(own).Any())];
    }
}
