using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Funds;

/// <summary>What money is wanted for; every posting is held against its source's rule (INV-02).</summary>
/// <param name="Category">The relief category the case rests on.</param>
/// <param name="PersonClasses">What the person is: elderly, minor, disabled, seriouslyIll, temporary.</param>
/// <param name="ItemCodes">The items bought; all must be allowed.</param>
/// <param name="Pathway">M1 to M7.</param>
public sealed record FundPurpose(ReliefCategory Category, IReadOnlyList<string> PersonClasses, IReadOnlyList<string> ItemCodes, string Pathway)
{
    /// <summary>Whether a source may pay for it. An empty list in the source allows all.</summary>
    public bool IsAllowedBy(FundSource source) =>
        (source.Categories.Length == 0 || source.Categories.Contains(Category.ToString()))
        && (source.PersonClasses.Length == 0 || source.PersonClasses.Intersect(PersonClasses).Any())
        && (source.Items.Length == 0 || ItemCodes.All(source.Items.Contains))
        && (source.Pathways.Length == 0 || source.Pathways.Contains(Pathway));
}
