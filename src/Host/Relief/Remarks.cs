using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Takes down the remark of a case, from the API and from the ledger's page.</summary>
internal static class Remarks
{
    private const int Longest = 500;

    /// <summary>Null when it is kept, else why it is not. An ID or phone number is none.</summary>
    public static async Task<ProblemHttpResult?> Set(ReliefRecords records, string caseId, string? remark, string by, CancellationToken cancellationToken)
    {
        var text = remark?.Trim() is { Length: > 0 } said ? said : null;
        if (new Fields().Check("remark", text is null || (text.Length <= Longest && !PersonReference.HoldsNumber(text)), "At most 500 characters, and no phone or ID number.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (!await db.Holds<Case>(caseId, cancellationToken))
            return Refusal.Of(404, "case.notFound", "There is no such case.");
        var deed = await records.DeedOf(by, cancellationToken);
        await records.Change(changing => new CaseBook(changing).Remark(caseId, text, deed, cancellationToken), cancellationToken);
        return null;
    }
}
