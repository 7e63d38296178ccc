namespace Relief.Flow.Activities.Cases;

/// <summary>A need as it is classified (P03).</summary>
/// <param name="ItemCode">The item that answers it.</param>
/// <param name="Family">Its family.</param>
/// <param name="PersonClass">elderly, minor, disabled, seriouslyIll or temporary.</param>
/// <param name="Urgency">How urgent.</param>
/// <param name="Wording">The need in the applicant's own words.</param>
public sealed record NeedEntry(string ItemCode, string Family, string PersonClass, Urgency Urgency, string Wording)
{
    internal NeedItem ToItem(Case row, Deed deed) => new()
    {
        Id = deed.NewId(),
        CountyCode = row.CountyCode,
        CreatedAt = deed.At,
        CreatedBy = deed.By,
        CaseId = row.Id,
        ItemCode = ItemCode,
        Family = Family,
        PersonClass = PersonClass,
        Urgency = Urgency,
        Wording = Wording,
        Status = NeedStatus.Registered
    };
}
