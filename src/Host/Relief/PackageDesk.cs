using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Packages;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>A package of who leaves the county as it is to be printed and handed over, while a consent stands by which it may be (E03).</summary>
internal static class PackageDesk
{
    /// <summary>The package, or why there is none to be seen.</summary>
    public static async Task<(PackageToHand? Package, ProblemHttpResult? Refused)> Of(ReliefRecords records, string changeId, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new ChangeBook(db).Find(changeId, cancellationToken) is not { } change)
            return (null, Refusal.Of(404, "change.notFound", "There is no such change."));
        if (change is not { Decision: ChangeDecision.Stop, StopReason: StopReason.Moved })
            return (null, Refusal.Of(409, "package.notLeaving", "The person does not leave the county by this change; within the county the case itself is handed on."));
        if (await new PackageBook(db).Find(changeId, cancellationToken) is not { } package)
            return (null, Refusal.Of(409, "package.notOffered", "It is offered when services have ended, on the day of the move."));
        if (!package.MayGo)
            return (null, Ended(package));
        await using var all = records.ReadingAll();
        var content = await new PackageContents(all).Of(package, cancellationToken);
        return (new PackageToHand(PackageContent.CheckNumber(content.Hash()), content), null);
    }

    private static ProblemHttpResult Ended(TransferPackage package) => package.Outcome switch
    {
        null => Refusal.Of(409, "package.noConsent", "The person has not consented; their answer is taken down at the task change.package."),
        PackageOutcome.HandedOver => Refusal.Of(409, "package.handedOver", "It was handed over, once; the receipt proves it.", ("receipt", package.Receipt)),
        PackageOutcome.Withdrawn => Refusal.Of(409, "package.withdrawn", "The person has taken their consent back: nothing is handed over."),
        _ => Refusal.Of(409, "package.noConsent", "There is no consent: no package is made, and nobody asks again.", ("outcome", package.Outcome.ToString()))
    };
}

/// <summary>A package to be printed and handed over.</summary>
/// <param name="CheckNumber">To be given at the task change.handOver: another one once the records go on.</param>
/// <param name="Content">What it holds.</param>
public sealed record PackageToHand(string CheckNumber, PackageContent Content);
